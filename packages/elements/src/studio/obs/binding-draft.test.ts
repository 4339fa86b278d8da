import type { MetricDeclaration } from '@pose-coach/core';
import {
  defaultStage,
  type FilterBinding,
  readScene,
  type Scene,
  type TextBinding,
} from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { bindingFault, bindingWords, newBinding, withBinding } from './binding-draft.ts';
import { durationWords } from './duration-words.ts';

const METRICS: readonly MetricDeclaration[] = [
  { id: 'dance.intensity', title: 'Intensity', kind: 'gauge', range: [0, 100] },
];
const [SCENE = never()] = defaultStage().scenes;

function never(): Scene {
  throw new Error('The stage has no scene.');
}

const TEXT: TextBinding = {
  kind: 'text',
  id: 'tempo',
  metric: 'dance.intensity',
  input: 'BPM',
  text: 'Now {value}',
};
const FILTER: FilterBinding = {
  kind: 'filter',
  id: 'glow',
  metric: 'dance.intensity',
  source: 'Camera',
  filter: 'Glow',
  setting: 'opacity',
  from: [0, 100],
  to: [0.2, 1],
};

describe('what OBS follows', () => {
  it.each([TEXT, FILTER])('is kept with the scene: $kind', (binding) => {
    expect(bindingFault(binding, SCENE)).toBeUndefined();
    const read = readScene(withBinding(SCENE, binding));
    expect(read.ok && read.value.bindings).toEqual([...SCENE.bindings, binding]);
  });

  it('takes the place of the one with its id', () => {
    const once = withBinding(withBinding(SCENE, TEXT), FILTER);
    const again = withBinding(once, { ...TEXT, input: 'Speed' });
    expect(again.bindings).toEqual([...SCENE.bindings, { ...TEXT, input: 'Speed' }, FILTER]);
  });

  it('begins with the range of its metric and an id that is free', () => {
    expect(newBinding('filter', SCENE, METRICS)).toMatchObject({ from: [0, 100], metric: 'dance.intensity' });
    const first = newBinding('text', SCENE, METRICS);
    expect(newBinding('text', withBinding(SCENE, first), METRICS).id).not.toBe(first.id);
  });

  it.each([
    ['text source', { ...TEXT, input: '' }],
    ['{value}', { ...TEXT, text: 'Tempo' }],
    ['its filter', { ...FILTER, filter: '' }],
    ['its filter', { ...FILTER, source: '' }],
    ['setting', { ...FILTER, setting: '' }],
    ['two different', { ...FILTER, from: [5, 5] as const }],
    // What only the stage's own reader knows.
    ['metric', { ...TEXT, metric: 'nodot' as 'no.dot' }],
  ])('is not kept without %s', (words, binding) => {
    expect(bindingFault(binding, SCENE)).toContain(words);
  });

  it('is said in a sentence', () => {
    expect(bindingWords(TEXT, METRICS)).toBe('Text “BPM” says “Now {value}” of Intensity.');
    expect(bindingWords(FILTER, [])).toBe(
      '“opacity” of the filter “Glow” on “Camera” goes from 0.2 to 1 while dance.intensity goes from 0 to 100.',
    );
  });
});

describe('a duration', () => {
  it.each([
    [0, '0:00'],
    [-5, '0:00'],
    [7999, '0:07'],
    [754_000, '12:34'],
    [3_599_999, '59:59'],
    [3_723_000, '1:02:03'],
  ])('of %i ms reads %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });
});
