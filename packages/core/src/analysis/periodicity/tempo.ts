import { Autocorrelation, correlationAt, parabolaTop } from './autocorrelation.ts';
import { type MotionSignals, rootMeanSquare, sampleCount } from './motion-signals.ts';

/** A tempo that fits, and how well beside the others. */
export interface TempoCandidate {
  /** Beats per minute. */
  readonly bpm: number;
  /** In [0, 1]: mean correlation after 1, 2 and 4 beats, weighted by how usual the tempo is. */
  readonly strength: number;
}

/** The tempo of a stretch of movement. */
export interface TempoEstimate {
  /** Beats per minute. */
  readonly bpm: number;
  /** In [0, 1]: how far the movement repeats itself with the beats; about 0 for movement without rhythm. */
  readonly confidence: number;
  /** The best first, at most eight; the first is the answer. */
  readonly candidates: readonly TempoCandidate[];
}

export interface TempoOptions {
  /** Slowest and fastest tempo to think of, in beats per minute. Default: 50 to 200. */
  readonly range?: readonly [slowest: number, fastest: number];
  /** Which tempos are usual: the middle in beats per minute and the spread in octaves. Default: 105 and 0.6. */
  readonly prior?: TempoPrior;
  /** Beats per minute that the answer is within 8 % of: the octave is known, and nothing is more usual than it. */
  readonly near?: number;
}

/** A log-normal distribution of tempos. */
export interface TempoPrior {
  readonly bpm: number;
  readonly octaves: number;
}

const RANGE = [50, 200] as const;

/**
 * The middle of the octave, 74 to 148 BPM, in which most music for dancing lies. A log-normal prior as in Ellis,
 * "Beat Tracking by Dynamic Programming", Journal of New Music Research 36 (2007), section 3.2; narrower than his
 * 0.9 octaves of 120 BPM, as bodies are slower than the notes that he counts.
 */
const PRIOR: TempoPrior = { bpm: 105, octaves: 0.6 };

/** Share by which the answer may differ from `near`. */
const NEAR = 0.08;

/**
 * Beats after which movement is compared with itself. Dance is built of halves and doubles of a beat, a 4/4 bar being
 * the longest that a few seconds hold; a step to the left and one to the right make two.
 */
const MULTIPLES = [1, 2, 4] as const;

/** Ratio between neighbouring tempos that are tried. */
const STEP = 1.005;

/** Share of the samples that a lag may reach: what is beyond rests on too few pairs. */
const LONGEST_SHARE = 0.75;

/** Seconds of movement below which nothing is said. */
const SHORTEST = 2;

/** m/s: below it, per axis, a body stands still and the rest is noise. */
const STILL = 0.01;

/**
 * Mean correlations at which confidence is 0 and 1. Random movement of the whole body reaches 0.03, a random wave of
 * all joints in step 0.09 (median) to 0.17 (one in twenty), basic dances 0.2 to 0.5, in windows of eight seconds.
 */
const NO_RHYTHM = 0.085;
const SURE_RHYTHM = 0.285;

const MOST_CANDIDATES = 8;

/**
 * Finds the tempo of movement: a comb over the correlation of many joints with themselves after one, two and four
 * beats, of signed velocities (which repeat with a whole movement) and of speeds (which repeat with its halves) alike.
 * Only likeness counts: what is unlike after one beat, as left and right are, speaks for two and not against one.
 * Which of a tempo, its half and its double is counted is decided by how usual they are.
 *
 * 0.3 ms for eight seconds of 47 channels at 30 Hz.
 *
 * ```ts
 * const tempo = estimateTempo(signals);              // { bpm: 119.6, confidence: 0.8, candidates: […] }
 * const same = estimateTempo(signals, { near: 120 }); // when the person has tapped it
 * ```
 * @param signals 2 s at least, 6 s and more to be good; a minute may be given when the tempo is known to be steady
 * @returns nothing when there is too little movement, or when nothing in it repeats
 */
export function estimateTempo(signals: MotionSignals, options: TempoOptions = {}): TempoEstimate | undefined {
  const count = sampleCount(signals);
  return new TempoComb(signals.rate, count, options).estimate(signals, 0, count);
}

/**
 * The comb of `estimateTempo` for many windows: its tables are made once, and evidence of several windows can be put
 * together before it is judged.
 */
