/** What an estimator says of the last seconds: the tempo that fits best, and the others that fit. */
export interface TempoGuess {
  readonly bpm: number;
  /** In [0, 1]. */
  readonly confidence: number;
  readonly candidates: readonly { readonly bpm: number; readonly strength: number }[];
}

/**
 * Confidence from which a guess is taken for a rhythm, and from which it supports one that is tracked already. Random
 * waving and gestures at random moments reach 0.45 now and then, but seldom three times at one tempo.
 */
const TO_LOCK = 0.45;
const TO_SUPPORT = 0.3;

/** Share by which two tempos may differ and still be one: the 4 % of tempo evaluation, twice, for two estimates. */
const SAME = 0.08;

/** Guesses in a row that must agree before a tempo is believed, and share by which they may differ. */
const GUESSES_TO_LOCK = 3;
const AGREEING = 0.04;

/** Seconds for which another tempo must be seen before it takes the place of the one that is tracked. */
const PATIENCE = 1;

/**
 * The same when the other one is a simple multiple or fraction: then the movement is probably the same, and only
 * counted otherwise. Longer than a phrase of four beats at 80 BPM.
 */
const OCTAVE_PATIENCE = 3.5;

/** Ratios at which one movement fits two tempos. */
const RELATED = [2, 1 / 2, 3, 1 / 3, 3 / 2, 2 / 3, 4, 1 / 4, 4 / 3, 3 / 4];

/**
 * Share of the best candidate's strength at which the tracked tempo still holds beside it: as long as it does, a tempo
 * is not taken for its half or double, whichever of them happens to be the stronger.
 */
const STILL_THERE = 0.7;

/** How much of a new guess the tracked tempo and its confidence take. */
const GAIN = 0.4;

/** The same of a tempo that has just become another one: the guesses of whole windows will lag behind. */
const GAIN_OF_CHANGE = 0.8;

/** Seconds without support in which confidence falls to a third. */
const FORGETTING = 2.5;

/** Seconds without support after which a tempo is forgotten. */
const MEMORY = 6;

/** Newest guesses whose spread is the uncertainty. */
const SPREAD_GUESSES = 6;

/**
 * Holds on to one tempo while guesses come a few times a second: a related tempo (twice, half, three times) must be
 * better for seconds before it is believed, another one for one second, and what is missing for a moment is bridged.
 */
export class TempoTracker {
  #bpm: number | undefined;
  #confidence = 0;
  #supportedAt = 0;
  #challenger = 0;
  #challengedAt = 0;
  #agreeing = 0;
  #first: number | undefined;
  #recent: number[] = [];
  #uncertainty: number | undefined;

  /** Beats per minute; undefined when there is no rhythm. */
  get bpm(): number | undefined {
    return this.#bpm;
  }

  /** ms of media time at which a guess last supported the tempo. */
  get supportedAt(): number {
    return this.#supportedAt;
  }

  /** Half width, in beats per minute, of the range that the newest guesses leave; undefined when there are too few. */
  get uncertainty(): number | undefined {
    return this.#uncertainty;
  }

