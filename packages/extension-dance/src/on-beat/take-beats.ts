import { beatAgreement, type MovementBeat, movedBy, ON_BEAT } from './beat-agreement.ts';
import { type SoundDelay, shareConfidence, withDelayDoubt } from './sound-delay.ts';

/** How a take went with the music, as plain JSON. */
export type OnBeatSummary = {
  /** Beats of the music that were heard. */
  readonly musicBeats: number;
  /** Movement beats that were compared with it. */
  readonly movementBeats: number;
  /** Percent of the movement beats within ±70 ms of the music's; null when there are too few to say. */
  readonly share: number | null;
  /** Half width in percent of the range in which the share lies with 95 %. */
  readonly shareUncertainty: number | null;
  /** Percent that chance alone would give at this tempo. */
  readonly chance: number | null;
  /**
   * ms: median lead (negative) or lag; null when the movement does not keep to the music's beat, or keeps to the
   * middle between beats, where nobody can say which of the two it is.
   */
  readonly offset: number | null;
  /** Half width in ms of the range in which it lies with 95 %, with what is not known of the delay: 100 unmeasured. */
  readonly offsetUncertainty: number | null;
  /** ms: circular standard deviation of the offsets; null when the movement does not keep to the music. */
  readonly spread: number | null;
  /** ms per minute by which the movement falls behind the music (negative: runs ahead); null for less than half a minute. */
  readonly drift: number | null;
  /**
   * In [0, 1]: how well the movement keeps to the music's beat, early or late, beyond chance, and how sure that is;
   * at most 0.5 as long as the delay is not measured.
   */
  readonly confidence: number;
  /** ms that have been subtracted from the times of the music's beats: what sound is later than picture; 0 unmeasured. */
  readonly delay: number;
  /** False when there were more movement beats than are kept. */
  readonly isComplete: boolean;
};

/** Movement beats that are kept: four and more a second for an hour. */
const MOST = 16_384;

/** Numbers that are kept of each. */
const WIDTH = 5;

/** Movement beats that are looked at together for which of two stops is the beat: the same as live, and as many after. */
const BLOCK = 32;

/** Movement beats without which nothing is summed up. */
const FEWEST = 8;

/** Milliseconds over which a drift can be told from the spread, and movement beats for it. */
const DRIFT_SPAN = 30_000;
const DRIFT_BEATS = 24;

/** The movement beats of a take, in 20 bytes each. */
export class TakeBeats {
  #values = new Float32Array(256 * WIDTH);
  #count = 0;
  #start = 0;
  #isComplete = true;

  /** @param delay that is in the beat's offset */
  add(beat: MovementBeat, delay: number): void {
    if (this.#count >= MOST) {
      this.#isComplete = false;
      return;
    }
    if (this.#count === 0) this.#start = beat.timestamp;
    if ((this.#count + 1) * WIDTH > this.#values.length) {
      const longer = new Float32Array(this.#values.length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    const offset = beat.offset - delay;
    const values = [beat.timestamp - this.#start, offset, beat.period, beat.sureness, beat.strength];
    this.#values.set(values, this.#count * WIDTH);
    this.#count += 1;
  }

  /**
   * @param musicBeats that were heard
   * @param delay as now measured: it counts for the whole take
   */
  summary(musicBeats: number, delay: SoundDelay): OnBeatSummary {
    const { milliseconds } = delay;
    const beats = this.#compared(milliseconds);
    const common = {
      musicBeats,
      movementBeats: beats.length,
      delay: milliseconds,
      isComplete: this.#isComplete,
    };
    if (beats.length < FEWEST) {
      return {
        ...common,
        share: null,
        shareUncertainty: null,
        chance: null,
        offset: null,
        offsetUncertainty: null,
        spread: null,
        drift: null,
        confidence: 0,
      };
    }
    const { share, shareUncertainty, chance, agreement, sureness, ...about } = beatAgreement(beats);
    const { offset, offsetUncertainty, spread, isRelated, isBetween } = about;
    return {
      ...common,
      share,
      shareUncertainty,
      chance,
      offset: isRelated && !isBetween ? offset : null,
      offsetUncertainty: isRelated && !isBetween ? withDelayDoubt(offsetUncertainty, delay) : null,
      spread: isRelated ? spread : null,
      drift: isRelated ? driftOf(beats, offset) : null,
      confidence: shareConfidence(agreement * sureness, delay),
    };
  }

  clear(): void {
    this.#values = new Float32Array(256 * WIDTH);
    this.#count = 0;
    this.#start = 0;
    this.#isComplete = true;
  }

  /** All beats but the weaker stops between them, which every stretch of a take may have elsewhere. */
  #compared(delay: number): MovementBeat[] {
    const beats: MovementBeat[] = [];
    for (let from = 0; from < this.#count; from += BLOCK) {
      // A short rest at the end is looked at with the block before.
      const isLast = this.#count - from < 2 * BLOCK;
      const to = isLast ? this.#count : from + BLOCK;
      const block = Array.from({ length: to - from }, (_, index) => this.#beat(from + index, delay));
      beats.push(...beatAgreement(block).beats);
      if (isLast) break;
    }
    return beats;
  }

  #beat(index: number, delay: number): MovementBeat {
    const [time = 0, offset = 0, period = 1, sureness = 0, strength = 0] = this.#values.subarray(
      index * WIDTH,
    );
    const beat = { timestamp: this.#start + time, offset, period, sureness, strength, uncertainty: 0 };
    return movedBy(beat, delay);
  }
}

/** Slope of a straight line through the offsets that lie around the median: least squares, in ms per minute. */
function driftOf(beats: readonly MovementBeat[], middle: number): number | null {
  const near = beats
    .map((beat) => ({ ...beat, offset: movedBy(beat, -middle).offset }))
    .filter(({ offset, period }) => Math.abs(offset) <= Math.max(ON_BEAT, period / 4));
  const first = near[0];
  const last = near.at(-1);
  if (!first || !last || near.length < DRIFT_BEATS || last.timestamp - first.timestamp < DRIFT_SPAN)
    return null;
  const minutes = near.map(({ timestamp }) => (timestamp - first.timestamp) / 60_000);
  const meanTime = minutes.reduce((sum, minute) => sum + minute, 0) / near.length;
  const meanOffset = near.reduce((sum, { offset }) => sum + offset, 0) / near.length;
  let product = 0;
  let square = 0;
  near.forEach(({ offset }, index) => {
    const time = (minutes[index] ?? 0) - meanTime;
    product += time * (offset - meanOffset);
    square += time * time;
  });
  return product / square;
}
