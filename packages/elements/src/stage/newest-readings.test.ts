import { describe, expect, it } from 'vitest';
import { NewestReadings } from './newest-readings.ts';
import { reading } from './reading.test-data.ts';

describe('the newest readings', () => {
  it('are the last of each metric', () => {
    const newest = new NewestReadings();
    newest.add([reading('a.x', 1), reading('a.y', 5), reading('a.x', 2)], 0);
    newest.add([reading('a.x', 3)], 100);
    const known = newest.of(undefined, 100);
    expect(known['a.x']?.value).toBe(3);
    expect(known['a.y']?.value).toBe(5);
  });

  it('are a person’s own before those about everybody, and never another’s', () => {
    const newest = new NewestReadings();
    newest.add(
      [
        reading('a.x', 10, { poseId: 1 }),
        reading('a.x', 20, { poseId: 2 }),
        reading('a.x', 30),
        reading('a.y', 40),
        reading('a.z', 50, { poseId: 2 }),
      ],
      0,
    );
    const values = (person: number | undefined) =>
      Object.fromEntries(Object.values(newest.of(person, 0)).map(({ metric, value }) => [metric, value]));
    expect(values(1)).toEqual({ 'a.x': 10, 'a.y': 40 });
    expect(values(2)).toEqual({ 'a.x': 20, 'a.y': 40, 'a.z': 50 });
    expect(values(undefined)).toEqual({ 'a.x': 30, 'a.y': 40 });
  });

  it('are gone ten seconds after they were heard, each by itself', () => {
    const newest = new NewestReadings();
    newest.add([reading('a.x', 1)], 0);
    newest.add([reading('a.y', 2)], 4000);
    expect(Object.keys(newest.of(undefined, 9999))).toEqual(['a.x', 'a.y']);
    expect(Object.keys(newest.of(undefined, 10_000))).toEqual(['a.y']);
    expect(Object.keys(newest.of(undefined, 14_000))).toEqual([]);
  });

  it('are the same object until something changes, so that a repaint costs nothing', () => {
    const newest = new NewestReadings();
    newest.add([reading('a.x', 1)], 0);
    const known = newest.of(1, 10);
    expect(newest.of(1, 5000)).toBe(known);
    newest.add([reading('a.x', 2)], 5000);
    expect(newest.of(1, 5000)).not.toBe(known);
  });

  it('forget some metrics, or all', () => {
    const newest = new NewestReadings();
    newest.add([reading('stage.score', 900), reading('a.x', 1)], 0);
    newest.forget(['stage.score']);
    expect(Object.keys(newest.of(undefined, 0))).toEqual(['a.x']);
    newest.clear();
    expect(newest.of(undefined, 0)).toEqual({});
  });

  it('hold no more than a thousand, whoever tells more', () => {
    const newest = new NewestReadings();
    for (let round = 0; round < 30; round += 1) {
      newest.add(
        Array.from({ length: 200 }, (_, index) => reading(`a.m${round * 200 + index}`, index)),
        0,
      );
    }
    expect(Object.keys(newest.of(undefined, 0))).toHaveLength(1000);
    expect(newest.of(undefined, 0)['a.m5999']?.value).toBe(199);
  });
});
