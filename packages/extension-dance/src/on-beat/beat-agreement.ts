import { agreementBeyondChance, circularMean, foldAccents, wrapped } from '../rhythm/index.ts';

/** One accent of the movement and where it lies in the music. */
export interface MovementBeat {
  /** ms of media time. */
  readonly timestamp: number;
  /** ms from the music's beat next to it; negative: ahead of the music. */
  readonly offset: number;
  /** ms from one beat of the music to the next, there. */
  readonly period: number;
  /** In [0, 1]: how sure the music's beat is. */
  readonly sureness: number;
  readonly strength: number;
  /** Standard uncertainty of the timestamp, ms. */
  readonly uncertainty: number;
}

/** How a stretch of movement beats goes with the music. */
export interface BeatAgreement {
  /** The movement beats that were compared: without the stops half-way between beats of a movement that has both. */
  readonly beats: readonly MovementBeat[];
  /** Percent of them within 70 ms of a beat of the music. */
  readonly share: number;
  /** Half width in percent of the range in which the share lies with 95 %. */
  readonly shareUncertainty: number;
  /** Percent that as many beats at random would have. */
  readonly chance: number;
  /** Circular median of the offsets in ms: the systematic lead (negative) or lag. */
  readonly offset: number;
  /** Half width in ms of the range in which it lies with 95 %. */
  readonly offsetUncertainty: number;
  /** ms: circular standard deviation of the offsets. */
  readonly spread: number;
  /** In [0, 1]: how well the movement keeps to the music's beat, early or late, beyond chance. */
  readonly agreement: number;
  /** In [0, 1]: how sure the music's beats are, on the average. */
  readonly sureness: number;
  /** Whether chance gives so much agreement in less than one of a hundred stretches. */
  readonly isRelated: boolean;
  /** Whether the movement lies about half-way between the music's beats, where ahead and behind are the same. */
  readonly isBetween: boolean;
  /**
   * Milliseconds that the offset grows from the first of the beats to the last (negative: falls), when it does so
   * steadily and by more than counts as on the beat: then the movement has another tempo than the music. Else 0.
   */
  readonly drift: number;
}

/** ms on either side of the music's beat that are on the beat. */
export const ON_BEAT = 70;

/** Agreement from which a movement stops twice per beat, and the weaker stop is no beat of its own. */
const CLEARLY_TWOFOLD = 0.5;

/**
 * Beats from one stop to the next below which there can be two per beat: half-way between half a beat and one. Stops
 * one and a half beats apart lie on the beat and between beats in turn as well, and keep to another tempo.
 */
const LONGEST_HALF = 0.75;

/** Beats from the music's beat from which the middle between two beats is nearer than a quarter of the way to it. */
const BETWEEN = 3 / 8;

/** n·R² from which random angles are ruled out with 99 % (Rayleigh's test: Mardia and Jupp 2000, section 6.3.1). */
const RELATED = -Math.log(0.01);

/** Standard errors from which a slope is none of chance: one in four hundred stretches of eight beats. */
const CLEAR_SLOPE = 5;

/** Half width of a normal distribution's middle 95 %, in standard deviations. */
export const NORMAL_95 = 1.96;

/** Below this all directions are alike, and the spread has no end. */
const LEAST_AGREEMENT = 1e-6;

/** Standard error of a median over that of a mean, for normal errors: √(π / 2). */
const MEDIAN_LOSS = Math.sqrt(Math.PI / 2);

/**
 * Compares movement beats with the music's. Which of two stops per beat is the beat is decided by the movement alone
 * (the stronger one), so that chance stays chance; only where both are equally strong it is the one that is nearer
 * to the music.
 * @param beats at least one
 */
