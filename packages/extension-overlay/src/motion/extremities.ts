import type { OverlayMoment } from '@pose-coach/core/extension';
import { type Figure, jointOpacity, jointX, jointY } from '../skeleton/figure.ts';
import { approach } from './approach.ts';

/** The end of an arm or a leg, as it moves. */
export interface Extremity {
  readonly side: 'left' | 'right';
  readonly limb: 'arm' | 'leg';
  /** Where it is and was, in stage pixels. */
  x: number;
  y: number;
  fromX: number;
  fromY: number;
  /** Body heights per second, so that neither distance nor frame rate matter. */
  velocityX: number;
  velocityY: number;
  /** Whether it was seen both now and before. */
  followed: boolean;
}

interface Limb {
  readonly side: 'left' | 'right';
  readonly limb: 'arm' | 'leg';
  /** The joint at the end, and the one before it. */
  readonly end: number;
  readonly before: number;
  /** How far the hand or foot reaches beyond the end, in parts of the last bone. */
  readonly reach: number;
}

const LIMBS: readonly Limb[] = [
  { side: 'left', limb: 'arm', end: 15, before: 13, reach: 0.35 },
  { side: 'right', limb: 'arm', end: 16, before: 14, reach: 0.35 },
  { side: 'left', limb: 'leg', end: 27, before: 25, reach: 0.18 },
  { side: 'right', limb: 'leg', end: 28, before: 26, reach: 0.18 },
];

/** Below this opacity a joint is a guess, and its jumps are no moves. */
const SURE = 0.85;
/** Milliseconds in which the velocity follows: shorter than a move, longer than the noise of a result. */
const VELOCITY_TIME = 45;
/** Longer pauses, in ms, are no moves. */
const LONGEST_STEP = 200;
/** Body heights per second that no limb reaches: a hand on another person, or left taken for right. */
const IMPOSSIBLE = 12;

/** Follows hands and feet of all people. */
export class Extremities {
  readonly #byFigure = new WeakMap<Figure, readonly Extremity[]>();

  /** Of one person now. To be asked once a moment. */
  update(figure: Figure, { elapsed }: OverlayMoment): readonly Extremity[] {
    let all = this.#byFigure.get(figure);
    if (!all) {
      all = LIMBS.map(standing);
      this.#byFigure.set(figure, all);
    }
    for (const [index, limb] of LIMBS.entries()) {
      const extremity = all[index];
      if (extremity) step(extremity, limb, figure, elapsed);
    }
    return all;
  }
}

function standing({ side, limb }: Limb): Extremity {
  const nowhere = Number.NaN;
  return {
    side,
    limb,
    x: nowhere,
    y: nowhere,
    fromX: nowhere,
    fromY: nowhere,
    velocityX: 0,
    velocityY: 0,
    followed: false,
  };
}

function step(extremity: Extremity, { end, before, reach }: Limb, figure: Figure, elapsed: number): void {
  const seen = jointOpacity(figure, end) >= SURE && jointOpacity(figure, before) >= SURE;
  extremity.fromX = extremity.x;
  extremity.fromY = extremity.y;
  extremity.x = seen ? jointX(figure, end) * (1 + reach) - jointX(figure, before) * reach : Number.NaN;
  extremity.y = seen ? jointY(figure, end) * (1 + reach) - jointY(figure, before) * reach : Number.NaN;
  const perSecond = 1000 / (elapsed * figure.height);
  const velocityX = (extremity.x - extremity.fromX) * perSecond;
  const velocityY = (extremity.y - extremity.fromY) * perSecond;
  // NaN and Infinity fail the comparison too: just come into sight, no time gone by, no height.
  extremity.followed = elapsed <= LONGEST_STEP && Math.hypot(velocityX, velocityY) < IMPOSSIBLE;
  if (!extremity.followed) {
    extremity.velocityX = 0;
    extremity.velocityY = 0;
    return;
  }
  const share = approach(elapsed, VELOCITY_TIME);
  extremity.velocityX += (velocityX - extremity.velocityX) * share;
  extremity.velocityY += (velocityY - extremity.velocityY) * share;
}
