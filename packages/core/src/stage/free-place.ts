import { SAFE_MARGIN } from './snap.ts';
import type { Scene, StageRectangle } from './stage.ts';

/** Stage pixels between two things of which one gave way to the other. */
const GAP = 16;

/** Whether two rectangles have more in common than an edge. */
export function overlap(a: StageRectangle, b: StageRectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/**
 * The nearest place straight above or below the wanted one, within the safe margins, that overlaps nothing that is
 * taken; the wanted one where there is none.
 */
export function freePlace(
  wanted: StageRectangle,
  taken: readonly StageRectangle[],
  canvas: Scene['canvas'],
): StageRectangle {
  if (!taken.some((other) => overlap(wanted, other))) return wanted;
  const top = Math.ceil(canvas.height * SAFE_MARGIN);
  const bottom = Math.floor(canvas.height * (1 - SAFE_MARGIN)) - wanted.height;
  const candidates = taken
    .flatMap(({ y, height }) => [y - wanted.height - GAP, y + height + GAP])
    .filter((y) => y >= top && y <= bottom)
    .map((y): StageRectangle => ({ x: wanted.x, y, width: wanted.width, height: wanted.height }))
    .filter((place) => !taken.some((other) => overlap(place, other)));
  const distance = ({ y }: StageRectangle) => Math.abs(y - wanted.y);
  return (
    candidates.reduce<StageRectangle | undefined>(
      (best, place) => (best && distance(best) <= distance(place) ? best : place),
      undefined,
    ) ?? wanted
  );
}
