import { BODY_LANDMARKS, type Landmark, type Pose, type PoseFrame, personSize } from '../../pose/index.ts';
import { clapImpact, type HandDistance } from './clap-impact.ts';

/** Likelihood above which a joint counts as seen. */
const SEEN = 0.5;
/** Milliseconds between two frames over which hands may have done anything. */
const LONGEST_STEP = 150;
/** Milliseconds before a clap in which the hands were apart: arms swing in about a third of a second. */
const SWING = 400;
/** How far the wrists come together, in shoulder widths: 15 cm of a grown-up, less than any clap one can hear. */
const LEAST_FALL = 0.4;
/** How far apart wrists are at most when palms meet, in shoulder widths: two hands end to end would be one. */
const TOGETHER = 0.9;
/** Shoulder widths a second at which the wrists close in: about 0.7 m/s. Hands that are laid together are slower. */
const LEAST_SPEED = 2;
/** The share of the approach's speed that may be left when it has stopped: a clap ends at once, a wave does not. */
const LEFT_OVER = 0.3;
/** Milliseconds of the approach, and of what follows, through which lines are laid to find where it stops. */
const APPROACH = 70;
const AFTER = 45;
/** Milliseconds within which there is one clap: hands rebound, and nobody claps six times a second. */
const REBOUND = 170;

/**
 * When hands meet in a clap, as the frames show it: the wrists close in fast and stop at once. Between two frames the
 * moment is found by `clapImpact`, so it is known better than the frames' rate.
 * @param frames of one epoch, with the clapping person facing the camera; of several people the biggest is looked at
 * @returns ms on the frames' clock, in order
 */
export function handClaps(frames: readonly PoseFrame[]): readonly number[] {
  const person = biggest(frames);
  const shoulders: number[] = [];
  const wrists: { time: number; pixels: number | undefined }[] = [];
  for (const frame of frames) {
    const landmarks = frame.poses.find(({ id }) => id === person)?.landmarks;
    const width = landmarks && pixels(landmarks, 'leftShoulder', 'rightShoulder', frame);
    if (width !== undefined) shoulders.push(width);
    wrists.push({
      time: frame.timestamp,
      pixels: landmarks && pixels(landmarks, 'leftWrist', 'rightWrist', frame),
    });
  }
  // Nearly the widest: who turns a little for a moment has not shrunk, and a single slip does not count.
  const scale = shoulders.sort((a, b) => a - b)[Math.floor(0.9 * shoulders.length)];
  if (!scale) return [];
  const claps: number[] = [];
  for (const stretch of stretches(wrists, scale)) claps.push(...clapsIn(stretch));
  return claps;
}

/** Who is biggest in the picture, over all frames. */
function biggest(frames: readonly PoseFrame[]): number | undefined {
  const sizes = new Map<number, number>();
  for (const { poses, width, height } of frames) {
    for (const { id, landmarks } of poses) {
      sizes.set(id, (sizes.get(id) ?? 0) + personSize(landmarks, width, height));
    }
  }
  let best: number | undefined;
  for (const [id, size] of sizes) if (best === undefined || size > (sizes.get(best) ?? 0)) best = id;
  return best;
}

function pixels(
  landmarks: Pose['landmarks'],
  from: keyof typeof BODY_LANDMARKS,
  to: keyof typeof BODY_LANDMARKS,
  { width, height }: PoseFrame,
): number | undefined {
  const [a, b] = [landmarks[BODY_LANDMARKS[from]], landmarks[BODY_LANDMARKS[to]]];
  if (!isSeen(a) || !isSeen(b)) return undefined;
  return Math.hypot((a.x - b.x) * width, (a.y - b.y) * height);
}

function isSeen(landmark: Landmark | undefined): landmark is Landmark {
  return landmark !== undefined && landmark.visibility >= SEEN;
}

/** Distances without a gap among them, in shoulder widths. */
function stretches(
  wrists: readonly { readonly time: number; readonly pixels: number | undefined }[],
  scale: number,
): HandDistance[][] {
  const all: HandDistance[][] = [];
  let last = -Infinity;
  for (const { time, pixels } of wrists) {
    if (pixels === undefined) continue;
    if (time - last > LONGEST_STEP || time < last) all.push([]);
    all.at(-1)?.push({ time, value: pixels / scale });
    last = time;
  }
  return all;
}

/** A sudden end of an approach. */
interface Stop {
  readonly time: number;
  /** Shoulder widths a second of approach that ended; how fast the hands part again is not counted. */
  readonly lost: number;
}

function clapsIn(distances: readonly HandDistance[]): number[] {
  const stops: Stop[] = [];
  for (let index = 1; index < distances.length - 2; index += 1) {
    const stop = stopAfter(distances, index);
    const rival = stops.at(-1);
    if (!stop) continue;
    if (!rival || stop.time - rival.time >= REBOUND) stops.push(stop);
    else if (stop.lost > rival.lost) stops.splice(-1, 1, stop);
  }
  return stops.map(({ time }) => clapImpact(distances, time));
}

/** The clap between the frames `index` and `index + 1`, if there is one. */
function stopAfter(distances: readonly HandDistance[], index: number): Stop | undefined {
  const closing = lineThrough(distances, index, -1, APPROACH);
  const opening = lineThrough(distances, index + 1, 1, AFTER);
  if (!closing || !opening || -closing.slope < LEAST_SPEED) return undefined;
  if (-opening.slope > LEFT_OVER * -closing.slope) return undefined;
  const crossing = (1000 * (closing.start - opening.start)) / (opening.slope - closing.slope);
  const [from, to] = [distances[index]?.time ?? 0, distances[index + 1]?.time ?? 0];
  // Noise may move the crossing out of the step it was looked for in, but not far.
  const time = Math.min(Math.max(crossing, from - (to - from) / 2), to + (to - from) / 2);
  const meeting = closing.start + (closing.slope * time) / 1000;
  if (meeting > TOGETHER || widest(distances, index) - meeting < LEAST_FALL) return undefined;
  return { time, lost: Math.min(opening.slope, 0) - closing.slope };
}

/** How far apart the wrists were at most in the swing before. */
function widest(distances: readonly HandDistance[], index: number): number {
  const end = distances[index]?.time ?? 0;
  let most = 0;
  for (let earlier = index; earlier >= 0; earlier -= 1) {
    const distance = distances[earlier];
    if (!distance || end - distance.time > SWING) break;
    most = Math.max(most, distance.value);
  }
  return most;
}

/** A straight line: its value at time 0 and its slope per second. */
interface Line {
  readonly start: number;
  readonly slope: number;
}

/**
 * The line of least squares through the frame `first` and those before (−1) or after (1) it, two at least and all within
 * `reach` milliseconds.
 */
function lineThrough(
  distances: readonly HandDistance[],
  first: number,
  direction: -1 | 1,
  reach: number,
): Line | undefined {
  const origin = distances[first]?.time ?? 0;
  let [count, times, values, squares, products] = [0, 0, 0, 0, 0];
  for (let index = first; ; index += direction) {
    const distance = distances[index];
    if (!distance) break;
    const time = (distance.time - origin) / 1000;
    if (count >= 2 && Math.abs(time) * 1000 > reach) break;
    count += 1;
    times += time;
    values += distance.value;
    squares += time * time;
    products += time * distance.value;
  }
  const spread = count * squares - times * times;
  if (spread === 0) return undefined;
  const slope = (count * products - times * values) / spread;
  return { start: (values - slope * times) / count - (slope * origin) / 1000, slope };
}
