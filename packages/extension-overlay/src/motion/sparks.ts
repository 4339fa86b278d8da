import type { OverlayMoment } from '@pose-coach/core/extension';
import type { Figure } from '../skeleton/figure.ts';
import { beatsSince } from './beat.ts';
import { Extremities, type Extremity } from './extremities.ts';
import type { Particles } from './particles.ts';

/** What hands and feet throw off, in body heights and seconds. */
export interface SparkStyle {
  /** Body heights per second from which a move is strong: an arm that is swung reaches 1.5 to 3. */
  readonly from: number;
  /** Particles per second for each body height per second beyond. */
  readonly rate: number;
  /** Part of the move's velocity that they take along. */
  readonly carried: number;
  /** Body heights per second in which they scatter. */
  readonly scattered: number;
  /** Size in body heights: the smallest and the largest. */
  readonly size: readonly [smallest: number, largest: number];
  /** Milliseconds: the shortest and the longest life. */
  readonly life: readonly [shortest: number, longest: number];
  /** How many more each moving hand and foot throws off on the beat. */
  readonly onBeat: number;
}

/** Faster than this throws off no more, in body heights per second: a bound for what is painted. */
const FASTEST = 6;

/** Launches particles from hands and feet, the more the faster they move. */
export class Sparks {
  readonly #extremities = new Extremities();
  readonly #due = new WeakMap<Extremity, number>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  update(
    particles: Particles,
    figures: readonly Figure[],
    moment: OverlayMoment,
    style: SparkStyle,
    amount: number,
  ): void {
    const beats = beatsSince(moment) > 0 ? 1 : 0;
    for (const figure of figures) {
      for (const extremity of this.#extremities.update(figure, moment)) {
        if (!extremity.followed) continue;
        const speed = Math.hypot(extremity.velocityX, extremity.velocityY);
        const over = Math.min(FASTEST, speed) - style.from;
        if (over <= 0) continue;
        const due =
          (this.#due.get(extremity) ?? 0) +
          amount * (over * style.rate * (moment.elapsed / 1000) + beats * style.onBeat);
        for (let number = 1; number <= due; number += 1) {
          this.#launch(particles, extremity, figure.height, style);
        }
        this.#due.set(extremity, due % 1);
      }
    }
  }

  #launch(particles: Particles, extremity: Extremity, height: number, style: SparkStyle): void {
    const along = this.#random();
    const direction = 2 * Math.PI * this.#random();
    // The square root spreads evenly over a disc, not towards its middle.
    const scattered = style.scattered * Math.sqrt(this.#random());
    const mix = ([low, high]: readonly [number, number]) => low + (high - low) * this.#random();
    particles.launch({
      x: extremity.fromX + (extremity.x - extremity.fromX) * along,
      y: extremity.fromY + (extremity.y - extremity.fromY) * along,
      velocityX: (extremity.velocityX * style.carried + Math.cos(direction) * scattered) * height,
      velocityY: (extremity.velocityY * style.carried + Math.sin(direction) * scattered) * height,
      size: mix(style.size) * height,
      life: mix(style.life),
      kind: (extremity.side === 'left' ? 0 : 1) + (extremity.limb === 'leg' ? 2 : 0),
    });
  }
}
