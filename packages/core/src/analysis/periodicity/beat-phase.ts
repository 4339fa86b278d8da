import { type MotionSignals, sampleCount } from './motion-signals.ts';

/** Where the beats of a movement lie. */
export interface BeatPhase {
  /** Milliseconds of media time of one beat; the others are whole periods away. */
  readonly beat: number;
  /** Milliseconds between two beats. */
  readonly period: number;
  /** In [0, 1]: share of the ups and downs of the speed that come and go with the beats. */
  readonly confidence: number;
}

/**
 * Finds where the beats of a movement lie when its tempo is known: where the speed of the body is least, as kinematic
 * beats are defined by Lee et al., "Dancing to Music" (NeurIPS 2019), section 3.2, and Li et al., "AI Choreographer"
 * (ICCV 2021), section 5.2. Taken from the first harmonic of the speeds together, which no single stop can mislead.
 * @param signals of the seconds to look at: four beats and more
 * @returns nothing when nothing moves
 */
export function beatPhase(signals: MotionSignals, bpm: number): BeatPhase | undefined {
  const { rate, start, speed } = signals;
  const count = sampleCount(signals);
  const period = 60_000 / bpm;
  // Whole periods only: a part of one would shift the phase.
  const periods = Math.floor((count * 1000) / rate / period);
  const length = Math.floor((periods * period * rate) / 1000);
  if (periods < 1) return undefined;
  const total = new Float64Array(length);
  for (const channel of speed) {
    for (let index = 0; index < length; index += 1) {
      const value = channel[count - length + index] ?? 0;
      if (!Number.isNaN(value)) total[index] = (total[index] ?? 0) + value;
    }
  }
  const mean = total.reduce((sum, value) => sum + value, 0) / length;
  let real = 0;
  let imaginary = 0;
  let energy = 0;
  for (let index = 0; index < length; index += 1) {
    const deviation = (total[index] ?? 0) - mean;
    const angle = (2 * Math.PI * index * 1000) / rate / period;
    real += deviation * Math.cos(angle);
    imaginary += deviation * Math.sin(angle);
    energy += deviation * deviation;
  }
  if (!(energy > 0)) return undefined;
  // The speed's wave is least half a turn from where it is greatest.
  const least = (Math.atan2(imaginary, real) / (2 * Math.PI) + 0.5) * period;
  return {
    beat: start + ((count - length) * 1000) / rate + least,
    period,
    confidence: Math.min(1, (2 * (real * real + imaginary * imaginary)) / length / energy),
  };
}
