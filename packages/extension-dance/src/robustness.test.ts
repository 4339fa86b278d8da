import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../tests/fixtures.ts';
import { CHANGES, type Effect, effectsOn, type Take } from '../../../tests/motion/robustness.ts';
import { danceSequences } from '../../../tests/motion/sequences.ts';
import { syntheticTakes } from '../../../tests/motion/synthetic-takes.ts';

/**
 * How far each number may move, in its unit: with the frame rate and with a tenth of the frames lost, and with noise.
 * What mirrors, distances and places do is nothing at all.
 */
const CLAIMS: Readonly<Record<string, { readonly frames: number; readonly noise: number }>> = {
  dancing: { frames: 5, noise: 5 },
  'movement unknown': { frames: 5, noise: 5 },
  jumps: { frames: 0, noise: 0 },
  'highest jump': { frames: 3, noise: 3 },
  intensity: { frames: 2, noise: 2 },
  'activity, torso': { frames: 2, noise: 5 },
  'activity, left arm': { frames: 5, noise: 5 },
  'asymmetry, arms': { frames: 5, noise: 10 },
  tempo: { frames: 2, noise: 2 },
  'repeated sequences': { frames: 10, noise: 10 },
  smoothness: { frames: 5, noise: 15 },
  'on the beat': { frames: 10, noise: 15 },
  'ahead or behind': { frames: 10, noise: 10 },
};

const NOTHING_CHANGES = ['mirrored', 'half as large', 'shifted'];
const FRAMES_CHANGE = ['30 Hz', '24 Hz', '10 % lost'];
const NOISE = 'noise 0.5 %';

const change = (effects: readonly Effect[], name: string) =>
  effects.filter((effect) => effect.change === name);

function check(effects: readonly Effect[]): void {
  for (const name of NOTHING_CHANGES) {
    for (const { measure, before, after, difference } of change(effects, name)) {
      const what = `${measure.name}, ${name}`;
      if (before === null) expect(after, what).toBeNull();
      else expect(difference, what).toBeCloseTo(0, 4);
    }
  }
  for (const name of [...FRAMES_CHANGE, NOISE]) {
    for (const { measure, before, difference } of change(effects, name)) {
      const claim = CLAIMS[measure.name];
      if (claim === undefined || before === null) continue;
      const most = name === NOISE ? claim.noise : claim.frames;
      expect(Math.abs(difference ?? Number.NaN), `${measure.name}, ${name}`).toBeLessThanOrEqual(most);
    }
  }
}

describe('the numbers of a take', () => {
  const takeOf = (wanted: string) => syntheticTakes().find(({ name }) => name === wanted) as Take;

  it('stay what they are however a synthetic dancer is filmed', () => check(effectsOn(takeOf('with jumps'))));

  it('say what cannot be seen any more when the picture ends at the knees, and keep the rest', () => {
    const cropped = CHANGES.filter(({ name }) => name === 'cut at the knees');
    const effects = effectsOn(takeOf('calm'), cropped);
    const after = (name: string) => effects.find(({ measure }) => measure.name === name)?.after;
    expect(after('activity, left leg')).toBeNull();
    expect(after('asymmetry, legs')).toBeNull();
    expect(after('movement unknown')).toBeGreaterThan(95);
    for (const name of ['intensity', 'activity, left arm', 'tempo', 'on the beat']) {
      const { difference } = effects.find(({ measure }) => measure.name === name) as Effect;
      expect(Math.abs(difference ?? Number.NaN), name).toBeLessThan(6);
    }
  });

  it('stay what they are however a real dance is filmed', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures (AIST++ dances)');
    const dances = danceSequences(fixtures).filter(({ view }) => view === '3d');
    const shortest = dances.reduce((one, other) => (other.frames.length < one.frames.length ? other : one));
    check(effectsOn(shortest));
  });
});
