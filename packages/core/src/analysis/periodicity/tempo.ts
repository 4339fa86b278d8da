import { Autocorrelation, correlationAt, parabolaTop } from './autocorrelation.ts';
import { chance } from './chance.ts';
import { type MotionSignals, rootMeanSquare, sampleCount } from './motion-signals.ts';

/** A tempo that fits, and how well beside the others. */
export interface TempoCandidate {
  /** Beats per minute. */
  readonly bpm: number;
  /** In [0, 1]: mean correlation after 1, 2, 4 and 8 beats, weighted by how usual the tempo is. */
  readonly strength: number;
}

/** The tempo of a stretch of movement. */
export interface TempoEstimate {
  /** Beats per minute. */
  readonly bpm: number;
  /** In [0, 1]: how far the movement repeats itself with the beats beyond chance; 0 for movement without rhythm. */
  readonly confidence: number;
  /** The best first, at most eight; the first is the answer. */
  readonly candidates: readonly TempoCandidate[];
}

/** How movement likens itself after the beats of many tempos, and how far chance goes in that. */
export interface TempoEvidence {
  /** One entry for each of the comb's tempos, in [0, 1]: mean correlation after 1, 2, 4 and 8 of its beats. */
  readonly likeness: Float64Array;
  /** Standard error of a correlation between stretches of this movement that have nothing to do with each other. */
  readonly noise: number;
}

export interface TempoOptions {
  /** Slowest and fastest tempo to think of, in beats per minute. Default: 50 to 200. */
  readonly range?: readonly [slowest: number, fastest: number];
  /** Which tempos are usual: the middle in beats per minute and the spread in octaves. Default: 105 and 0.5. */
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
 * 0.9 octaves of 120 BPM: bodies are slower than the notes that he counts, and a phrase of eight beats is found by
 * the half of a tempo twice as often as by the tempo.
 */
const PRIOR: TempoPrior = { bpm: 105, octaves: 0.5 };

/** Share by which the answer may differ from `near`. */
const NEAR = 0.08;

/**
 * Beats after which movement is compared with itself: dance is built of halves and doubles of a beat, up to phrases of
 * two bars. A tempo and its half must find a phrase equally often among their multiples, or the half would win by
 * number: with 1, 2 and 4 alone a phrase of four beats speaks once for the beat and twice for its half.
 */
const MULTIPLES = [1, 2, 4, 8] as const;

/** Ratio between neighbouring tempos that are tried. */
const STEP = 1.005;

/** Share of the samples that a lag may reach: what is beyond rests on too few pairs. */
const LONGEST_SHARE = 0.75;

/** Seconds of movement below which nothing is said. */
const SHORTEST = 2;

/** m/s: below it, per axis, a body stands still and the rest is noise. */
const STILL = 0.01;

/**
 * Likeness over noise at which confidence is 0 and 1. Of random waves, one joint's or the whole body's, quick or slow,
 * one in twenty reaches 1.1 to 1.3; of basic dances nineteen in twenty reach 3.2 within eight seconds.
 */
const NO_RHYTHM = 1.1;
const SURE_RHYTHM = 3.2;

/**
 * Share of the best tempo's likeness at which another explains the movement as well: half and double often come near.
 * What falls behind is less sure.
 */
const EXPLAINS = 0.7;

/**
 * The same at which a tempo that is asked for explains nothing: at three quarters of a tempo, or four thirds, and the
 * like, half of the comb's beats fall on beats of the movement, whatever it does.
 */
const COINCIDES = 0.5;

/**
 * Ratios to a tempo at which the comb's beats meet it without being it in another octave. They are no choice of what to
 * count, so how usual they are must not make them win against it.
 */
const THIRDS = [2 / 3, 3 / 2, 3 / 4, 4 / 3, 1 / 3, 3] as const;

/** Share by which two peaks may miss such a ratio. */
const SAME_RATIO = 0.02;

/**
 * Share of its likeness below which another is clearly less like: a tempo's two thirds have seven eighths at most (one
 * and a half beats later all velocities are reversed), and what is measured in eight seconds errs by some hundredths.
 */
const CLEARLY_LESS = 0.94;

const MOST_CANDIDATES = 8;

/**
 * Finds the tempo of movement: a comb over the correlation of many joints with themselves after one, two, four and
 * eight beats, of signed velocities (which repeat with a whole movement) and of speeds (which repeat with its halves) alike.
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
  readonly #near: number | undefined;

  /**
   * @param rate samples per second of the signals
   * @param samples the longest window
   */
  constructor(rate: number, samples: number, { range, prior = PRIOR, near }: TempoOptions = {}) {
    this.#rate = rate;
    this.#autocorrelation = new Autocorrelation(Math.max(samples, 2));
    this.#prior = near === undefined ? prior : undefined;
    this.#near = near;
    const [slowest, fastest] = range ?? RANGE;
    // A tempo that is asked for is judged beside all others: one that hardly fits must not be sure for want of a better.
    this.#tempos =
      near === undefined
        ? ladder(slowest, fastest)
        : ladder(Math.min(slowest, near * (1 - NEAR)), Math.max(fastest, near * (1 + NEAR)));
  }

  /** Tempos that are tried, beats per minute, rising evenly by ratio. */
  get tempos(): Float64Array {
    return this.#tempos;
  }

