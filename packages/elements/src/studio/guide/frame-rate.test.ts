import { describe, expect, it } from 'vitest';
import { judgeFrameRate, type StatsSample } from './frame-rate.ts';

/** Four seconds of a camera that gives `camera` pictures a second, of which `results` have one. */
function watched(results: number, camera: number, seconds = 4): StatsSample[] {
  return Array.from({ length: seconds * 2 + 1 }, (_, index) => ({
    at: index * 500,
    stats: { rate: results, dropped: Math.round(((camera - results) * index) / 2) },
  }));
}

describe('results every frame', () => {
  it.each([
    ['a result for every picture', 30, 30, 'good', '30 results a second, one for nearly every picture'],
    ['one in ten missed', 27, 30, 'good', 'nearly every picture'],
    ['a fast camera, with enough of its pictures', 32, 60, 'good', 'enough for fluid movement'],
    ['a third of the pictures', 10, 30, 'look', '10 results a second, for 30 pictures'],
    ['a camera that is slow in the dark', 8, 8, 'look', 'The camera gives only 8 pictures a second'],
  ])('judges %s', (_, results, camera, state, words) => {
    expect(judgeFrameRate(watched(results, camera))).toMatchObject({
      state,
      words: expect.stringContaining(words),
    });
  });

  it('advises the fastest model only where another is chosen', () => {
    expect(judgeFrameRate(watched(10, 30)).words).toContain('Choose the model “Fast”');
    const { words } = judgeFrameRate(watched(10, 30), true);
    expect(words).not.toContain('Fast');
    expect(words).toContain('Close what else keeps the computer busy');
  });

  it('says nothing before two seconds, and nothing without results', () => {
    expect(judgeFrameRate([]).state).toBe('unknown');
    expect(judgeFrameRate(watched(30, 30, 1)).state).toBe('unknown');
    expect(judgeFrameRate(watched(0, 30)).state).toBe('unknown');
  });

  it('does not hold against anybody what was dropped before it looked, while the engine loaded', () => {
    const late = watched(30, 30).map(({ at, stats }) => ({
      at,
      stats: { ...stats, dropped: stats.dropped + 900 },
    }));
    expect(judgeFrameRate(late).state).toBe('good');
  });
});
