import { directionOf, type ResizeHandle, SMALLEST_SIDE } from './placing.ts';
import type { Scene, StageRectangle } from './stage.ts';

/**
 * Width of the margin, as a share of the canvas, in which nothing that is to be read belongs: 5 % on every side, the
 * graphics safe area of EBU R 95 (2017) and the safe title area of SMPTE ST 2046-1 (2009), 90 % of either direction.
 */
export const SAFE_MARGIN = 0.05;

/** A line that a rectangle keeps to. */
export interface SnapGuide {
  /** `x`: the line is vertical, and `at` counts from the left; `y`: it is horizontal, and `at` counts from the top. */
  readonly axis: 'x' | 'y';
  /** Stage pixels. */
  readonly at: number;
  /** What the line is of. */
  readonly of: 'canvas' | 'margin' | 'item';
}

export interface Snapped {
  readonly rectangle: StageRectangle;
  /** Every line that the rectangle lies on now; empty when it lies where it was put. */
  readonly guides: readonly SnapGuide[];
}

/** A line on which edges, or middles, come to lie. */
interface Line {
  readonly at: number;
  readonly of: SnapGuide['of'];
  readonly for: 'edge' | 'middle';
}

/** Farther apart than rounding, nearer than anybody sees. */
const SAME = 0.01;

/**
 * Lets a rectangle that is moved or resized keep to the lines near it: its edges to the edges and safe margins of the
 * canvas and the edges of other items, its middle to their middles. In each direction the nearest line wins.
 * @param others what else lies on the canvas
 * @param tolerance stage pixels up to which a line draws the rectangle on
 * @param handle the one by which it is resized: only the edges that follow it are drawn; absent: all of it is moved
 */
export function snap(
  rectangle: StageRectangle,
  others: readonly StageRectangle[],
  canvas: Scene['canvas'],
  tolerance: number,
  handle?: ResizeHandle,
): Snapped {
  const [signX, signY] = handle === undefined ? [undefined, undefined] : directionOf(handle);
  const { x, y, width, height } = rectangle;
  const linesX = linesOf(
    canvas.width,
    others.map((other) => ({ start: other.x, length: other.width })),
  );
  const linesY = linesOf(
    canvas.height,
    others.map((other) => ({ start: other.y, length: other.height })),
  );
  const across = snapSpan({ start: x, length: width }, linesX, tolerance, signX);
  const down = snapSpan({ start: y, length: height }, linesY, tolerance, signY);
  return {
    rectangle: {
      x: across.span.start,
      y: down.span.start,
      width: across.span.length,
      height: down.span.length,
    },
    guides: [
      ...across.lines.map(({ at, of }) => ({ axis: 'x' as const, at, of })),
      ...down.lines.map(({ at, of }) => ({ axis: 'y' as const, at, of })),
    ],
  };
}

/** A rectangle in one of its two directions. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/** The canvas first: of two lines at the same distance its own wins. */
function linesOf(length: number, others: readonly Span[]): readonly Line[] {
  const margin = length * SAFE_MARGIN;
  return [
    { at: length / 2, of: 'canvas', for: 'middle' },
    { at: 0, of: 'canvas', for: 'edge' },
    { at: length, of: 'canvas', for: 'edge' },
    { at: margin, of: 'margin', for: 'edge' },
    { at: length - margin, of: 'margin', for: 'edge' },
    ...others.flatMap(({ start, length: other }): Line[] => [
      { at: start, of: 'item', for: 'edge' },
      { at: start + other, of: 'item', for: 'edge' },
      { at: start + other / 2, of: 'item', for: 'middle' },
    ]),
  ];
}

/**
 * @param sign which end is resized: −1 the start, 1 the end, 0 neither; undefined when the span is moved
 * @returns where it lies then, and the lines that it lies on
 */
function snapSpan(
  span: Span,
  lines: readonly Line[],
  tolerance: number,
  sign: -1 | 0 | 1 | undefined,
): { readonly span: Span; readonly lines: readonly Line[] } {
  if (sign === 0) return { span, lines: [] };
  let nearest: { readonly span: Span; readonly distance: number } | undefined;
  for (const line of lines) {
    for (const point of pointsOf(span, sign, line.for)) {
      const by = line.at - point;
      const distance = Math.abs(by);
      if (distance > tolerance || (nearest && distance >= nearest.distance)) continue;
      const drawn = drawnBy(span, sign, by);
      if (drawn.length >= Math.min(SMALLEST_SIDE, span.length)) nearest = { span: drawn, distance };
    }
  }
  if (!nearest) return { span, lines: [] };
  const { span: drawn } = nearest;
  const touched = lines.filter(({ at, for: whom }) =>
    pointsOf(drawn, sign, whom).some((point) => Math.abs(point - at) < SAME),
  );
  return {
    span: drawn,
    lines: touched.filter(({ at }, index) => touched.findIndex((one) => one.at === at) === index),
  };
}

/** Those of its points that come to lie on a line for edges, or for middles. */
function pointsOf({ start, length }: Span, sign: -1 | 1 | undefined, whom: Line['for']): readonly number[] {
  if (whom === 'middle') return sign === undefined ? [start + length / 2] : [];
  if (sign === undefined) return [start, start + length];
  return [sign < 0 ? start : start + length];
}

function drawnBy({ start, length }: Span, sign: -1 | 1 | undefined, by: number): Span {
  if (sign === undefined) return { start: start + by, length };
  return sign < 0 ? { start: start + by, length: length - by } : { start, length: length + by };
}
