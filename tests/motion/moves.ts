import type { Move, Posture } from './posture.ts';

/** Several moves at once: their postures add up. */
export function together(...moves: readonly Move[]): Move {
  return (seconds) => {
    const sum: Partial<Record<keyof Posture, number>> = {};
    for (const move of moves) {
      for (const [field, value] of Object.entries(move(seconds)) as [keyof Posture, number][]) {
        sum[field] = (sum[field] ?? 0) + value;
      }
    }
    return sum;
  };
}

/**
 * One move after another, each from its own second 0; the last goes on for ever. For 0.4 s around a change they
 * blend, so that nothing jumps.
 */
export function inTurn(...parts: readonly (readonly [move: Move, seconds: number])[]): Move {
  const blend = 0.4;
  return (seconds) => {
    let start = 0;
    let posture: Partial<Posture> = {};
    for (const [index, [move, duration]] of parts.entries()) {
      const weight = index === 0 ? 1 : smoothStep((seconds - start) / blend + 0.5);
      if (weight > 0) {
        const next = move(seconds - start);
        posture = weight === 1 ? next : mixed(posture, next, weight);
      }
      start += duration;
    }
    return posture;
  };
}

function mixed(from: Partial<Posture>, to: Partial<Posture>, weight: number): Partial<Posture> {
  const fields = new Set([...Object.keys(from), ...Object.keys(to)]) as Set<keyof Posture>;
  return Object.fromEntries(
    [...fields].map((field) => [field, (1 - weight) * (from[field] ?? 0) + weight * (to[field] ?? 0)]),
  );
}

/** 0 below 0, 1 above 1, and no kink between. */
export function smoothStep(share: number): number {
  const x = Math.min(Math.max(share, 0), 1);
  return x * x * x * (10 - 15 * x + 6 * x * x);
}

/** Holds a posture. */
export const holding =
  (posture: Partial<Posture>): Move =>
  () =>
    posture;

/**
 * Moves one field to and fro: `middle + amplitude · cos(2π · hertz · seconds + phase)`.
 * @param phase in turns: 0.5 begins at the other end
 */
export const swinging =
  (field: keyof Posture, hertz: number, amplitude: number, middle = 0, phase = 0): Move =>
  (seconds) => ({ [field]: middle + amplitude * Math.cos(2 * Math.PI * (hertz * seconds + phase)) });

/** Stands as people do: the hips wander by millimetres and the arms hang a little away from the body. */
export const standing =
  (swayMetres = 0.004): Move =>
  (seconds) => ({
    hipsLeft: swayMetres * Math.sin(2 * Math.PI * 0.23 * seconds),
    hipsForward: swayMetres * Math.sin(2 * Math.PI * 0.31 * seconds + 1),
    leftArmSpread: 8,
    rightArmSpread: 8,
  });

/** Bounces in the knees, feet on the ground: lowest at the whole periods, upright between them. */
export const bouncing =
  (hertz: number, metres = 0.06): Move =>
  (seconds) => ({ hipsUp: (-metres * (1 + Math.cos(2 * Math.PI * hertz * seconds))) / 2 });

/** Turns on the spot. */
export const turning =
  (degreesPerSecond: number): Move =>
  (seconds) => ({ turn: degreesPerSecond * seconds });

/** Steps to one side and back, a step a beat: the weight changes at beats, the foot between them is in the air. */
export const twoStep =
  (stepsPerMinute: number, metres = 0.15): Move =>
  (seconds) => {
    const steps = (seconds * stepsPerMinute) / 60;
    const lift = Math.sin(Math.PI * steps);
    return {
      hipsLeft: metres * Math.cos(Math.PI * steps),
      rightFootUp: 0.06 * Math.max(0, -lift),
      leftFootUp: 0.06 * Math.max(0, lift),
    };
  };

export interface WalkingOptions {
  readonly stepsPerMinute: number;
  /** Metres that a step leads forward; 0 is walking on the spot. Default: 0.65. */
  readonly stepLength?: number;
  /** Where the person looks and goes, in degrees to their left from the camera. Default: 90 (to the picture's right). */
  readonly heading?: number;
  /** Where in the cycle of two steps it begins, in turns; at 0 the left foot comes down. Default: 0. */
  readonly phase?: number;
}

/** Share of a cycle in which a foot is on the ground (Whittle, "Gait Analysis", 4th ed. 2007, chapter 2: about 60 %). */
const STANCE = 0.6;

/** Walks with a known cadence: a foot stays where it stands, the other swings past; arms swing against the legs. */
export function walking({
  stepsPerMinute,
  stepLength = 0.65,
  heading = 90,
  phase = 0,
}: WalkingOptions): Move {
  const stride = 2 * stepLength;
  const foot = (cycle: number) => {
    const share = cycle - Math.floor(cycle);
    if (share < STANCE) return { forward: stride * (STANCE / 2 - share), up: 0 };
    const swing = (share - STANCE) / (1 - STANCE);
    return {
      forward: stride * STANCE * (smoothStep(swing) - 0.5),
      up: (stepLength > 0 ? 0.09 : 0.14) * Math.sin(Math.PI * swing) ** 2,
    };
  };
  const direction = (heading * Math.PI) / 180;
  return (seconds) => {
    const cycles = (seconds * stepsPerMinute) / 120;
    const left = foot(cycles + phase);
    const right = foot(cycles + phase + 0.5);
    const way = stride * cycles;
    const swing = Math.cos(2 * Math.PI * (cycles + phase));
    return {
      turn: heading,
      roomX: way * Math.sin(direction),
      roomZ: way * Math.cos(direction),
      hipsLeft: 0.02 * Math.sin(2 * Math.PI * (cycles + phase)),
      hipsUp: -0.03 - 0.02 * Math.cos(4 * Math.PI * (cycles + phase)),
      leftFootForward: left.forward,
      leftFootUp: left.up,
      rightFootForward: right.forward,
      rightFootUp: right.up,
      leftArmRaise: -22 * swing,
      rightArmRaise: 22 * swing,
      leftElbow: 15,
      rightElbow: 15,
    };
  };
}

/** Squats and rises again and again: standing at whole periods, `depth` metres lower half-way, arms to the front. */
export const squatting =
  (hertz: number, depth = 0.35): Move =>
  (seconds) =>
    squatAt(depth, (1 - Math.cos(2 * Math.PI * hertz * seconds)) / 2);

/** Goes down within `ramp` seconds from `from` on, stays there until `until`, and rises again. */
export const crouching =
  (from: number, until: number, depth = 0.4, ramp = 0.8): Move =>
  (seconds) =>
    squatAt(depth, smoothStep((seconds - from) / ramp) - smoothStep((seconds - until) / ramp));

const squatAt = (depth: number, share: number): Partial<Posture> => ({
  hipsUp: -depth * share,
  hipsForward: -0.3 * depth * share,
  lean: 70 * depth * share,
  leftArmRaise: 70 * share,
  rightArmRaise: 70 * share,
});
