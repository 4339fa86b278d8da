import { describe, expect, it } from 'vitest';
import { likeliestPath } from './tempo-path.ts';

const candidates = (...pairs: readonly (readonly [bpm: number, strength: number])[]) =>
  pairs.map(([bpm, strength]) => ({ bpm, strength }));

describe('the likeliest path of tempos', () => {
  it('keeps to a tempo through a window in which another is a little stronger', () => {
    const windows = [
      candidates([100, 4], [150, 1]),
      candidates([150, 3], [100, 2.5]),
      candidates([100, 4], [150, 1]),
    ];
    expect(likeliestPath(windows).map((chosen) => chosen?.bpm)).toEqual([100, 100, 100]);
  });

  it('changes when another tempo stays the better one', () => {
    const [before, after] = [candidates([100, 4], [120, 1]), candidates([120, 4], [100, 1])];
    const path = likeliestPath([before, before, before, after, after, after]);
    expect(path.map((chosen) => chosen?.bpm)).toEqual([100, 100, 100, 120, 120, 120]);
  });

  it('drifts freely', () => {
    const windows = [100, 101, 102, 103, 104].map((bpm) => candidates([bpm, 3], [100, 1]));
    expect(likeliestPath(windows).map((chosen) => chosen?.bpm)).toEqual([100, 101, 102, 103, 104]);
  });

  it('is broken where nothing is rhythmic, and begins anew behind', () => {
    const windows = [candidates([90, 3]), [], candidates([140, 3]), []];
    expect(likeliestPath(windows).map((chosen) => chosen?.bpm)).toEqual([90, undefined, 140, undefined]);
    expect(likeliestPath([])).toEqual([]);
  });
});
