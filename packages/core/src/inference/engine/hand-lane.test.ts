import { describe, expect, it } from 'vitest';
import type { Clock } from '../../base/index.ts';
import { PoseCoachError } from '../../base/index.ts';
import { FakeFrames } from '../fake-frames.ts';
import { type HandDetector, HandLane } from './hand-lane.ts';
import { livePace } from './hand-pace.ts';
import { packDetections } from './packed-landmarks.ts';

/** A clock that the test sets. */
class SetClock implements Clock {
  time = 0;
  now = () => this.time;
  delay = () => () => {};
  nextFrame = () => () => {};
}

class ScriptedDetector implements HandDetector {
  readonly seen: number[] = [];
  #answer: ((error?: unknown) => void) | undefined;

  detect(image: { close(): void }, timestamp: number): ReturnType<HandDetector['detect']> {
    this.seen.push(timestamp);
    return new Promise((resolve, reject) => {
      this.#answer = (error) => {
        image.close();
        if (error) reject(error);
        else resolve({ packed: packDetections([], 21), resize: 1, detect: 2 });
      };
    });
  }

  async answer(error?: unknown): Promise<void> {
    this.#answer?.(error);
    await new Promise((resolve) => setTimeout(resolve));
  }

  reset(): void {}
  async dispose(): Promise<void> {}
}

function lane(rate: number, load: number) {
  const clock = new SetClock();
  const detector = new ScriptedDetector();
  const failures: unknown[] = [];
  const frames = new FakeFrames();
  const hands = new HandLane(detector, livePace({ rate, load, clock }), (error) => failures.push(error));
  /** What the estimator does for every frame, with a clone as a `VideoFrame` has it. */
  const offer = (time: number) => {
    clock.time = time;
    const frame = Object.assign(frames.make(time).image, { clone: () => frames.make(time).image });
    const copy = hands.copy(frame, time);
    frame.close();
    if (copy && !(copy instanceof Promise)) void hands.look(copy, time);
  };
  return { clock, detector, failures, frames, hands, offer };
}

describe('HandLane', () => {
  it('looks at no second picture while it has one', async () => {
    const { detector, offer, clock } = lane(1000, 1);
    offer(0);
    offer(16);
    offer(33);
    expect(detector.seen).toEqual([0]);
    clock.time = 40;
    await detector.answer();
    offer(50);
    expect(detector.seen).toEqual([0, 50]);
  });

  it('keeps to its rate when it is quick', async () => {
    const { detector, offer, clock } = lane(10, 1);
    for (let time = 0; time < 1000; time += 20) {
      offer(time);
      clock.time = time + 5;
      await detector.answer();
    }
    expect(detector.seen).toHaveLength(10);
  });

  it('keeps to its share of the time when it is slow', async () => {
    const { detector, offer, clock } = lane(1000, 0.25);
    let busy = 0;
    for (let time = 0; time < 4000; time += 50) {
      const before = detector.seen.length;
      offer(time);
      if (detector.seen.length > before) {
        clock.time = time + 50;
        busy += 50;
        await detector.answer();
      }
    }
    expect(busy / 4000).toBeCloseTo(0.25, 2);
  });

  it('closes every copy exactly once', async () => {
    const { detector, frames, offer } = lane(1000, 1);
    for (const time of [0, 20, 40]) {
      offer(time);
      await detector.answer();
    }
    // Each frame has one copy.
    expect(frames.closings).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('forgets its hands at a reset, and those still being looked for', async () => {
    const { detector, hands, offer } = lane(1000, 1);
    offer(0);
    await detector.answer();
    expect(hands.newest?.timestamp).toBe(0);
    offer(100);
    hands.reset();
    await detector.answer();
    expect(hands.newest).toBeUndefined();
  });

  it('goes on after a lost picture, and stays off, telling why, when its engine is given up', async () => {
    const { detector, failures, offer, hands } = lane(1000, 1);
    offer(0);
    await detector.answer(new PoseCoachError('ENGINE_CRASHED', 'boom'));
    offer(100);
    expect({ seen: detector.seen, failures }).toEqual({ seen: [0, 100], failures: [] });
    const failure = new PoseCoachError('ENGINE_FAILED', 'for good');
    await detector.answer(failure);
    offer(200);
    expect({ seen: detector.seen, failures, newest: hands.newest }).toEqual({
      seen: [0, 100],
      failures: [failure],
      newest: undefined,
    });
  });
});
