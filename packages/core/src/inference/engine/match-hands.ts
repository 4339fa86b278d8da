import type { Hand, Landmark, Pose } from '../../pose/index.ts';

type Side = Hand['side'];

/** A hand found in a picture, and the wrist it hangs on. */
export interface HandMatch {
  /** Index into the hands given. */
  readonly hand: number;
  /** Index into the poses given. */
  readonly pose: number;
  readonly side: Side;
}

/** The body's wrists by MediaPipe's numbering: the person's own left and right, whichever way they face. */
const WRISTS: ReadonlyArray<readonly [Side, number]> = [
  ['left', 15],
  ['right', 16],
];
const SHOULDERS = [11, 12] as const;
const HIPS = [23, 24] as const;

/** A hand's landmark 0 is its wrist. */
const HAND_WRIST = 0;

/**
 * Farthest a hand's wrist may lie from the body's, in sizes of the person. A forearm is about half a trunk long
 * (Winter, Biomechanics and Motor Control, segment lengths 0.146 H to 0.288 H): beyond, it is another's hand.
 */
const FARTHEST = 0.4;

/**
 * Gives each hand the nearest wrist of a body in the same picture, nearest pairs first, a wrist to one hand only.
 * The side is the body's: it survives mirrored pictures and crossed arms, which the hand network's guess does not.
 * Hands near nobody's wrist are left out.
 * @param hands the landmarks of each hand
 * @param aspect the picture's width divided by its height, which makes x and y comparable
 */
export function matchHands(
  hands: readonly (readonly Landmark[])[],
  poses: readonly Pose[],
  aspect: number,
): HandMatch[] {
  const pairs = hands.flatMap((landmarks, hand) =>
    poses.flatMap(({ landmarks: body }, pose) =>
      WRISTS.map(([side, wrist]) => ({
        hand,
        pose,
        side,
        wrist,
        distance: distance(landmarks[HAND_WRIST], body[wrist], aspect) / personSize(body, aspect),
      })),
    ),
  );
  const matches: HandMatch[] = [];
  for (const { hand, pose, side, distance } of pairs.sort((a, b) => a.distance - b.distance)) {
    if (!(distance <= FARTHEST)) break;
    const taken = matches.some(
      (match) => match.hand === hand || (match.pose === pose && match.side === side),
    );
    if (!taken) matches.push({ hand, pose, side });
  }
  return matches;
}

/**
 * Where each person of an earlier picture is in a later one: index to index, nearest trunks first. Who moved more
 * than their own size, or is gone, is not in the map.
 */
export function followPoses(
  before: readonly Pose[],
  after: readonly Pose[],
  aspect: number,
): Map<number, number> {
  const pairs = before.flatMap(({ landmarks: old }, from) =>
    after.map(({ landmarks: now }, to) => ({
      from,
      to,
      distance: distance(middle(old, HIPS), middle(now, HIPS), aspect) / personSize(old, aspect),
    })),
  );
  const places = new Map<number, number>();
  const taken = new Set<number>();
  for (const { from, to, distance } of pairs.sort((a, b) => a.distance - b.distance)) {
    if (!(distance <= 1)) break;
    if (places.has(from) || taken.has(to)) continue;
    places.set(from, to);
    taken.add(to);
  }
  return places;
}

/** The trunk's length, or the shoulders' width where that is more (somebody bending towards the camera). */
function personSize(landmarks: readonly Landmark[], aspect: number): number {
  const trunk = distance(middle(landmarks, SHOULDERS), middle(landmarks, HIPS), aspect);
  return Math.max(trunk, distance(landmarks[SHOULDERS[0]], landmarks[SHOULDERS[1]], aspect));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function middle(landmarks: readonly Landmark[], [a, b]: readonly [number, number]): Point | undefined {
  const first = landmarks[a];
  const second = landmarks[b];
  return first && second && { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
}

/** In picture heights; not a number when a point is missing, so that no comparison with it holds. */
function distance(a: Point | undefined, b: Point | undefined, aspect: number): number {
  return a && b ? Math.hypot((a.x - b.x) * aspect, a.y - b.y) : Number.NaN;
}
