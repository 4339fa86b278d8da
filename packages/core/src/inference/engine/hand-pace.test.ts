import { describe, expect, it } from 'vitest';
import { filmPace } from './hand-pace.ts';

/** The indices of the frames that are looked at. */
function looked(pace = filmPace(15), times: readonly number[] = []): number[] {
  return times.flatMap((time, index) => {
    if (!pace.isDue(time)) return [];
    pace.begin(time)();
    return [index];
  });
}

const frames = (perSecond: number) =>
  Array.from({ length: perSecond }, (_, index) => (index * 1000) / perSecond);

describe('the pace of hands in a film', () => {
  it.each([
    [60, 15],
    [30, 15],
    [24, 15],
    [10, 10],
  ])('of %i frames a second looks at %i', (perSecond, expected) => {
    expect(looked(filmPace(15), frames(perSecond))).toHaveLength(expected);
  });

  it('is that of the film’s own time, whatever it begins at', () => {
    const later = frames(30).map((time) => time + 3_600_000);
    expect(looked(filmPace(15), later)).toHaveLength(15);
  });

  it('goes on when time goes back or is not a number', () => {
    expect(looked(filmPace(15), [1000, 20, Number.NaN, 1010])).toEqual([0, 1, 2, 3]);
  });

  it('looks at once after a reset', () => {
    const pace = filmPace(15);
    expect(looked(pace, [0, 33])).toEqual([0]);
    pace.reset();
    expect(looked(pace, [33])).toEqual([0]);
  });
});
