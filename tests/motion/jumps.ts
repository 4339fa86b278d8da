import { smoothStep } from './moves.ts';
import type { Move } from './posture.ts';

/** Metres per second². */
export const GRAVITY = 9.81;

export interface Jump {
  /** Seconds at which the toes leave the ground. */
  readonly takeOff: number;
  /** Metres that the hips rise after take-off. */
  readonly height: number;
}

/** Seconds in the air: up and down from the same height, t = 2·√(2h/g). */
export const flightTime = (height: number) => 2 * Math.sqrt((2 * height) / GRAVITY);

/** How high the heels are when the toes leave the ground, metres. */
const TIPTOE = 0.06;
const DIP_SECONDS = 0.35;
const RISE_SECONDS = 0.45;

/**
 * Jumps at known moments to known heights: bends the knees, pushes off with a constant force onto the toes, flies
 * along a parabola, lands on the toes at the same height, gives way and stands up again. Between jumps: standing.
 */
export function jumping(jumps: readonly Jump[]): Move {
  return (seconds) => {
    for (const { takeOff, height } of jumps) {
      const speed = Math.sqrt(2 * GRAVITY * height);
      const dip = 0.1 + 0.5 * height;
      // From the deepest point with constant acceleration: way = ½ · speed · time.
      const push = (2 * (dip + TIPTOE)) / speed;
      const landing = takeOff + flightTime(height);
      const start = takeOff - push - DIP_SECONDS;
      const end = landing + push + RISE_SECONDS;
      if (seconds < start || seconds > end) continue;
      if (seconds < takeOff - push) return onGround(-dip * smoothStep((seconds - start) / DIP_SECONDS));
      if (seconds < takeOff) return onGround(pushedUp(dip, speed, push, seconds - takeOff + push));
      if (seconds < landing) {
        const flown = seconds - takeOff;
        const rise = speed * flown - (GRAVITY * flown * flown) / 2;
        return { ...onGround(TIPTOE + rise), ...feetUp(rise), leftHeelUp: TIPTOE, rightHeelUp: TIPTOE };
      }
      if (seconds < landing + push) return onGround(pushedUp(dip, speed, push, landing + push - seconds));
      return onGround(-dip * (1 - smoothStep((seconds - landing - push) / RISE_SECONDS)));
    }
    return onGround(0);
  };
}

const pushedUp = (dip: number, speed: number, push: number, seconds: number) =>
  -dip + (speed / push / 2) * seconds * seconds;

const feetUp = (metres: number) => ({ leftFootUp: metres, rightFootUp: metres });

/** Hips at a height, on the toes where that is higher than the legs are long. */
function onGround(hipsUp: number) {
  const heelUp = Math.max(0, hipsUp);
  const bent = Math.max(0, -hipsUp);
  return {
    hipsUp,
    leftHeelUp: heelUp,
    rightHeelUp: heelUp,
    lean: 60 * bent,
    hipsForward: -0.2 * bent,
    leftArmRaise: -60 * bent,
    rightArmRaise: -60 * bent,
    leftArmSpread: 8,
    rightArmSpread: 8,
  };
}
