import type { OverlayCanvas, OverlayMoment } from '@pose-coach/core/extension';
import { type Figure, jointOpacity, jointX, jointY } from './figure.ts';
import { Trail } from './trail.ts';

/** Below this opacity a joint is a guess, and a trail of guesses is a scribble. */
const SURE = 0.85;
/** Points of a ribbon: as smooth as can be seen. */
const POINTS = 26;

/** The trails of all people, by joint. */
export class Trails {
  readonly #byFigure = new WeakMap<Figure, Map<number, Trail>>();
  readonly #path = new Float64Array(POINTS * 2);
  #points = 0;

  /** Remembers where the joints are now that the studio chose. */
  update(figures: readonly Figure[], moment: OverlayMoment): void {
    for (const figure of figures) {
      for (const joint of moment.skeleton?.trails ?? []) {
        if (jointOpacity(figure, joint) >= SURE) {
          this.#trail(figure, joint).add(jointX(figure, joint), jointY(figure, joint), moment.now);
        }
      }
    }
  }

  /**
   * Fills a ribbon along a trail in the canvas's fill style: as wide as `width` where the joint is, pointed at its end.
   * @param duration its length in ms
   */
  fill(
    canvas: OverlayCanvas,
    figure: Figure,
    joint: number,
    now: number,
    duration: number,
    width: number,
  ): void {
    this.#points = this.#trail(figure, joint).sample(this.#path, now, duration);
    if (this.#points < 3) return;
    canvas.beginPath();
    for (let point = 0; point < this.#points; point += 1) this.#edge(canvas, point, width);
    for (let point = this.#points - 1; point >= 0; point -= 1) this.#edge(canvas, point, -width);
    canvas.closePath();
    canvas.fill();
  }

  #edge(canvas: OverlayCanvas, point: number, width: number): void {
    const newer = Math.max(0, point - 1);
    const older = Math.min(this.#points - 1, point + 1);
    const alongX = this.#at(newer * 2) - this.#at(older * 2);
    const alongY = this.#at(newer * 2 + 1) - this.#at(older * 2 + 1);
    const length = Math.hypot(alongX, alongY);
    const half = length > 0 ? ((width / 2) * (1 - point / (this.#points - 1))) / length : 0;
    canvas.lineTo(this.#at(point * 2) - alongY * half, this.#at(point * 2 + 1) + alongX * half);
  }

  #at(index: number): number {
    return this.#path[index] ?? 0;
  }

  #trail(figure: Figure, joint: number): Trail {
    let trails = this.#byFigure.get(figure);
    if (!trails) {
      trails = new Map();
      this.#byFigure.set(figure, trails);
    }
    let trail = trails.get(joint);
    if (!trail) {
      trail = new Trail();
      trails.set(joint, trail);
    }
    return trail;
  }
}