  /** In [0, 1]; falls while nothing supports the tempo. */
  confidence(now: number): number {
    if (this.#bpm === undefined) return 0;
    const unsupported = Math.max(0, now - this.#supportedAt) / 1000;
    // Between two guesses lies a second: that is no lack of support.
    return this.#confidence * Math.exp(-Math.max(0, unsupported - 1) / FORGETTING);
  }

  /**
   * @param guess undefined when no rhythm is seen
   * @param now ms of media time
   */
  step(guess: TempoGuess | undefined, now: number): void {
    const least = this.#bpm === undefined ? TO_LOCK : TO_SUPPORT;
    const seen = guess && guess.confidence >= least ? guess : undefined;
    if (this.#bpm === undefined) this.#acquire(seen, now);
    else if (seen) this.#follow(this.#bpm, seen, now);
    if (this.#bpm !== undefined && now - this.#supportedAt > MEMORY * 1000) this.reset();
  }

  /**
   * Takes in that the tracked tempo has become another one close to it.
   * @param now ms of media time
   */
  follow(guess: TempoGuess, now: number): void {
    if (this.#bpm === undefined) return;
    this.#challenger = 0;
    this.#support(this.#bpm, guess.bpm, guess.confidence, now, GAIN_OF_CHANGE);
  }

  /** Takes a tempo as given, as when a person has set it; guesses must support it before it is said. */
  set(bpm: number): void {
    if (this.#bpm !== undefined) this.#bpm = bpm;
    this.#first = undefined;
    this.#agreeing = 0;
    this.#challenger = 0;
    this.#recent = [];
    this.#uncertainty = undefined;
  }

  reset(): void {
    this.#bpm = undefined;
    this.#confidence = 0;
    this.#challenger = 0;
    this.#first = undefined;
    this.#agreeing = 0;
    this.#recent = [];
    this.#uncertainty = undefined;
  }

  #acquire(guess: TempoGuess | undefined, now: number): void {
    if (!guess) {
      this.#first = undefined;
      this.#agreeing = 0;
      return;
    }
    this.#agreeing =
      this.#first !== undefined && same(guess.bpm, this.#first, AGREEING) ? this.#agreeing + 1 : 1;
    this.#first = guess.bpm;
    if (this.#agreeing < GUESSES_TO_LOCK) return;
    this.#lock(guess, now);
  }

  #lock(guess: TempoGuess, now: number): void {
    this.#bpm = guess.bpm;
    this.#confidence = guess.confidence;
    this.#supportedAt = now;
    this.#challenger = 0;
    this.#recent = [guess.bpm];
    this.#uncertainty = undefined;
  }

  #follow(bpm: number, guess: TempoGuess, now: number): void {
    const support = supporting(bpm, guess);
    if (support !== undefined) this.#support(bpm, support, guess.confidence, now);
    if (same(guess.bpm, bpm)) {
      this.#challenger = 0;
      return;
    }
    const related = RELATED.some((ratio) => same(guess.bpm, bpm * ratio));
    const isNew = this.#challenger === 0 || !same(guess.bpm, this.#challenger);
    if (isNew || (related && support !== undefined)) this.#challengedAt = now;
    this.#challenger = guess.bpm;
    if (now - this.#challengedAt >= (related ? OCTAVE_PATIENCE : PATIENCE) * 1000) this.#lock(guess, now);
  }

  #support(bpm: number, support: number, confidence: number, now: number, gain: number = GAIN): void {
    this.#bpm = bpm + gain * (support - bpm);
    this.#confidence += GAIN * (confidence - this.#confidence);
    this.#supportedAt = now;
    this.#recent = [...this.#recent, support].slice(-SPREAD_GUESSES);
    this.#uncertainty = spreadOf(this.#recent);
  }
}

/** Which tempo of a guess is the tracked one, if it is still among the strong ones. */
function supporting(bpm: number, guess: TempoGuess): number | undefined {
  if (same(guess.bpm, bpm)) return guess.bpm;
  const strongest = Math.max(...guess.candidates.map(({ strength }) => strength));
  return guess.candidates.find(
    (candidate) => same(candidate.bpm, bpm) && candidate.strength >= STILL_THERE * strongest,
  )?.bpm;
}

/** Two standard deviations; undefined for fewer than three. */
function spreadOf(tempos: readonly number[]): number | undefined {
  const count = tempos.length;
  if (count < 3) return undefined;
  const mean = tempos.reduce((sum, bpm) => sum + bpm, 0) / count;
  const variance = tempos.reduce((sum, bpm) => sum + (bpm - mean) ** 2, 0) / (count - 1);
  return 2 * Math.sqrt(variance);
}

function same(bpm: number, other: number, tolerance: number = SAME): boolean {
  return Math.abs(bpm - other) <= tolerance * other;
}
