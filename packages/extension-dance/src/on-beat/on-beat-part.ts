import type { Reading } from '@pose-coach/core';
import type { DanceMoment, DancePart } from '../dance-part.ts';
import { known, LEAST_CONFIDENCE, type MovementAccent, unknown } from '../rhythm/index.ts';
import {
  type BeatAgreement,
  beatAgreement,
  type MovementBeat,
  movedBy,
  NORMAL_95,
} from './beat-agreement.ts';
import { MusicBeats } from './music-beats.ts';
import { type SoundDelay, shareConfidence, withDelayDoubt } from './sound-delay.ts';
import { type OnBeatSummary, TakeBeats } from './take-beats.ts';

/** Where the movement's beats come from: the person's `RhythmPart`, which must make its step first. */
export interface AccentSource {
  /** Observed movement beats that are new with this step. */
  readonly newAccents: readonly MovementAccent[];
}

export interface OnBeatOptions {
  /**
   * ms by which beats are stamped later than the movement that goes with them, since sound and picture take
   * different times to arrive; asked with each step. It is subtracted from the beats' times. Undefined, and the
   * default: not measured, which counts as 0 give or take 100 ms.
   */
  readonly delay?: () => number | undefined;
  /** False where the beats of the music may not be heard; asked with each step. Default: they may. */
  readonly isMusicAllowed?: () => boolean;
}

/** Movement beats that are looked back at, and accents that make so many when every second one is none. */
const BEATS = 16;
const ACCENTS = 2 * BEATS;

/** Movement beats without which nothing is said. */
const FEWEST = 5;

/** Movement beats from which confidence is that of the agreement. */
const ENOUGH = 8;

/** ms after which a movement beat counts no more: sixteen beats at 64 BPM. */
const MEMORY = 15_000;

/** ms without a movement beat after which there is none to compare. */
const STILLNESS = 5000;

const SHARE = 'dance.onBeat';
const OFFSET = 'dance.onBeat.offset';
const EACH = 'dance.onBeat.each';

const NO_MUSIC = 'No music.';
const NOT_ALLOWED = 'Dance may not follow the music: it was not allowed to.';
const UNCLEAR_MUSIC = 'The beat of the music is not clear enough to compare with.';
const NO_MOVEMENT = 'No movement beats to compare with the music.';
const TOO_FEW = 'Too few movement beats yet to compare with the music.';
const UNRELATED = 'The movement does not keep to the music’s beat, so it is neither ahead nor behind.';
const BETWEEN =
  'The movement keeps to the middle between the music’s beats, so it is neither ahead nor behind.';
const SLOWER = 'The movement is slower than the music: it comes later from beat to beat.';
const FASTER = 'The movement is faster than the music: it comes earlier from beat to beat.';

/**
 * Whether one person is on the beat: how far every movement beat (an observed accent, where the body stops or turns)
 * lies from the beat of the music next to it, how many of the last sixteen are within 70 ms, and whether the movement
 * as a whole is ahead or behind. A movement that stops twice per beat is judged by the stronger of its two stops.
 */
export class OnBeatPart implements DancePart<OnBeatSummary> {
  readonly #accents: AccentSource;
  readonly #delayNow: () => number | undefined;
  readonly #isMusicAllowed: () => boolean;
  readonly #music = new MusicBeats();
  readonly #take = new TakeBeats();
  #delay: SoundDelay = { milliseconds: 0, isMeasured: false };
  #waiting: MovementAccent[] = [];
  #beats: MovementBeat[] = [];
  #agreement: BeatAgreement | undefined;
  #musicBeats = 0;

  constructor(
    accents: AccentSource,
    { delay = () => undefined, isMusicAllowed = () => true }: OnBeatOptions = {},
  ) {
    this.#accents = accents;
    this.#delayNow = delay;
    this.#isMusicAllowed = isMusicAllowed;
  }

