import { randomNumbers } from '../../../../../tests/motion/random-numbers.ts';
import type { MotionSignals } from './motion-signals.ts';

const RATE = 30;

/**
 * Signals of joints whose velocities are functions of time.
 * @param joints for each joint, velocities in m/s along up to three axes at a moment in seconds
 */
export function signalsOf(
  joints: readonly ((seconds: number) => readonly number[])[],
  seconds: number,
  { rate = RATE, start = 0 }: { readonly rate?: number; readonly start?: number } = {},
): MotionSignals {
  const count = Math.round(seconds * rate);
  const moved = joints.map((joint) => Array.from({ length: count }, (_, index) => joint(index / rate)));
  return {
    rate,
    start,
    velocity: moved.flatMap((moments) =>
      (moments[0] ?? []).map((_, axis) => Float32Array.from(moments, (velocity) => velocity[axis] ?? 0)),
    ),
    speed: moved.map((moments) => Float32Array.from(moments, (velocity) => Math.hypot(...velocity))),
  };
}

/**
 * Steps from side to side with swinging arms and bending knees at a tempo: sideways and arms come back after two
 * beats, knees after one, and every fourth step is larger.
 */
export function stepping(bpm: number): ((seconds: number) => readonly number[])[] {
  const turn = (seconds: number, beats: number) => (2 * Math.PI * seconds * bpm) / 60 / beats;
  const large = (seconds: number) => 1 + 0.3 * Math.cos(turn(seconds, 4));
  return [
    (seconds) => [0.5 * large(seconds) * Math.cos(turn(seconds, 2)), 0.1 * Math.sin(turn(seconds, 1))],
    (seconds) => [0.7 * Math.cos(turn(seconds, 2) + 0.3), 0.4 * Math.sin(turn(seconds, 2))],
    (seconds) => [0.1 * Math.sin(turn(seconds, 2)), 0.5 * Math.sin(turn(seconds, 1) + 0.2)],
  ];
}

/** Velocities that wander by chance: white noise, smoothed over some seconds, of some joints that move independently. */
export function wandering(
  joints: number,
  smooth: number,
  seconds: number,
  seed: number,
): ((seconds: number) => readonly number[])[] {
  const chance = randomNumbers(seed);
  const reach = Math.ceil(3 * smooth * RATE);
  return Array.from({ length: joints }, () => {
    const axes = [0, 1].map(() => {
      const noise = Array.from({ length: Math.ceil(seconds * RATE) + 2 * reach + 1 }, () => chance.normal());
      return Array.from({ length: Math.ceil(seconds * RATE) }, (_, index) => {
        let sum = 0;
        for (let offset = 0; offset <= 2 * reach; offset += 1) {
          sum += (noise[index + offset] ?? 0) * Math.exp(-0.5 * ((offset - reach) / (smooth * RATE)) ** 2);
        }
        return sum / Math.sqrt(smooth * RATE);
      });
    });
    return (moment) => axes.map((values) => values[Math.round(moment * RATE)] ?? 0);
  });
}
