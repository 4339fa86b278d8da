import { type Recurred, Recurrence } from '@pose-coach/core/analysis';
import type { Reading } from '@pose-coach/core/extension';
import type { DanceMoment, DancePart } from '../dance-part.ts';
import { type PatternsSummary, SMALLEST_SPREAD, summarisePatterns } from './patterns-summary.ts';
import { PoseSamples } from './pose-samples.ts';

/** Concordance from which it is told live: stricter than in the summary, because it is told at once. */
const TOLD = 0.75;

/** Seconds back to which live readings look. */
const MEMORY = 120;

/** Seconds: what comes again sooner goes on the same, which is for the rhythm to say. */
const SHORTEST_PERIOD = 2;

/** Milliseconds to wait for the moment at which it is most alike. */
const WAIT = 1000;

/** What the best of many comparisons of different movements reaches; see `ALIKE`. */
const CHANCE = 0.5;

const NOTHING: readonly Reading[] = [];

interface Told {
  readonly recurred: Recurred;
  /** Milliseconds of media time. */
  readonly start: number;
  readonly end: number;
}

/**
 * `dance.patterns`: sequences that come again. Live, the last four seconds are compared with the last two minutes at
 * the same tempo, give or take some percent; `finish` finds the repeated sequences of the whole take, also at other
 * tempos. A pose is where head, arms and legs are against the trunk: a sequence is the same facing another way or
 * elsewhere in the room, and turns and travel alone are none.
 */
export class PatternsPart implements DancePart<PatternsSummary> {
  readonly #samples = new PoseSamples();
  readonly #recurrence = new Recurrence(this.#samples.sequence, {
    smallestSpread: SMALLEST_SPREAD,
    memory: MEMORY,
    threshold: TOLD,
  });
  /** The best so far of what is about to be told. */
  #pending: Told | undefined;
  /** Milliseconds of media time of the newest sample that was told of. */
  #told = Number.NEGATIVE_INFINITY;

  step({ motion }: DanceMoment): readonly Reading[] {
    const { timestamp, poseId } = motion;
    this.#samples.add(motion, this.#compare);
    const told = this.#pending;
    if (!told || timestamp - told.end < WAIT) return NOTHING;
    this.#pending = undefined;
    this.#told = told.end;
    const { likeness } = told.recurred;
    return [
      {
        metric: 'dance.patterns',
        timestamp,
        start: told.start,
        end: told.end,
        poseId,
        status: 'ok',
        value: Math.min(100, 100 * likeness),
        // Nought where it would hardly be told, one where it is the same.
        confidence: Math.min(1, Math.max(0, (likeness - CHANCE) / (1 - CHANCE))),
      },
    ];
  }

  readonly #compare = () => {
    const recurred = this.#recurrence.step();
    if (recurred) this.#consider(recurred);
  };

  reset(): void {
    this.#samples.interrupt();
    this.#pending = undefined;
    this.#told = Number.NEGATIVE_INFINITY;
  }

  finish(): PatternsSummary {
    const summary = summarisePatterns(this.#samples);
    this.#samples.clear();
    this.#recurrence.clear();
    this.reset();
    return summary;
  }

  #consider(recurred: Recurred): void {
    const { sequence } = this.#samples;
    if (recurred.period < SHORTEST_PERIOD * sequence.rate) return;
    const newest = sequence.length - 1;
    // The sequence now is all of one piece; the one that it repeats may be of an earlier epoch.
    const first = newest + 1 - recurred.length;
    if (first < this.#samples.since) return;
    const start = this.#samples.timeOf(first);
    const end = this.#samples.timeOf(newest);
    if (start < this.#told) return;
    if (this.#pending && this.#pending.recurred.likeness >= recurred.likeness) return;
    this.#pending = { recurred, start, end };
  }
}