  step({ frame, motion, beats }: DanceMoment): readonly Reading[] {
    this.#obey();
    this.#music.add(beats);
    const { newAccents } = this.#accents;
    if (newAccents.length > 0) this.#waiting = [...this.#waiting, ...newAccents].slice(-ACCENTS);
    const now = frame.timestamp;
    const found = this.#waiting.length > 0 ? this.#place(now) : [];
    if (!Number.isFinite(motion.timestamp)) return [];
    this.#forget(motion.timestamp);
    const readings = this.#readings(motion.poseId, motion.timestamp, now);
    return found.length === 0 ? readings : [...readings, ...this.#events(motion.poseId, found)];
  }

  reset(): void {
    this.#musicBeats += this.#music.count;
    this.#music.clear();
    this.#waiting = [];
    this.#beats = [];
    this.#agreement = undefined;
  }

  finish(): OnBeatSummary {
    const summary = this.#take.summary(this.#musicBeats + this.#music.count, this.#delay);
    this.#take.clear();
    this.reset();
    this.#musicBeats = 0;
    return summary;
  }

  /** Moves what has been compared by a change of the delay. */
  #obey(): void {
    const measured = this.#delayNow();
    const milliseconds = measured ?? 0;
    const isMeasured = measured !== undefined;
    const change = milliseconds - this.#delay.milliseconds;
    if (change === 0 && isMeasured === this.#delay.isMeasured) return;
    this.#delay = { milliseconds, isMeasured };
    if (change === 0) return;
    this.#beats = this.#beats.map((beat) => movedBy(beat, change));
    this.#agreement = undefined;
  }

  /** Compares the accents whose beat of the music is known by now. */
  #place(now: number): readonly MovementBeat[] {
    const found: MovementBeat[] = [];
    const later: MovementAccent[] = [];
    for (const accent of this.#waiting) {
      const place = this.#music.placeOf(accent.timestamp + this.#delay.milliseconds, now);
      if (place === 'later') later.push(accent);
      else if (place) found.push({ ...accent, ...place });
    }
    this.#waiting = later;
    if (found.length > 0) {
      this.#beats = [...this.#beats, ...found].slice(-ACCENTS);
      this.#agreement = undefined;
      for (const beat of found) this.#take.add(beat, this.#delay.milliseconds);
    }
    return found;
  }

  #forget(now: number): void {
    const oldest = this.#beats[0];
    if (!oldest || now - oldest.timestamp <= MEMORY) return;
    this.#beats = this.#beats.filter(({ timestamp }) => now - timestamp <= MEMORY);
    this.#agreement = undefined;
  }

  #readings(poseId: number, timestamp: number, now: number): readonly Reading[] {
    const doubt = this.#doubt(now);
    if (doubt === undefined) this.#agreement ??= latest(this.#beats);
    const agreement = this.#agreement;
    if (doubt !== undefined || agreement === undefined) {
      const reason = doubt ?? TOO_FEW;
      return [SHARE, OFFSET].map((metric) => unknown(metric, timestamp, poseId, reason));
    }
    const { share, shareUncertainty, offset, offsetUncertainty } = agreement;
    const unsteady = unsteadiness(agreement);
    const enough = Math.min(1, agreement.beats.length / ENOUGH);
    const confidence = agreement.agreement * agreement.sureness * enough;
    if (confidence < LEAST_CONFIDENCE) {
      const reason = agreement.sureness < agreement.agreement ? UNCLEAR_MUSIC : (unsteady ?? UNRELATED);
      return [SHARE, OFFSET].map((metric) => unknown(metric, timestamp, poseId, reason));
    }
    const delay = this.#delay;
    return [
      known(SHARE, timestamp, poseId, share, shareConfidence(confidence, delay), shareUncertainty),
      unsteady === undefined
        ? known(OFFSET, timestamp, poseId, offset, confidence, withDelayDoubt(offsetUncertainty, delay))
        : unknown(OFFSET, timestamp, poseId, unsteady),
    ];
  }

  #doubt(now: number): string | undefined {
    if (!this.#music.isPlaying(now)) return this.#isMusicAllowed() ? NO_MUSIC : NOT_ALLOWED;
    const newest = this.#beats.at(-1);
    if (newest && now - newest.timestamp > STILLNESS) return NO_MOVEMENT;
    return this.#beats.length < FEWEST ? TOO_FEW : undefined;
  }

  /** Those of the new movement beats that are compared: not the weaker stops between two beats. */
  #events(poseId: number, found: readonly MovementBeat[]): readonly Reading[] {
    const agreement = this.#agreement;
    if (!agreement || agreement.agreement * agreement.sureness < LEAST_CONFIDENCE) return [];
    return found
      .filter((beat) => agreement.beats.includes(beat))
      .map(({ timestamp, offset, uncertainty }) =>
        known(
          EACH,
          timestamp,
          poseId,
          offset,
          agreement.agreement * agreement.sureness,
          withDelayDoubt(NORMAL_95 * uncertainty, this.#delay),
        ),
      );
  }
}

/** Why a movement is neither ahead of the music nor behind it; undefined when it is one of them, or right on it. */
function unsteadiness({ isRelated, isBetween, drift }: BeatAgreement): string | undefined {
  if (!isRelated) return UNRELATED;
  if (drift !== 0) return drift > 0 ? SLOWER : FASTER;
  return isBetween ? BETWEEN : undefined;
}

function latest(beats: readonly MovementBeat[]): BeatAgreement | undefined {
  const agreement = beatAgreement(beats);
  return agreement.beats.length <= BEATS ? agreement : beatAgreement(agreement.beats.slice(-BEATS));
}