  estimate(signals: MotionSignals, from: number, to: number): TempoEstimate | undefined {
    const evidence = this.evidence(signals, from, to);
    return evidence && this.judge(evidence);
  }

  /** How the movement likens itself between two samples; nothing when there is too little of it. */
  evidence(signals: MotionSignals, from: number, to: number): TempoEvidence | undefined {
    const count = to - from;
    if (count < SHORTEST * this.#rate) return undefined;
    if (rootMeanSquare(signals.velocity, from, to) < STILL) return undefined;
    const slowest = (this.#tempos[0] ?? 1) / STEP;
    const reach = Math.ceil((MULTIPLES[3] * 60 * this.#rate) / slowest) + 2;
    const longest = Math.min(Math.floor(LONGEST_SHARE * count), reach);
    const signed = this.#autocorrelation.pooled(signals.velocity, from, to, longest);
    const unsigned = this.#autocorrelation.pooled(signals.speed, from, to, longest);
    const likeness = this.#tempos.map((bpm) => {
      const period = (60 * this.#rate) / bpm;
      let sum = 0;
      let reached = 0;
      for (const multiple of MULTIPLES) {
        if (multiple * period > longest) break;
        sum += Math.max(0, correlationAt(signed, multiple * period));
        sum += Math.max(0, correlationAt(unsigned, multiple * period));
        reached += 2;
      }
      return reached === 0 ? 0 : sum / reached;
    });
    const { velocity, speed } = signals;
    const noise = (chance(velocity, signed, from, to) + chance(speed, unsigned, from, to)) / 2;
    return { likeness, noise };
  }

  /** The tempos at which evidence peaks. */
  judge(evidence: TempoEvidence): TempoEstimate | undefined {
    const { likeness: all } = evidence;
    const peaks: { bpm: number; likeness: number }[] = [];
    for (let index = 1; index < all.length - 1; index += 1) {
      const before = all[index - 1] ?? 0;
      const likeness = all[index] ?? 0;
      const after = all[index + 1] ?? 0;
      if (!(likeness > before && likeness >= after)) continue;
      const bpm = (this.#tempos[index] ?? 0) * STEP ** parabolaTop(before, likeness, after);
      if (this.#near !== undefined && Math.abs(bpm / this.#near - 1) > NEAR) continue;
      peaks.push({ bpm, likeness });
    }
    const candidates = peaks.map(({ bpm, likeness }) => {
      let usualness = this.#usualness(bpm);
      for (const rival of peaks) {
        if (CLEARLY_LESS * rival.likeness > likeness && isThird(bpm / rival.bpm))
          usualness = Math.min(usualness, this.#usualness(rival.bpm));
      }
      return { bpm, strength: likeness * usualness, likeness };
    });
    candidates.sort((one, other) => other.strength - one.strength);
    const [best] = candidates;
    if (!best) return undefined;
    return {
      bpm: best.bpm,
      confidence: this.#confidence(evidence, best.likeness),
      candidates: candidates.slice(0, MOST_CANDIDATES).map(({ bpm, strength }) => ({ bpm, strength })),
    };
  }

  /** In [0, 1]: how sure the evidence makes of a tempo, the best of those within 2 %. */
  confidenceAt({ likeness, noise }: TempoEvidence, bpm: number): number {
    const near = likeness.filter((_, index) => Math.abs((this.#tempos[index] ?? 0) / bpm - 1) < 0.02);
    return this.#confidence({ likeness, noise }, Math.max(0, ...near));
  }

  /** What is beyond chance, as far as no other tempo explains it better. */
  #confidence({ likeness, noise }: TempoEvidence, at: number): number {
    const best = likeness.reduce(
      (most, one, index) => (this.#isRival(index) ? Math.max(most, one) : most),
      0,
    );
    const beyond = (at / noise - NO_RHYTHM) / (SURE_RHYTHM - NO_RHYTHM);
    const share = at / (best || 1);
    const least = this.#near === undefined ? 0 : COINCIDES;
    const explained = (share - least) / (EXPLAINS - least);
    return Math.max(0, Math.min(1, beyond)) * Math.max(0, Math.min(1, explained));
  }

  /** Whether a tempo may explain the movement instead: the one that is asked for in another octave is no other one. */
  #isRival(index: number): boolean {
    if (this.#near === undefined) return true;
    const octaves = Math.log2((this.#tempos[index] ?? 0) / this.#near);
    return Math.abs(octaves - Math.round(octaves)) > Math.log2(1 + NEAR);
  }

  /** In [0, 1], 1 for the most usual tempo. */
  #usualness(bpm: number): number {
    if (!this.#prior) return 1;
    return Math.exp(-0.5 * (Math.log2(bpm / this.#prior.bpm) / this.#prior.octaves) ** 2);
  }
}

function isThird(ratio: number): boolean {
  return THIRDS.some((third) => Math.abs(ratio / third - 1) <= SAME_RATIO);
}

/** Tempos from the slowest to the fastest with one beyond each, so that both can be peaks. */
function ladder(slowest: number, fastest: number): Float64Array {
  const steps = Math.ceil(Math.log(fastest / slowest) / Math.log(STEP));
  return Float64Array.from({ length: steps + 3 }, (_, index) => slowest * STEP ** (index - 1));
}
