import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricDeclaration } from '../analysis/index.ts';
import type { FilterBinding, TextBinding } from './binding.ts';
import { bindingValue } from './binding-value.ts';
import { readAt } from './readings.test-support.ts';
import { SEED } from './stage-arbitraries.test-data.ts';

const TEMPO: MetricDeclaration = {
  id: 'dance.rhythm',
  title: 'Tempo',
  kind: 'gauge',
  unit: 'BPM',
  range: [40, 200],
};
const MOVEMENT: MetricDeclaration = {
  id: 'dance.movement',
  title: 'Movement',
  kind: 'label',
  labels: { dancing: 'Dancing' },
};

const text = (says: string): TextBinding => ({
  kind: 'text',
  id: 'a',
  metric: 'dance.rhythm',
  input: 'Text',
  text: says,
});
const filter = (from: readonly [number, number], to: readonly [number, number]): FilterBinding => ({
  ...{
    kind: 'filter',
    id: 'b',
    metric: 'dance.intensity',
    source: 'Camera',
    filter: 'Colour',
    setting: 'opacity',
  },
  from,
  to,
});

describe('what a text source says', () => {
  it.each<[string, number | string | boolean, MetricDeclaration | undefined, string]>([
    ['Tempo: {value} {unit}', 119.6, TEMPO, 'Tempo: 120 BPM'],
    ['{value}', 119.64, { ...TEMPO, decimals: 1 }, '119.6'],
    ['{value} {unit}', -0.2, TEMPO, '0 BPM'],
    ['Now: {value}', 'dancing', MOVEMENT, 'Now: Dancing'],
    ['Now: {value} {unit}', 'swaying', { ...MOVEMENT, unit: 'BPM' }, 'Now: swaying'],
    ['{value}', true, undefined, 'yes'],
    ['{value} {unit}', 3.4, undefined, '3'],
    ['{value}, {value}', 1, TEMPO, '1, 1'],
    ['{strange} {value}', 1, TEMPO, '{strange} 1'],
    ['always the same', 1, TEMPO, 'always the same'],
    // What a label says is no place for anything, and nothing to a pattern.
    ['{value}', 'odd', { ...MOVEMENT, labels: { odd: '{unit} $& $1' } }, '{unit} $& $1'],
  ])('“%s” with %s', (says, value, metric, expected) => {
    expect(bindingValue(text(says), readAt(1, 'dance.rhythm', value), metric)).toEqual({ text: expected });
  });

  it('is left as it is when the metric is unknown', () => {
    expect(bindingValue(text('{value}'), readAt(1, 'dance.rhythm', undefined), TEMPO)).toBeUndefined();
  });
});

describe('what a filter is set to', () => {
  it.each<[readonly [number, number], readonly [number, number], number, number]>([
    [[0, 100], [-1, 1], 0, -1],
    [[0, 100], [-1, 1], 75, 0.5],
    [[0, 100], [-1, 1], 100, 1],
    [[0, 100], [-1, 1], 130, 1],
    [[0, 100], [-1, 1], -5, -1],
    // Either may go downwards.
    [[0, 100], [10, 0], 25, 7.5],
    [[100, 0], [0, 10], 25, 7.5],
    [[100, 0], [0, 10], 200, 0],
    [[60, 120], [500, 500], 90, 500],
    // No range at all, which no stage has.
    [[5, 5], [1, 2], 5, 1],
  ])('from %j to %j, %d is %d', (from, to, value, expected) => {
    const reading = readAt(1, 'dance.intensity', value);
    expect(bindingValue(filter(from, to), reading)).toEqual({ number: expected });
  });

  it('lies within its range and grows with the metric, whatever comes', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, number, number, number, number, (start, end, first, second, one, other) => {
        fc.pre(start < end && first < second && one <= other);
        const of = (value: number) => {
          const made = bindingValue(
            filter([start, end], [first, second]),
            readAt(1, 'dance.intensity', value),
          );
          return made && 'number' in made ? made.number : Number.NaN;
        };
        expect(of(one)).toBeGreaterThanOrEqual(first - 1e-6);
        expect(of(other)).toBeLessThanOrEqual(second + 1e-6);
        expect(of(one)).toBeLessThanOrEqual(of(other) + 1e-6);
        expect([of(start), of(end)]).toEqual([first, second]);
      }),
      { seed: SEED },
    );
  });

  it.each([['dancing'], [true], [Number.NaN], [undefined]])('is left as it is for %s', (value) => {
    expect(bindingValue(filter([0, 1], [0, 1]), readAt(1, 'dance.intensity', value))).toBeUndefined();
  });
});
