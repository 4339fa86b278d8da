import { lastValueFrom, map, take, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { playRecording } from './index.ts';
import { danceFrames } from './recorded-dance.ts';
import { WorkerClock } from './worker-clock.ts';

/** Runs `work` and tells how many workers it started and ended. */
async function countingWorkers(work: () => Promise<void>): Promise<{ started: number; ended: number }> {
  const Original = globalThis.Worker;
  const counts = { started: 0, ended: 0 };
  globalThis.Worker = class extends Original {
    constructor(...parameters: ConstructorParameters<typeof Worker>) {
      super(...parameters);
      counts.started += 1;
    }
    override terminate() {
      counts.ended += 1;
      super.terminate();
    }
  };
  try {
    await work();
  } finally {
    globalThis.Worker = Original;
  }
  return counts;
}

test('a recording plays in real time on the timers of a worker, which ends with it', async () => {
  const frames = danceFrames(31);
  const started = performance.now();
  const workers = await countingWorkers(async () => {
    const played = await lastValueFrom(
      playRecording({ frames }).pipe(
        map(({ sequence }) => sequence),
        toArray(),
      ),
    );
    expect(played).toEqual(frames.map(({ sequence }) => sequence));
  });
  const elapsed = performance.now() - started;
  // 30 gaps, six times 34 + 33 + 30 + 37 + 33 ms.
  expect(elapsed).toBeGreaterThanOrEqual(1002 - 5);
  expect(elapsed).toBeLessThan(2500);
  expect(workers).toEqual({ started: 1, ended: 1 });
});

test('leaving a looping recording ends its worker', async () => {
  const workers = await countingWorkers(async () => {
    await lastValueFrom(playRecording({ frames: danceFrames(3) }, { loop: true }).pipe(take(8)));
  });
  expect(workers).toEqual({ started: 1, ended: 1 });
});

test('timers go on with the page when the browser refuses the worker, at once or later', async () => {
  const Original = globalThis.Worker;
  const refusals = [
    class {
      constructor() {
        throw new DOMException('refused', 'SecurityError');
      }
    },
    // What a CSP does: the worker is there, never answers, and says error a little later.
    class extends EventTarget {
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new Event('error')), 20);
      }
      postMessage() {}
      terminate() {}
    },
  ];
  for (const refusal of refusals) {
    globalThis.Worker = refusal as unknown as typeof Worker;
    try {
      const clock = new WorkerClock();
      const order: number[] = [];
      clock.delay(5, () => order.push(-1))();
      await Promise.all([
        new Promise<void>((resolve) => void clock.delay(60, () => resolve(void order.push(60)))),
        new Promise<void>((resolve) => void clock.delay(10, () => resolve(void order.push(10)))),
      ]);
      expect(order).toEqual([10, 60]);
      clock.dispose();
    } finally {
      globalThis.Worker = Original;
    }
  }
});
