import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../tests/music/synthetic-music.ts';
import { TEMPO_PREFERENCE, TEMPOS, TempoSalience } from './music-tempo.ts';
import { TempoPath, tempoAt } from './music-tempo-path.ts';

const HOP = 10;
const LENGTH = 800;
const EVENLY = new Float64Array(LENGTH).fill(1);

/** An envelope of eight seconds with a pulse of 30 ms at each of `times`, as strong as said. */
function pulses(times: readonly number[], strengthOf: (index: number) => number = () => 1): Float64Array {
  const values = new Float64Array(LENGTH);
  for (const [index, time] of times.entries()) {
    const middle = Math.round(time / HOP);
    for (let each = middle - 1; each <= middle + 1; each += 1) {
      if (each >= 0 && each < LENGTH)
        values[each] = (values[each] ?? 0) + strengthOf(index) / (1 + Math.abs(each - middle));
    }
  }
  return values;
}

/** Pulses so many milliseconds apart. */
function every(period: number): number[] {
  return Array.from({ length: Math.floor((LENGTH * HOP) / period) }, (_, index) => index * period);
}

/** The tempo with the most salience, and that salience; preference aside. */
function most(stretch: Float64Array): { bpm: number; salience: number; values: Float64Array } {
  const salience = new TempoSalience(HOP, LENGTH);
  salience.measure(stretch, EVENLY);
  const values = salience.values;
  const index = values.indexOf(Math.max(...values));
  return { bpm: tempoAt(values, index), salience: values[index] ?? 0, values };
}

describe('TempoSalience', () => {
  it.each([60, 84, 120, 168])('is greatest at the tempo of even pulses and near 1: %i BPM', (bpm) => {
    const found = most(pulses(every(60_000 / bpm)));
    expect(Math.abs(found.bpm / bpm - 1)).toBeLessThan(0.015);
    expect(found.salience).toBeGreaterThan(0.7);
  });

  it('prefers the accented pulse to the one that fills in', () => {
    // At 100 BPM, eighths half as strong as the beats.
    const { values } = most(pulses(every(300), (index) => (index % 2 === 0 ? 1 : 0.5)));
    const at = (bpm: number) => values[TEMPOS.findIndex((each) => each >= bpm)] ?? 0;
    expect(at(100)).toBeGreaterThan(at(66.7));
    expect(at(100)).toBeGreaterThan(at(150));
  });

  it('is small where pulses come at random, and says so where there are none', () => {
    const random = seededRandom(23);
    let sum = 0;
    for (let round = 0; round < 20; round += 1) {
      sum += most(pulses(Array.from({ length: 20 }, () => random() * LENGTH * HOP))).salience;
    }
    expect(sum / 20).toBeLessThan(0.35);
    expect(new TempoSalience(HOP, LENGTH).measure(new Float64Array(LENGTH), EVENLY)).toBe(false);
  });
});

describe('TempoPath', () => {
  /** What a clear beat at `bpm` would give: a peak two steps wide. */
  function peak(bpm: number, height = 0.8): Float64Array {
    return TEMPOS.map((each) => height * Math.exp(-0.5 * ((40 * Math.log2(each / bpm)) / 2) ** 2));
  }

  it('passes over one stretch that speaks for another tempo', () => {
    const path = new TempoPath({ keep: true });
    const told = [100, 100, 100, 100, 67, 100, 100, 100];
    for (const bpm of told) path.step(peak(bpm));
    for (const index of path.path()) expect(Math.abs((TEMPOS[index] ?? 0) / 100 - 1)).toBeLessThan(0.02);
  });

  it('goes along when the tempo stays changed, and by the whole path at the moment that it did', () => {
    const path = new TempoPath({ keep: true });
    for (let step = 0; step < 20; step += 1) path.step(peak(step < 10 ? 100 : 140));
    expect(Math.abs((TEMPOS[path.best ?? 0] ?? 0) / 140 - 1)).toBeLessThan(0.02);
    const found = path.path().map((index) => ((TEMPOS[index] ?? 0) > 120 ? 140 : 100));
    expect(found).toEqual([...Array(10).fill(100), ...Array(10).fill(140)]);
  });

  it('knows nothing but the preference before it has heard anything, and again after a reset', () => {
    const path = new TempoPath();
    expect(path.best).toBeUndefined();
    path.step(new Float64Array(TEMPOS.length));
    expect(path.best).toBe(TEMPO_PREFERENCE.indexOf(Math.max(...TEMPO_PREFERENCE)));
    path.reset();
    expect(path.best).toBeUndefined();
  });
});
