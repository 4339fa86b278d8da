import type { CoachStats, PoseFrame } from '@pose-coach/core';
import { judgeFrameRate, type StatsSample } from './frame-rate.ts';
import { type Framing, judgeFraming } from './framing.ts';
import { type GreyPicture, judgeLight, judgeSharpness, type PictureArea } from './picture-quality.ts';
import type { Verdict } from './verdict.ts';

/** Everything that is checked before going live. */
export interface CoachCheck {
  readonly framing: Framing;
  readonly light: Verdict;
  readonly sharpness: Verdict;
  readonly rate: Verdict;
}

/** Milliseconds of frames that are looked at: long enough for one quick move to be no fault. */
const FRAMES_SPAN = 3000;
/** Milliseconds of numbers that are looked at. */
const STATS_SPAN = 4000;

/** Gathers what a coach tells, and judges the last seconds of it. */
export class CoachWatch {
  #frames: PoseFrame[] = [];
  #samples: StatsSample[] = [];

  see(frame: PoseFrame): void {
    // By the clock, not by media time: a slow engine leaves gaps, and each begins another epoch.
    const { capturedAt } = frame.timings;
    this.#frames = this.#frames.filter(({ timings }) => capturedAt - timings.capturedAt < FRAMES_SPAN);
    this.#frames.push(frame);
  }

  /** @param at milliseconds on a clock that only goes forward */
  count(stats: CoachStats, at: number): void {
    const last = this.#samples.at(-1);
    // Counting began anew: another source, or the same after a pause.
    if (last && stats.dropped < last.stats.dropped) this.#samples = [];
    this.#samples = [...this.#samples.filter((sample) => at - sample.at <= STATS_SPAN), { at, stats }];
  }

  forget(): void {
    this.#frames = [];
    this.#samples = [];
  }

  /**
   * @param picture of the camera, as it is now
   * @param fastest whether the quickest model is at work
   */
  judge(picture: GreyPicture | undefined, mirrored: boolean, fastest: boolean): CoachCheck {
    const light = judgeLight(picture, picture && personIn(this.#frames.at(-1), picture));
    return {
      framing: judgeFraming(this.#frames, mirrored),
      light,
      sharpness: judgeSharpness(picture, light),
      rate: judgeFrameRate(this.#samples, fastest),
    };
  }
}

/** Where the person stands in a picture; undefined when nobody does. */
function personIn(frame: PoseFrame | undefined, { width, height }: GreyPicture): PictureArea | undefined {
  const landmarks = frame?.poses[0]?.landmarks;
  if (!landmarks || landmarks.length === 0) return undefined;
  const xs = landmarks.map(({ x }) => Math.min(1, Math.max(0, x)));
  const ys = landmarks.map(({ y }) => Math.min(1, Math.max(0, y)));
  return {
    left: Math.min(...xs) * width,
    top: Math.min(...ys) * height,
    right: Math.max(...xs) * width,
    bottom: Math.max(...ys) * height,
  };
}
