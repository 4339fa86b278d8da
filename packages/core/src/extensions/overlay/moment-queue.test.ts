import { describe, expect, it } from 'vitest';
import type { Reading } from '../../analysis/index.ts';
import type { OverlayMoment } from '../api/overlay-api.ts';
import { MomentQueue } from './moment-queue.ts';

function moment(now: number, elapsed: number, values: readonly number[] = []): OverlayMoment {
  const events = values.map(
    (value): Reading => ({ metric: 'test.jump', timestamp: now, status: 'ok', value, confidence: 1 }),
  );
  return { now, elapsed, events } as unknown as OverlayMoment;
}

function taken(queue: MomentQueue) {
  const waiting = queue.take();
  return (
    waiting && [
      waiting.moment.now,
      waiting.moment.elapsed,
      waiting.moment.events.map(({ value }) => value),
      waiting.pixelRatio,
    ]
  );
}

describe('moments that wait', () => {
  it('are one: the newest, with the events and the time of those that were passed over', () => {
    const queue = new MomentQueue();
    queue.add(moment(0, 0), 1);
    expect(taken(queue)).toEqual([0, 0, [], 1]);
    queue.add(moment(16, 16, [1, 2]), 1);
    queue.add(moment(33, 17), 1);
    queue.add(moment(50, 17, [3]), 2);
    expect(taken(queue)).toEqual([50, 50, [1, 2, 3], 2]);
    expect(taken(queue)).toBeUndefined();
  });

  it('begin with no time passed, also when a part takes the place of another', () => {
    const queue = new MomentQueue();
    queue.add(moment(0, 0), 1);
    queue.add(moment(16, 16), 1);
    expect(taken(queue)).toEqual([16, 0, [], 1]);
    queue.add(moment(33, 17, [1]), 1);
    queue.begin();
    queue.add(moment(50, 17), 1);
    expect(taken(queue)).toEqual([50, 0, [1], 1]);
  });

  it('keep the newest 256 events when nobody comes for them', () => {
    const queue = new MomentQueue();
    for (let index = 0; index < 1000; index += 1) queue.add(moment(index, 1, [index]), 1);
    const values = queue.take()?.moment.events.map(({ value }) => value);
    expect(values?.length).toBe(256);
    expect(values?.at(-1)).toBe(999);
  });
});
