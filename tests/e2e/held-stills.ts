import { join } from 'node:path';
import type { PoseCoachElement } from '@pose-coach/elements';
import { bareLandmarks, type Point } from './bare-engine.ts';
import { stillsClip } from './camera-clip.ts';
import { launchChromium } from './chromium.ts';
import { LIMB_JOINTS, largestDistance } from './landmark-distance.ts';
import { videoFileOf } from './video-clip.ts';

/**
 * Frames of the dance clip in three different poses in which the bare engine ends within 0.2 % of the picture's
 * height of the same place whichever pose it comes from: in some others it has two answers.
 */
const STILLS = [20, 100, 150];
const FRAME_RATE = 30;
/** Video frames that each still is held. */
const HOLD = 75;
/** Frames of each still that are not judged: engine and filter still follow the person from the one before. */
const SETTLING = 45;
/** The last frames of each still are not judged either: a slow browser's picture may be ahead of the time it tells. */
const LEAD = 3;

/** A video of a person who holds one pose after another, and where the bare engine sees them. */
export interface HeldStills {
  /** An MP4 file. */
  readonly video: string;
  /** Per still 33 landmarks. */
  readonly expected: ReadonlyArray<readonly Point[]>;
  dispose(): void;
}

/** Makes it of a real clip. @param fixtures the folder of real clips */
export async function heldStills(fixtures: string): Promise<HeldStills> {
  const clip = stillsClip(join(fixtures, 'videos/dance_phrase_talmolab.mp4'), STILLS, HOLD);
  const video = videoFileOf(clip);
  const chromium = await launchChromium();
  try {
    const found = await bareLandmarks(chromium, 'pose_landmarker_lite.task', clip.stills, SETTLING);
    return { video, expected: found.map((person) => person ?? []), dispose: () => clip.dispose() };
  } finally {
    await chromium.close();
  }
}

/** One frame, as a page's `<pose-coach>` told of it. */
export interface FoundFrame {
  /** Milliseconds in the video. */
  readonly timestamp: number;
  /** The picture's width divided by its height. */
  readonly aspect: number;
  readonly landmarks: readonly Point[];
}

/** What a page's `<pose-coach>` has told so far. */
export interface CoachRecord {
  frames: FoundFrame[];
  readonly states: string[];
  readonly errors: string[];
}

/** What `recordCoach` has put on the page's window. */
export interface RecordingWindow {
  readonly coachRecord: CoachRecord;
}

/** To be run in a page: keeps what its `<pose-coach>` tells as `coachRecord` on the window. */
export function recordCoach(): void {
  const record: CoachRecord = { frames: [], states: [], errors: [] };
  Object.assign(window, { coachRecord: record });
  const coach = document.querySelector<PoseCoachElement>('pose-coach');
  coach?.addEventListener('pose-frame', ({ detail: { frame } }) => {
    record.frames.push({
      timestamp: frame.timestamp,
      aspect: frame.width / frame.height,
      landmarks: (frame.poses[0]?.landmarks ?? []).map(({ x, y }) => [x, y] as const),
    });
  });
  coach?.addEventListener('pose-state', ({ detail }) => record.states.push(detail.status));
  coach?.addEventListener('pose-error', ({ detail }) => record.errors.push(detail.message));
}

/**
 * Per still how far the worst limb joint of each settled frame is from where the bare engine sees it, sorted, in
 * heights of the picture.
 */
export function settledDistances(
  frames: readonly FoundFrame[],
  expected: ReadonlyArray<readonly Point[]>,
): number[][] {
  return expected.map((person, still) => {
    const from = ((still * HOLD + SETTLING) * 1000) / FRAME_RATE;
    const until = (((still + 1) * HOLD - LEAD) * 1000) / FRAME_RATE;
    const distances = frames
      .filter(({ timestamp }) => timestamp >= from && timestamp < until)
      .map(({ landmarks, aspect }) => largestDistance(landmarks, person, aspect, LIMB_JOINTS))
      .sort((a, b) => a - b);
    console.log(
      `still ${still}: ${distances.length} frames, worst joint ${percent(distances[distances.length >> 1])} of the picture's height off (median), ${percent(distances.at(-1))} at most`,
    );
    return distances;
  });
}

/**
 * The distance that nine of ten frames keep within: a busy machine now and then takes half a second for one frame,
 * after which engine and filter begin anew, and the first place they find is a little off.
 */
export function mostWithin(sortedDistances: readonly number[]): number {
  return sortedDistances[Math.ceil(sortedDistances.length * 0.9) - 1] ?? Number.NaN;
}

function percent(share: number | undefined): string {
  return `${((share ?? Number.NaN) * 100).toFixed(2)} %`;
}
