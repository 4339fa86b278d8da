import type { PoseFrame } from '../../pose/index.ts';
import { handClaps } from './hand-claps.ts';
import { median } from './median.ts';

/** What clapping told of the way of the sound and that of the picture. */
export type ClapCalibration =
  | {
      readonly status: 'ok';
      /** Milliseconds by which the sound is later than the picture; negative when it is earlier. */
      readonly delay: number;
      /** Milliseconds: the standard deviation of single claps, estimated by their median deviation. */
      readonly spread: number;
      /** Milliseconds: the standard error of `delay`, from the spread or the frames' interval, whichever is more. */
      readonly uncertainty: number;
      /** How many claps were both seen and heard. */
      readonly claps: number;
    }
  | {
      readonly status: 'unknown';
      /** What was missing, and what to do, in plain words. */
      readonly reason: string;
    };

/** Fewer agreeing claps could be chance. */
const LEAST_CLAPS = 3;
/**
 * Milliseconds of delay that are looked at, either way. A webcam is up to 150 ms behind, a Bluetooth microphone up to
 * 300; more than half a second could not be told from the next clap.
 */
const MOST_DELAY = 500;
/** Milliseconds by which claps may differ and still agree: a frame at 24 Hz, the interval within which hands meet. */
const AGREE = 42;
/** The share of the claps seen, and of those heard near them, that must agree: else what is heard is something else. */
const LEAST_SHARE = 0.6;
/** The standard deviation of a normal distribution over its median absolute deviation. */
const NORMAL_MAD = 1.4826;

/**
 * Measures by how much sound is later than the picture from claps that are seen and heard: three or more, about one
 * a second, facing the camera, without music. Give the result as `delay` to `onFramesClock`.
 *
 * The moment at which hands meet is found between the frames (see `handClaps`), so one clap is good to about a third
 * of the frames' interval, and `n` claps to that over √n: 4 ms with eight claps at 30 Hz.
 * @param frames of one epoch, filtered as those that will be analysed: a filter's lag is then part of the delay
 * @param onsets when something was heard, ms on the frames' clock: `onFramesClock(soundOnsets(source), frames)`
 */
export function calibrateClaps(frames: readonly PoseFrame[], onsets: readonly number[]): ClapCalibration {
  const seen = handClaps(frames);
  if (seen.length < LEAST_CLAPS) {
    return unknown(
      `${count(seen.length)} seen. Face the camera with both hands in the picture and clap about once a second.`,
    );
  }
  const heard = onsets.filter((onset) => seen.some((clap) => Math.abs(onset - clap) <= MOST_DELAY));
  if (heard.length < LEAST_CLAPS) {
    return unknown(
      `${count(seen.length)} seen, ${heard.length} heard. Check that the right microphone listens, and clap louder.`,
    );
  }
  const delays = bestAgreement(seen, heard);
  if (delays.length < LEAST_CLAPS || delays.length < LEAST_SHARE * seen.length) {
    return unknown(
      `${count(seen.length)} seen, but only ${delays.length} heard at the same distance. Turn the music off and clap about once a second, not too evenly.`,
    );
  }
  const delay = delays.reduce((sum, each) => sum + each, 0) / delays.length;
  const spread = NORMAL_MAD * median(delays.map((each) => Math.abs(each - delay)));
  // A moment known to be within an interval, and no better, deviates by its length over √12.
  const least = frameInterval(frames) / Math.sqrt(12);
  const uncertainty = Math.max(spread, least) / Math.sqrt(delays.length);
  return { status: 'ok', delay, spread, uncertainty, claps: delays.length };
}

function unknown(reason: string): ClapCalibration {
  return { status: 'unknown', reason };
}

function count(claps: number): string {
  if (claps === 0) return 'No clap was';
  return claps === 1 ? 'Only one clap was' : `${claps} claps were`;
}

/**
 * The delays of the largest set of pairs of a clap seen and one heard that agree; of sets of the same size the one
 * nearest to no delay: claps at an even pace agree at every multiple of it, but for those at the ends.
 */
function bestAgreement(seen: readonly number[], heard: readonly number[]): readonly number[] {
  let best: readonly number[] = [];
  const differences = seen
    .flatMap((clap) => heard.map((onset) => onset - clap))
    .filter((difference) => Math.abs(difference) <= MOST_DELAY);
  for (const centre of differences) {
    const agreeing = pairs(seen, heard, centre);
    const nearer =
      agreeing.length === best.length && Math.abs(median(agreeing)) < Math.abs(median(best)) - AGREE / 2;
    const tighter = agreeing.length === best.length && !nearer && sameSet(agreeing, best, centre);
    if (agreeing.length > best.length || nearer || tighter) best = agreeing;
  }
  return best;
}

/** Whether both are the same agreement, seen from another pair, and the new one lies closer together. */
function sameSet(agreeing: readonly number[], best: readonly number[], centre: number): boolean {
  return Math.abs(median(best) - centre) <= AGREE / 2 && extent(agreeing) < extent(best);
}

function extent(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** Each clap with the sound that is nearest to `delay` after it, where one is within reach; a sound counts once. */
function pairs(seen: readonly number[], heard: readonly number[], delay: number): number[] {
  const delays: number[] = [];
  const used = new Set<number>();
  for (const clap of seen) {
    let nearest: number | undefined;
    for (const onset of heard) {
      const distance = Math.abs(onset - clap - delay);
      if (distance > AGREE || used.has(onset)) continue;
      if (nearest === undefined || distance < Math.abs(nearest - clap - delay)) nearest = onset;
    }
    if (nearest === undefined) continue;
    used.add(nearest);
    delays.push(nearest - clap);
  }
  return delays;
}

function frameInterval(frames: readonly PoseFrame[]): number {
  const [first, last] = [frames[0], frames.at(-1)];
  if (!first || !last || frames.length < 2) return 0;
  return (last.timestamp - first.timestamp) / (frames.length - 1);
}
