import type { Scene, StageRectangle } from './stage.ts';

/** Which edges of a rectangle follow the pointer, as points of the compass; north is up. */
export type ResizeHandle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

export const RESIZE_HANDLES: readonly ResizeHandle[] = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];

/** Shortest side that something can be resized to, in stage pixels: its handles do not cover each other. */
export const SMALLEST_SIDE = 16;

/** Stage pixels of an item, or all of it, that stay on the canvas: enough to get hold of. */
const IN_SIGHT = 32;

/**
 * A rectangle moved by so much, on whole pixels, that keeps something of itself on the canvas in both directions.
 * @param dx stage pixels to the right
 * @param dy stage pixels down
 */
export function movedRectangle(
  rectangle: StageRectangle,
  dx: number,
  dy: number,
  canvas: Scene['canvas'],
): StageRectangle {
  const { width, height } = rectangle;
  return {
    x: keptInSight(Math.round(rectangle.x + dx), width, canvas.width),
    y: keptInSight(Math.round(rectangle.y + dy), height, canvas.height),
    width,
    height,
  };
}

function keptInSight(start: number, length: number, whole: number): number {
  const kept = Math.min(IN_SIGHT, length);
  return Math.min(Math.max(start, kept - length), whole - kept);
}

/**
 * A rectangle of which one edge or corner was moved by so much, on whole pixels. The edges across from it stay where
 * they are, no side becomes shorter than `SMALLEST_SIDE`, and something of it stays on the canvas.
 * @param keepRatio width and height change in proportion; an edge that is moved takes both its neighbours along
 */
export function resizedRectangle(
  rectangle: StageRectangle,
  handle: ResizeHandle,
  dx: number,
  dy: number,
  canvas: Scene['canvas'],
  keepRatio = false,
): StageRectangle {
  const [signX, signY] = directionOf(handle);
  if (keepRatio) return scaledRectangle(rectangle, signX, signY, dx, dy, canvas);
  const { x, y, width, height } = rectangle;
  const across = stretched({ start: x, length: width }, signX, dx, canvas.width);
  const down = stretched({ start: y, length: height }, signY, dy, canvas.height);
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

/** Which way a handle looks: −1 to the left or up, 1 to the right or down, 0 neither. */
export function directionOf(handle: ResizeHandle): readonly [x: -1 | 0 | 1, y: -1 | 0 | 1] {
  return [
    handle.includes('w') ? -1 : handle.includes('e') ? 1 : 0,
    handle.includes('n') ? -1 : handle.includes('s') ? 1 : 0,
  ];
}

/** A rectangle in one of its two directions. */
interface Span {
  readonly start: number;
  readonly length: number;
}

function stretched({ start, length }: Span, sign: -1 | 0 | 1, by: number, whole: number): Span {
  if (sign === 0) return { start, length };
  const end = start + length;
  const shortest = Math.min(SMALLEST_SIDE, length);
  // What begins before the canvas is in sight by its end alone, and the other way round.
  if (sign > 0) {
    const inSight = start < 0 ? Math.min(IN_SIGHT, end) : start;
    const moved = Math.max(Math.round(end + by), start + shortest, inSight);
    return { start, length: moved - start };
  }
  const inSight = end > whole ? Math.max(whole - IN_SIGHT, start) : end;
  const moved = Math.min(Math.round(start + by), end - shortest, inSight);
  return { start: moved, length: end - moved };
}

function scaledRectangle(
  rectangle: StageRectangle,
  signX: -1 | 0 | 1,
  signY: -1 | 0 | 1,
  dx: number,
  dy: number,
  canvas: Scene['canvas'],
): StageRectangle {
  const { width, height } = rectangle;
  const scaleX = (width + signX * dx) / width;
  const scaleY = (height + signY * dy) / height;
  // Of a corner, the direction in which the pointer has gone farther leads.
  const wanted =
    signY === 0 || (signX !== 0 && Math.abs(scaleX - 1) >= Math.abs(scaleY - 1)) ? scaleX : scaleY;
  const shortest = Math.min(SMALLEST_SIDE, width, height);
  const scale = Math.max(wanted, shortest / Math.min(width, height));
  const across = scaledSpan({ start: rectangle.x, length: width }, signX, scale);
  const down = scaledSpan({ start: rectangle.y, length: height }, signY, scale);
  const scaled = { x: across.start, y: down.start, width: across.length, height: down.length };
  return keepsInSight(rectangle, scaled, canvas) ? scaled : rectangle;
}

/** Away from the edge across, or, in the direction that is not pulled, from the middle. */
function scaledSpan({ start, length }: Span, sign: -1 | 0 | 1, scale: number): Span {
  const scaled = Math.max(1, Math.round(length * scale));
  return { start: start + (length - scaled) * (sign < 0 ? 1 : sign > 0 ? 0 : 0.5), length: scaled };
}

/** Whether what is left of a rectangle on the canvas is all of it, enough to get hold of, or what there was before. */
function keepsInSight(before: StageRectangle, after: StageRectangle, canvas: Scene['canvas']): boolean {
  const keeps = (start: 'x' | 'y', length: 'width' | 'height') =>
    shownOf(after[start], after[length], canvas[length]) >=
    Math.min(IN_SIGHT, after[length], shownOf(before[start], before[length], canvas[length]));
  return keeps('x', 'width') && keeps('y', 'height');
}

function shownOf(start: number, length: number, whole: number): number {
  return Math.min(start + length, whole) - Math.max(start, 0);
}
