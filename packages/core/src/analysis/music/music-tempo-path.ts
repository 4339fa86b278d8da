import { TEMPO_PREFERENCE, TEMPOS } from './music-tempo.ts';

/** Milliseconds between two estimates of the tempo. */
export const TEMPO_INTERVAL = 500;
/** Steps between tempos that may be one tempo some seconds apart: 7 %, what a ramp of 20 % in half a minute makes. */
export const SAME_TEMPO = 4;
/** What a salience of 1 weighs against the prior: a clear rhythm overrules the preference for 115 BPM within an octave. */
const SALIENCE_WEIGHT = 4;
/** What a step of 1.75 % within half a second costs: a ritardando may take them, a wavering estimate may not. */
const STEP_COST = 0.3;
/**
 * What any jump costs: a new song or a wrong octave is left after a few seconds of better evidence, a bar with a break
 * or a fill does not change the tempo.
 */
const JUMP_COST = 5;

/**
 * Follows the tempo through saliences, one every half second: the path that explains them best while it changes little,
 * by the Viterbi algorithm. Live its present end is read (`best`); for a whole take, when all are heard, the path
 * itself, in which later evidence has corrected earlier doubt.
 */
export class TempoPath {
  /** The best score of any path that ends in each tempo. */
  readonly #scores = new Float64Array(TEMPOS.length);
  readonly #reached = new Float64Array(TEMPOS.length);
  readonly #from = new Uint8Array(TEMPOS.length);
  readonly #history: Uint8Array[] | undefined;
  #steps = 0;

  /** @param keep whether `path` will be asked for: what it needs grows by 81 bytes a step */
  constructor({ keep = false }: { keep?: boolean } = {}) {
    this.#history = keep ? [] : undefined;
  }

  /** @param salience one number for each of `TEMPOS` */
  step(salience: Float64Array): void {
    this.#reach();
    let best = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < TEMPOS.length; index += 1) {
      const score =
        (this.#reached[index] ?? 0) +
        SALIENCE_WEIGHT * (salience[index] ?? 0) +
        (TEMPO_PREFERENCE[index] ?? 0);
      this.#scores[index] = score;
      if (score > best) best = score;
    }
    // Only differences matter; an hour of steps must not lose them to rounding.
    for (let index = 0; index < TEMPOS.length; index += 1)
      this.#scores[index] = (this.#scores[index] ?? 0) - best;
    this.#history?.push(this.#from.slice());
    this.#steps += 1;
  }

  /** Which of `TEMPOS` it is now; undefined before the first step. */
  get best(): number | undefined {
    return this.#steps === 0 ? undefined : indexOfMost(this.#scores);
  }

  /** Which of `TEMPOS` it was at each step, by all that is known now. */
  path(): number[] {
    const history = this.#history ?? [];
    const path: number[] = [];
    let index = indexOfMost(this.#scores);
    for (let step = history.length - 1; step >= 0; step -= 1) {
      path.push(index);
      index = history[step]?.[index] ?? index;
    }
    return path.reverse();
  }

  reset(): void {
    this.#scores.fill(0);
    this.#steps = 0;
    if (this.#history !== undefined) this.#history.length = 0;
  }

  /** From where each tempo is best reached, and with what score: two passes, since the cost is a slope with a cap. */
  #reach(): void {
    const reached = this.#reached;
    const from = this.#from;
    for (let index = 0; index < reached.length; index += 1) {
      reached[index] = this.#scores[index] ?? 0;
      from[index] = index;
    }
    for (let index = 1; index < reached.length; index += 1) this.#relax(index, index - 1);
    for (let index = reached.length - 2; index >= 0; index -= 1) this.#relax(index, index + 1);
    const top = indexOfMost(this.#scores);
    const jumped = (this.#scores[top] ?? 0) - JUMP_COST;
    for (let index = 0; index < reached.length; index += 1) {
      if ((reached[index] ?? 0) >= jumped) continue;
      reached[index] = jumped;
      from[index] = top;
    }
  }

  #relax(index: number, neighbour: number): void {
    const score = (this.#reached[neighbour] ?? 0) - STEP_COST;
    if (score <= (this.#reached[index] ?? 0)) return;
    this.#reached[index] = score;
    this.#from[index] = this.#from[neighbour] ?? neighbour;
  }
}

/** The tempo in BPM at the peak of `values` next to `index`, between the steps (a parabola through three points). */
export function tempoAt(values: Float64Array, index: number): number {
  const before = values[index - 1];
  const here = values[index] ?? 0;
  const after = values[index + 1];
  const bpm = TEMPOS[index] ?? Number.NaN;
  if (before === undefined || after === undefined) return bpm;
  const curve = before - 2 * here + after;
  if (!(curve < 0)) return bpm;
  const shift = Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curve)));
  return bpm * ((TEMPOS[1] ?? 1) / (TEMPOS[0] ?? 1)) ** shift;
}

function indexOfMost(values: Float64Array): number {
  let most = 0;
  for (let index = 1; index < values.length; index += 1) {
    if ((values[index] ?? 0) > (values[most] ?? 0)) most = index;
  }
  return most;
}
