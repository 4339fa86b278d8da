import type { Beat, PoseFrame, Reading } from '@pose-coach/core';
import { BodyMotions } from '@pose-coach/core/analysis';
import { type OnBeatOptions, OnBeatPart, type OnBeatSummary } from '../on-beat/index.ts';
import { RhythmControls } from './rhythm-controls.ts';
import { RhythmPart } from './rhythm-part.ts';
import type { RhythmSummary } from './rhythm-summary.ts';

export interface LiveOptions extends OnBeatOptions {
  /** Beats of the music in ms of media time. */
  readonly music?: readonly number[];
  /** In [0, 1]: how clear its beats are. Default: 1. */
  readonly musicStrength?: number;
  readonly controls?: RhythmControls;
  /** Called with each frame before it is analysed. */
  readonly onFrame?: (timestamp: number) => void;
}

/** A reading and the frame's time at which it was said. */
export interface Said {
  readonly at: number;
  readonly reading: Reading;
}

/** What the rhythm and on-beat parts of the only person in some frames say, in order, and their summaries. */
export class Live {
  readonly said: readonly Said[];
  readonly rhythm: RhythmSummary;
  readonly onBeat: OnBeatSummary;

  constructor(
    frames: readonly PoseFrame[],
    { music = [], musicStrength = 1, controls = new RhythmControls(), onFrame, ...options }: LiveOptions = {},
  ) {
    const motions = new BodyMotions();
    const rhythm = new RhythmPart(controls);
    const onBeat = new OnBeatPart(rhythm, { delay: () => 0, ...options });
    const said: Said[] = [];
    let heard = 0;
    let beats: Beat[] = [];
    for (const frame of frames) {
      onFrame?.(frame.timestamp);
      for (; (music[heard] ?? Number.POSITIVE_INFINITY) <= frame.timestamp; heard += 1) {
        beats.push({ timestamp: music[heard] ?? Number.NaN, strength: musicStrength });
      }
      for (const motion of motions.step(frame)) {
        const moment = { frame, motion, beats };
        for (const reading of [...rhythm.step(moment), ...onBeat.step(moment)]) {
          said.push({ at: frame.timestamp, reading });
        }
        beats = [];
      }
    }
    this.said = said;
    this.rhythm = rhythm.finish();
    this.onBeat = onBeat.finish();
  }

  of(metric: string): readonly Said[] {
    return this.said.filter(({ reading }) => reading.metric === metric);
  }

  /** What a metric said last up to a moment. */
  last(metric: string, until = Number.POSITIVE_INFINITY): Reading | undefined {
    return this.of(metric)
      .filter(({ at }) => at <= until)
      .at(-1)?.reading;
  }

  /** Numbers that a metric said between two moments. */
  values(metric: string, from = 0, until = Number.POSITIVE_INFINITY): number[] {
    return this.of(metric).flatMap(({ at, reading }) =>
      at >= from && at <= until && typeof reading.value === 'number' ? [reading.value] : [],
    );
  }

  /** The first frame's time at which the tempo is within a share of `bpm`; undefined when it never is. */
  within(share: number, bpm: number, from = 0): number | undefined {
    return this.of('dance.rhythm').find(
      ({ at, reading }) => at >= from && Math.abs(Number(reading.value) / bpm - 1) <= share,
    )?.at;
  }
}
