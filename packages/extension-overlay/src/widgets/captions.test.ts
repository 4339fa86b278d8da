import type { Cue } from '@pose-coach/core/extension';
import { describe, expect, it } from 'vitest';
import { Painted } from './painted-widget.test-support.ts';

describe('overlay.captions', () => {
  const cue = (id: string, message: string): Cue => ({
    id,
    timestamp: 0,
    severity: 'hint',
    message,
    joints: [],
    source: 's',
  });

  it('writes the newest two, the newest at the bottom, whole', () => {
    const captions = new Painted('captions');
    const cues = ['One is gone.', 'Two stays.', 'Three is the newest of them all.'].map((message, index) => ({
      cue: cue(`c.${index}`, message),
      since: 100 * index,
    }));
    const { words, edges } = captions.written(1000, { cues });
    expect(words).toEqual(['Three is the newest of them all.', 'Two stays.']);
    expect(edges[0]?.top).toBeGreaterThan(edges[1]?.bottom ?? Number.NaN);
  });

  it('breaks a long one into lines, in smaller letters before anything is cut off', () => {
    const message =
      'Your left arm does half the work of the right, so let it swing as far as the other one does.';
    const captions = new Painted('captions', {}, { width: 500, height: 120 });
    const words = captions.after(1000, { cues: [{ cue: cue('c', message), since: 0 }] });
    expect(words.length).toBe(2);
    expect(words.join(' ')).toBe(message);
    const tiny = new Painted('captions', {}, { width: 200, height: 60 });
    expect(tiny.after(1000, { cues: [{ cue: cue('c', message), since: 0 }] }).at(-1)).toMatch(/…$/);
  });

  it('leaves out a line rather than reach over its place', () => {
    const low = new Painted('captions', {}, { width: 300, height: 36 });
    const message = 'Your left arm does half the work of the right, so let it swing.';
    const { words, edges } = low.written(1000, { cues: [{ cue: cue('c', message), since: 0 }] });
    expect(words).toHaveLength(1);
    expect(edges[0]?.top).toBeGreaterThanOrEqual(0);
  });

  it('fades a caption out that is to be read no more, and is empty without any', () => {
    const captions = new Painted('captions');
    expect(captions.after(0)).toEqual([]);
    expect(captions.pixels.lit).toBe(0);
    const cues = [{ cue: cue('c', 'Well done.'), since: 0 }];
    captions.after(1000, { cues });
    const strength = () => captions.pixels.data.reduce((sum, each) => sum + each, 0);
    const whole = strength();
    expect(captions.after(10)).toEqual(['Well done.']);
    captions.after(100);
    expect(strength()).toBeLessThan(whole * 0.8);
    expect(captions.after(200)).toEqual([]);
    captions.after(0, { cues, calm: true });
    expect(captions.after(10, { calm: true })).toEqual([]);
  });
});
