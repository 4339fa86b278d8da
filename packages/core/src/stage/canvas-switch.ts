import { freePlace, overlap } from './free-place.ts';
import { placeItems } from './item-edits.ts';
import { SAFE_MARGIN } from './snap.ts';
import type { Scene, StageItem, StageRectangle } from './stage.ts';

/**
 * The scene on a canvas of another size, with every item in sight. What lay at a margin or in the middle lies there
 * again, and everything else in proportion; what covered the canvas from edge to edge does so again. Sizes stay,
 * unless an item would be larger than what lies within the safe margins. A widget that would come to lie on another,
 * on which it did not lie before, gives way up or down.
 */
export function withCanvas(scene: Scene, canvas: Scene['canvas']): Scene {
  const { canvas: before } = scene;
  if (before.width === canvas.width && before.height === canvas.height) return scene;
  const places = new Map<string, StageRectangle>();
  const placed: StageItem[] = [];
  for (const item of scene.items) {
    const wanted = placedAnew(item, before, canvas);
    if (item.kind === 'skeleton') {
      places.set(item.id, wanted);
      continue;
    }
    const apart = placed.filter((other) => !overlap(item, other)).flatMap(({ id }) => places.get(id) ?? []);
    places.set(item.id, freePlace(wanted, apart, canvas));
    placed.push(item);
  }
  return { ...placeItems(scene, places), canvas };
}

function placedAnew(item: StageRectangle, before: Scene['canvas'], after: Scene['canvas']): StageRectangle {
  const { x, y, width, height } = item;
  const across = { start: x, length: width };
  const down = { start: y, length: height };
  const coversAcross = covers(across, before.width);
  const coversDown = covers(down, before.height);
  const room = 1 - 2 * SAFE_MARGIN;
  const scaleX = coversAcross ? 1 : Math.min(1, (after.width * room) / width);
  const scaleY = coversDown ? 1 : Math.min(1, (after.height * room) / height);
  // In proportion, unless one of the sides is the canvas's anyway.
  const scale = Math.min(scaleX, scaleY);
  const isFree = !(coversAcross || coversDown);
  const newAcross = spanAnew(across, before.width, after.width, isFree ? scale : scaleX);
  const newDown = spanAnew(down, before.height, after.height, isFree ? scale : scaleY);
  return { x: newAcross.start, y: newDown.start, width: newAcross.length, height: newDown.length };
}

/** A rectangle in one of its two directions. */
interface Span {
  readonly start: number;
  readonly length: number;
}

function covers({ start, length }: Span, whole: number): boolean {
  return start <= 0 && start + length >= whole;
}

function spanAnew(span: Span, before: number, after: number, scale: number): Span {
  if (covers(span, before)) return { start: 0, length: after };
  const length = Math.max(1, Math.round(span.length * scale));
  const roomBefore = before * (1 - 2 * SAFE_MARGIN) - span.length;
  const roomAfter = after * (1 - 2 * SAFE_MARGIN) - length;
  // How far it lies from the one margin to the other; what is as long as the room between them lies in the middle.
  const share = roomBefore > 0 ? (span.start - before * SAFE_MARGIN) / roomBefore : 0.5;
  const start = Math.round(after * SAFE_MARGIN + share * roomAfter);
  return { start: Math.min(Math.max(start, 0), after - length), length };
}
