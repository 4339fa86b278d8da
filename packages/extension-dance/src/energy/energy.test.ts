import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../../tests/motion/synthetic-dancer.ts';
import { BODY_SEGMENTS } from './body-segments.ts';
import { TotalMeans } from './channel-means.ts';
import { effortOf, powerOf } from './effort-scale.ts';
import { type KineticPower, kineticPower, withoutNoise } from './kinetic-power.ts';
import { MovingMeans } from './moving-means.ts';

describe('the segments of the body', () => {
  it('weigh a body together, and each has its centre between its landmarks', () => {
    expect(BODY_SEGMENTS.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 9);
    for (const { landmarks } of BODY_SEGMENTS) {
      expect(landmarks.reduce((sum, [, weight]) => sum + weight, 0)).toBeCloseTo(1, 9);
    }
  });
});

describe('the scale of effort', () => {
  it('has 20 at 1/8 W/kg, 50 at 1 and 80 at 8, and never reaches 100', () => {
    expect([0, 1 / 8, 1, 8].map(effortOf)).toEqual([
      0,
      expect.closeTo(20, 9),
      expect.closeTo(50, 9),
      expect.closeTo(80, 9),
    ]);
    expect(effortOf(1e6)).toBeLessThan(100);
    for (const effort of [5, 33, 91]) expect(effortOf(powerOf(effort))).toBeCloseTo(effort, 9);
  });
});

describe('kinetic power', () => {
  const result: KineticPower = { power: 0, noise: 0 };
  const powerAt = (velocity: readonly number[], acceleration: readonly number[], variance = 0) => {
    kineticPower(result, Float64Array.from(velocity), Float64Array.from(acceleration), 0, variance, 125);
    return { ...result };
  };

  it('is the rate at which ½v² changes: 8π²A²f³ on average of a swing, and nothing of gliding or circling', () => {
    const [amplitude, hertz] = [0.3, 0.8];
    const turns = 2 * Math.PI * hertz;
    let sum = 0;
    for (let index = 0; index < 1000; index += 1) {
      const phase = (2 * Math.PI * index) / 1000;
      const velocity = [0, amplitude * turns * Math.cos(phase), 0];
      sum += powerAt(velocity, [0, -amplitude * turns * turns * Math.sin(phase), 0]).power;
    }
    expect(sum / 1000).toBeCloseTo(8 * Math.PI ** 2 * amplitude ** 2 * hertz ** 3, 4);
    expect(powerAt([3, 0, 0], [0, 0, 0]).power).toBe(0);
    expect(powerAt([3, 0, 0], [0, 9, 0]).power).toBe(0);
  });

  it('is not known when anything of it is not', () => {
    expect(powerAt([1, Number.NaN, 0], [1, 1, 1])).toEqual({ power: Number.NaN, noise: Number.NaN });
    expect(powerAt([1, 0, 0], [1, 1, 1], Number.NaN)).toEqual({ power: Number.NaN, noise: Number.NaN });
  });

  it('takes from a mean what noise adds to it', () => {
    const random = randomNumbers(11);
    // Along x to and fro, with noise of each axis: 3 cm/s, and of the acceleration as much more as the fit makes it.
    const [deviation, gain] = [0.03, 1.4 / 0.125];
    const mean = (amplitude: number) => {
      let [power, noise, clean] = [0, 0, 0];
      const count = 4000;
      for (let index = 0; index < count; index += 1) {
        const [velocity, acceleration] = [
          [amplitude * Math.cos(index), 0, 0],
          [6 * amplitude * Math.sin(index), 0, 0],
        ];
        clean += powerAt(velocity, acceleration).power / count;
        const seen = powerAt(
          velocity.map((value) => value + deviation * random.normal()),
          acceleration.map((value) => value + deviation * gain * random.normal()),
          amplitude === 0 ? 3 * deviation ** 2 : deviation ** 2,
        );
        power += seen.power / count;
        noise += seen.noise / count;
      }
      return { clean, seen: power, cleaned: withoutNoise(power, noise) };
    };
    expect(mean(0).seen).toBeGreaterThan(0.01);
    expect(mean(0).cleaned).toBe(0);
    const moving = mean(0.5);
    expect(Math.abs(moving.cleaned / moving.clean - 1)).toBeLessThan(0.03);
  });
});

describe('means', () => {
  it('move with a window of seconds, whatever the durations, and forget what was before', () => {
    const random = randomNumbers(2);
    const samples = Array.from({ length: 3000 }, (_, index) => ({
      duration: index < 1500 ? 0.02 + 0.03 * random.uniform() : 1 / 64,
      values: Float64Array.from([random.uniform(), random.uniform() < 0.2 ? Number.NaN : random.uniform()]),
    }));
    const means = new MovingMeans(2, 2);
    samples.forEach(({ duration, values }, index) => {
      means.push(duration, values);
      if (index % 100 !== 99) return;
      // The newest samples that together last two seconds.
      let length = 0;
      let first = index;
      while (first >= 0 && length < 2) {
        length += samples[first]?.duration ?? 0;
        first -= 1;
      }
      const window = samples.slice(first + 1, index + 1);
      for (const channel of [0, 1]) {
        const known = window.filter(({ values: all }) => !Number.isNaN(all[channel] ?? Number.NaN));
        const seconds = known.reduce((sum, sample) => sum + sample.duration, 0);
        const weighted = known.reduce(
          (sum, sample) => sum + sample.duration * (sample.values[channel] ?? 0),
          0,
        );
        expect(means.known(channel)).toBeCloseTo(seconds, 9);
        expect(means.mean(channel)).toBeCloseTo(weighted / seconds, 9);
      }
    });
    means.clear();
    expect(means.known(0)).toBe(0);
    expect(means.mean(0)).toBeNaN();
  });

  it('keep to the newest frames of a source that is faster than there is room for', () => {
    const means = new MovingMeans(2, 1);
    for (let index = 0; index < 5000; index += 1) means.push(1 / 240, Float64Array.of(index < 4000 ? 7 : 1));
    expect(means.mean(0)).toBeCloseTo(1, 9);
  });

  it('add up over all of a take', () => {
    const means = new TotalMeans(2);
    means.push(1, Float64Array.of(2, Number.NaN));
    means.push(3, Float64Array.of(6, 4));
    expect([means.known(0), means.mean(0), means.known(1), means.mean(1)]).toEqual([4, 5, 3, 4]);
  });
});