export class TempoComb {
  readonly #rate: number;
  readonly #autocorrelation: Autocorrelation;
  readonly #tempos: Float64Array;
  readonly #prior: TempoPrior | undefined;

  /**
   * @param rate samples per second of the signals
   * @param samples the longest window
   */
  constructor(rate: number, samples: number, { range, prior = PRIOR, near }: TempoOptions = {}) {
    this.#rate = rate;
    this.#autocorrelation = new Autocorrelation(Math.max(samples, 2));
    this.#prior = near === undefined ? prior : undefined;
    const [slowest, fastest] = range ?? RANGE;
    this.#tempos =
      near === undefined ? ladder(slowest, fastest) : ladder(near * (1 - NEAR), near * (1 + NEAR));
  }

  /** Tempos that are tried, beats per minute, rising evenly by ratio. */
  get tempos(): Float64Array {
    return this.#tempos;
  }

  estimate(signals: MotionSignals, from: number, to: number): TempoEstimate | undefined {
    const evidence = this.evidence(signals, from, to);
    return evidence && this.judge(evidence);
  }

  /** Mean likeness after the multiples of each tempo's beat, in [0, 1]; nothing when there is too little movement. */
  evidence(signals: MotionSignals, from: number, to: number): Float64Array | undefined {
    const count = to - from;
    if (count < SHORTEST * this.#rate) return undefined;
    if (rootMeanSquare(signals.velocity, from, to) < STILL) return undefined;
    const slowest = (this.#tempos[0] ?? 1) / STEP;
    const reach = Math.ceil((MULTIPLES[2] * 60 * this.#rate) / slowest) + 2;
    const longest = Math.min(Math.floor(LONGEST_SHARE * count), reach);
    const signed = this.#autocorrelation.pooled(signals.velocity, from, to, longest);
    const unsigned = this.#autocorrelation.pooled(signals.speed, from, to, longest);
    return this.#tempos.map((bpm) => {
      const period = (60 * this.#rate) / bpm;
      let sum = 0;
      for (const multiple of MULTIPLES) {
        sum += Math.max(0, correlationAt(signed, multiple * period));
        sum += Math.max(0, correlationAt(unsigned, multiple * period));
      }
      return sum / (2 * MULTIPLES.length);
    });
  }

  /** The tempos at which evidence peaks. */
  judge(evidence: Float64Array): TempoEstimate | undefined {
    const candidates: { bpm: number; strength: number; likeness: number }[] = [];
    for (let index = 1; index < evidence.length - 1; index += 1) {
      const before = evidence[index - 1] ?? 0;
      const likeness = evidence[index] ?? 0;
      const after = evidence[index + 1] ?? 0;
      if (!(likeness > before && likeness >= after)) continue;
      const bpm = (this.#tempos[index] ?? 0) * STEP ** parabolaTop(before, likeness, after);
      candidates.push({ bpm, strength: likeness * this.#usualness(bpm), likeness });
    }
    candidates.sort((one, other) => other.strength - one.strength);
    const [best] = candidates;
    if (!best) return undefined;
    return {
      bpm: best.bpm,
      confidence: confidenceOf(best.likeness),
      candidates: candidates.slice(0, MOST_CANDIDATES).map(({ bpm, strength }) => ({ bpm, strength })),
    };
  }

  /** In [0, 1]: how sure the evidence makes of a tempo, the best of those within 2 %. */
  confidenceAt(evidence: Float64Array, bpm: number): number {
    const likeness = evidence.filter((_, index) => Math.abs((this.#tempos[index] ?? 0) / bpm - 1) < 0.02);
    return confidenceOf(Math.max(0, ...likeness));
  }

  /** In [0, 1], 1 for the most usual tempo. */
  #usualness(bpm: number): number {
    if (!this.#prior) return 1;
    return Math.exp(-0.5 * (Math.log2(bpm / this.#prior.bpm) / this.#prior.octaves) ** 2);
  }
}

function confidenceOf(likeness: number): number {
  return Math.max(0, Math.min(1, (likeness - NO_RHYTHM) / (SURE_RHYTHM - NO_RHYTHM)));
}

/** Tempos from the slowest to the fastest with one beyond each, so that both can be peaks. */
function ladder(slowest: number, fastest: number): Float64Array {
  const steps = Math.ceil(Math.log(fastest / slowest) / Math.log(STEP));
  return Float64Array.from({ length: steps + 3 }, (_, index) => slowest * STEP ** (index - 1));
}
