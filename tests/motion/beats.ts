import type { Move } from './posture.ts';

export interface TempoStretch {
  readonly beatsPerMinute: number;
  /** How long the tempo lasts: rounded to whole beats. */
  readonly seconds: number;
}

/** The moments of the beats, in seconds, of one tempo after another. */
export function beatTimes(stretches: readonly TempoStretch[], start = 0): number[] {
  const times = [start];
  let last = start;
  for (const { beatsPerMinute, seconds } of stretches) {
    const count = Math.round((seconds * beatsPerMinute) / 60);
    for (let beat = 1; beat <= count; beat++) times.push(last + (beat * 60) / beatsPerMinute);
    last = times.at(-1) ?? last;
  }
  return times;
}

/** How many beats have passed, with the fraction of the one under way; the outer tempi go on before and after. */
export function beatCount(beats: readonly number[], seconds: number): number {
  let low = 0;
  let high = beats.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((beats[middle] as number) <= seconds) low = middle;
    else high = middle;
  }
  const [from, to] = [beats[low] as number, beats[high] as number];
  return low + (seconds - from) / (to - from);
}

/**
 * Dances to beats at known moments: every part of it comes to rest at beats (the knees bend on each beat, the weight
 * changes side from beat to beat, arms take two beats to and fro, the shoulders turn over four).
 * @param beats moments in seconds, at least two: `beatTimes` makes them
 * @param vigour scales all amplitudes. Default: 1.
 */
export function dancing(beats: readonly number[], vigour = 1): Move {
  return (seconds) => {
    const count = beatCount(beats, seconds);
    const lift = Math.sin(Math.PI * count);
    const weight = Math.cos(Math.PI * count);
    return {
      hipsUp: -0.07 * vigour * (0.5 + 0.5 * Math.cos(2 * Math.PI * count)) - 0.02,
      hipsLeft: 0.08 * vigour * weight,
      leftFootUp: 0.05 * vigour * Math.max(0, lift),
      rightFootUp: 0.05 * vigour * Math.max(0, -lift),
      sideBend: -6 * vigour * weight,
      twist: 14 * vigour * Math.cos((Math.PI * count) / 2),
      nod: 6 * vigour * (0.5 + 0.5 * Math.cos(2 * Math.PI * count)),
      leftArmRaise: 40 + 35 * vigour * weight,
      rightArmRaise: 40 - 35 * vigour * weight,
      leftArmSpread: 25,
      rightArmSpread: 25,
      leftElbow: 60 + 25 * vigour * weight,
      rightElbow: 60 - 25 * vigour * weight,
    };
  };
}
