import type { Reading } from '../analysis/index.ts';
import { isLongerThan, SECOND } from '../feedback/index.ts';
import { COMBO_METRIC, SCORE_METRIC, type ScoringRule } from './scoring.ts';

/** Points for an event that could not be nearer. */
const FULL_POINTS = 100;

/** The lowest confidence of an event that counts: more likely right than not, as for rules. */
const CONFIDENCE = 0.5;

/** Milliseconds of media time for which it is known what was counted; older events are not counted any more. */
const LONGEST_DELAY = 10_000;

const NO_SCORING = 'This scene keeps no score: set its scoring in the editor.';
const NOTHING_YET =
  'No music beat yet to compare a movement with: say in the studio where the music comes from, and dance.';

/** Both whole numbers from 0 on. */
export interface StageScore {
  /** Points since the last restart. */
  readonly score: number;
  /** Events in a row that counted. */
  readonly combo: number;
}

/** Counts points and combo of everybody together, on media time, by the rule of a scene. */
export class ScoreRun {
  #rule: ScoringRule | undefined;
  #score = 0;
  #combo = 0;
  #hasCounted = false;
  /** ms of media time of the newest event that counted, whoever it was. */
  #last = -Infinity;
  /** ms of media time of the newest event of each person: what is told again counts once. */
  readonly #newest = new Map<number | undefined, number>();
  #now = Number.NaN;

  /** @param rule absent: nothing is counted */
  constructor(rule?: ScoringRule) {
    this.#rule = rule;
  }

  /** What counts from now on; score and combo stay as they are. */
  setRule(rule: ScoringRule | undefined): void {
    this.#rule = rule;
  }

  /**
   * @param readings what has been read; only those of the rule's metric count
   * @param now ms of media time: of the newest frame or reading. Readings of later than it are ignored.
   */
  step(readings: readonly Reading[], now: number): StageScore {
    if (now < this.#now) this.reset();
    this.#now = now;
    const rule = this.#rule;
    if (rule !== undefined) {
      for (const { timestamp, value } of this.#news(readings, rule, now)) this.#count(rule, timestamp, value);
      this.#lose(rule, now);
    }
    for (const [poseId, newest] of this.#newest) {
      if (isLongerThan(LONGEST_DELAY, newest, now)) this.#newest.delete(poseId);
    }
    return { score: this.#score, combo: this.#combo };
  }

  /** Score and combo as readings of the stage's own metrics, about everybody. */
  readings(now: number): readonly Reading[] {
    return [this.#reading(SCORE_METRIC, this.#score, now), this.#reading(COMBO_METRIC, this.#combo, now)];
  }

  /** Score and combo begin again at 0. */
  restart(): void {
    this.#score = 0;
    this.#combo = 0;
  }

  /** The frames' epoch or the publisher has changed: the combo ends, the points stay. */
  reset(): void {
    this.#combo = 0;
    this.#last = -Infinity;
    this.#newest.clear();
    this.#now = Number.NaN;
  }

  /** Events that have not been counted, the oldest first. */
  #news(readings: readonly Reading[], { metric }: ScoringRule, now: number): readonly CountedEvent[] {
    const news: CountedEvent[] = [];
    const events = readings
      .filter((reading) => reading.metric === metric)
      .sort((one, other) => one.timestamp - other.timestamp);
    for (const { timestamp, poseId, status, value, confidence } of events) {
      if (!(timestamp <= now && timestamp > (this.#newest.get(poseId) ?? now - LONGEST_DELAY))) continue;
      this.#newest.set(poseId, timestamp);
      if (status !== 'ok' || !(confidence >= CONFIDENCE)) continue;
      if (typeof value === 'number' && Number.isFinite(value)) news.push({ timestamp, value });
    }
    return news;
  }

  #count(rule: ScoringRule, timestamp: number, value: number): void {
    this.#lose(rule, timestamp);
    const points = pointsFor(rule, value);
    this.#score += points;
    this.#combo = points > 0 ? this.#combo + 1 : 0;
    this.#last = Math.max(this.#last, timestamp);
    this.#hasCounted = true;
  }

  /** The combo ends when nothing has come for too long. */
  #lose({ patience }: ScoringRule, now: number): void {
    if (isLongerThan(patience * SECOND, this.#last, now)) this.#combo = 0;
  }

  #reading(metric: string, value: number, timestamp: number): Reading {
    const reason = this.#rule === undefined ? NO_SCORING : NOTHING_YET;
    return this.#rule !== undefined && this.#hasCounted
      ? { metric, timestamp, status: 'ok', value, confidence: 1 }
      : { metric, timestamp, status: 'unknown', reason, confidence: 0 };
  }
}

interface CountedEvent {
  readonly timestamp: number;
  readonly value: number;
}

/** Points for an event so far from 0, in the metric's unit: a whole number from 0 to 100. */
function pointsFor({ full, none }: ScoringRule, value: number): number {
  const share = (none - Math.abs(value)) / (none - full);
  return Math.round(FULL_POINTS * Math.min(1, Math.max(0, share)));
}
