/** Milliseconds of painting from which on the engine would miss them: a quarter of the time between two repaints. */
const COSTLY = 4;

/** Milliseconds between two pictures where painting is costly: 20 a second are enough to arrange things by. */
const PERIOD = 50;

/** Part of a new measurement in the mean: one slow picture, of a theme that is being loaded, says nothing yet. */
const WEIGHT = 0.1;

/**
 * When a preview paints: with every repaint of the screen, or, where that is costly while an engine works for
 * somebody who is live, so seldom that the engine has the machine.
 */
export class PaintPace {
  #cost = 0;
  #paintedAt = Number.NEGATIVE_INFINITY;

  /**
   * Whether to paint at this repaint.
   * @param now milliseconds of `requestAnimationFrame`
   * @param shared whether the machine is needed for more than this picture
   */
  isDue(now: number, shared: boolean): boolean {
    return !shared || this.#cost <= COSTLY || now - this.#paintedAt >= PERIOD;
  }

  /**
   * Takes what a picture has cost.
   * @param at when it was painted, milliseconds of `requestAnimationFrame`
   * @param cost milliseconds
   */
  painted(at: number, cost: number): void {
    this.#paintedAt = at;
    this.#cost += (cost - this.#cost) * WEIGHT;
  }
}