export function beatAgreement(beats: readonly MovementBeat[]): BeatAgreement {
  const folded = foldAccents(
    beats.map(angleOf),
    beats.map(({ strength }) => strength),
    0,
    2,
  );
  const twofold = folded.parts === 2 && folded.agreement >= CLEARLY_TWOFOLD && comeInHalves(beats);
  const compared = twofold ? beats.filter((beat) => Math.cos(angleOf(beat) - folded.direction) >= 0) : beats;
  const count = compared.length;
  const near = compared.filter(({ offset }) => Math.abs(offset) <= ON_BEAT).length;
  const period = compared.reduce((sum, beat) => sum + beat.period, 0) / count;
  const { direction, agreement } = circularMean(
    compared.map(angleOf),
    compared.map(() => 1),
  );
  const deviations = compared.map((beat) => wrapped(angleOf(beat) - direction));
  const around = [...deviations].sort((a, b) => a - b);
  // Mardia and Jupp 2000, section 2.3.4.
  const spread = (Math.sqrt(-2 * Math.log(Math.max(agreement, LEAST_AGREEMENT))) / (2 * Math.PI)) * period;
  // Two successes and two failures more than there were: Agresti and Coull 1998, The American Statistician 52.
  const adjusted = (near + 2) / (count + 4);
  const turn = wrapped(direction + medianOf(around)) / (2 * Math.PI);
  return {
    beats: compared,
    share: (100 * near) / count,
    shareUncertainty: 100 * NORMAL_95 * Math.sqrt((adjusted * (1 - adjusted)) / (count + 4)),
    chance: Math.min(100, (100 * 2 * ON_BEAT) / period),
    offset: turn * period,
    offsetUncertainty: (NORMAL_95 * MEDIAN_LOSS * spread) / Math.sqrt(count),
    spread,
    agreement: agreementBeyondChance(agreement, count),
    sureness: compared.reduce((sum, beat) => sum + beat.sureness, 0) / count,
    isRelated: count * agreement ** 2 >= RELATED,
    isBetween: Math.abs(turn) > BETWEEN,
    drift: driftOf(
      compared,
      deviations.map((deviation) => (deviation / (2 * Math.PI)) * period),
    ),
  };
}

/** The same movement beat when the music is heard earlier by `change` ms: it lies that much later in the music. */
export function movedBy(beat: MovementBeat, change: number): MovementBeat {
  const offset = beat.offset + change;
  return { ...beat, offset: offset - Math.round(offset / beat.period) * beat.period };
}

/** @param offsets ms, one of each beat, about their middle */
function driftOf(beats: readonly MovementBeat[], offsets: readonly number[]): number {
  const start = beats[0]?.timestamp ?? 0;
  const times = beats.map(({ timestamp }) => timestamp - start);
  const line = lineThrough(times, offsets);
  const drift = line.slope * (times.at(-1) ?? 0);
  return Math.abs(drift) > ON_BEAT && Math.abs(line.slope) > CLEAR_SLOPE * line.error ? drift : 0;
}

/** Slope of the straight line of least squares and its standard error; a slope of 0 through less than three points. */
function lineThrough(times: readonly number[], values: readonly number[]): { slope: number; error: number } {
  const count = times.length;
  const meanTime = times.reduce((sum, time) => sum + time, 0) / count;
  const meanValue = values.reduce((sum, value) => sum + value, 0) / count;
  let product = 0;
  let spread = 0;
  let power = 0;
  times.forEach((time, index) => {
    const value = (values[index] ?? 0) - meanValue;
    product += (time - meanTime) * value;
    spread += (time - meanTime) ** 2;
    power += value ** 2;
  });
  if (count < 3 || spread === 0) return { slope: 0, error: 0 };
  const slope = product / spread;
  return { slope, error: Math.sqrt(Math.max(0, power - slope * product) / (count - 2) / spread) };
}

/** Whether stops mostly follow each other within half a beat rather than a whole one. */
function comeInHalves(beats: readonly MovementBeat[]): boolean {
  const steps = beats
    .slice(1)
    .map(({ timestamp, period }, index) => (timestamp - (beats[index]?.timestamp ?? timestamp)) / period)
    .sort((a, b) => a - b);
  return steps.length > 0 && medianOf(steps) <= LONGEST_HALF;
}

function angleOf({ offset, period }: MovementBeat): number {
  return (offset / period) * 2 * Math.PI;
}

/** @param sorted at least one number, in order */
function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
