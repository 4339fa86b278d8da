import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Emitter, PoseCoachError } from '../base/index.ts';
import type { CapturedFrame } from '../capture/index.ts';
import type { Landmark, PoseFrame } from '../pose/index.ts';
import { type EstimatePosesOptions, estimatePoses } from './estimate-poses.ts';
import { FakeFrames } from './fake-frames.ts';
import type { EstimatorEvent, PoseEstimate, PoseEstimator, PoseEstimatorFactory } from './pose-estimator.ts';

const landmark: Landmark = { x: 0.5, y: 0.5, z: 0, visibility: 1 };
const points = Array.from({ length: 33 }, () => landmark);
const somebody: PoseEstimate = {
  poses: [{ id: 0, score: 0.9, landmarks: points, worldLandmarks: points }],
  hands: [],
  stages: { body: 12 },
};

/** An engine that closes its frames, as the contract asks, and answers when the test says so. */
class ScriptedEstimator implements PoseEstimator {
  readonly info = {
    engine: 'scripted',
    model: 'none',
    backend: 'native',
    landmarks: 33,
    why: 'a test',
  } as const;
  readonly emitter = new Emitter<EstimatorEvent>();
  readonly events = this.emitter.event;
  readonly log: string[] = [];
  #answer: ((result: PoseEstimate | PoseCoachError) => void) | undefined;

  estimate(image: CapturedFrame['image'], timestamp: number): Promise<PoseEstimate> {
    this.log.push(`estimate ${timestamp}`);
    return new Promise((resolve, reject) => {
      this.#answer = (result) => {
        image.close();
        if (result instanceof PoseCoachError) reject(result);
        else resolve(result);
      };
    });
  }

  async answer(result: PoseEstimate | PoseCoachError = somebody): Promise<void> {
    await settled();
    this.#answer?.(result);
    this.#answer = undefined;
    await settled();
  }

  reset(): void {
    this.log.push('reset');
  }

  async dispose(): Promise<void> {
    this.log.push('dispose');
    await this.answer(new PoseCoachError('DISPOSED', 'gone'));
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function run(options: EstimatePosesOptions = {}, load: Promise<void> = Promise.resolve()) {
  const estimator = new ScriptedEstimator();
  const aborted: boolean[] = [];
  const factory: PoseEstimatorFactory = {
    create: async ({ signal, onProgress }) => {
      signal.addEventListener('abort', () => aborted.push(true));
      onProgress(1, 2);
      await load;
      return estimator;
    },
  };
  const source = new Subject<CapturedFrame>();
  const output: PoseFrame[] = [];
  const errors: unknown[] = [];
  const subscription = source.pipe(estimatePoses(factory, options)).subscribe({
    next: (frame) => output.push(frame),
    error: (error) => errors.push(error),
  });
  await settled();
  return { estimator, source, output, errors, subscription, aborted, frames: new FakeFrames() };
}

describe('estimatePoses', () => {
  it('numbers frames, and carries over their time, size and what the engine measured', async () => {
    const { estimator, source, output, frames } = await run();
    source.next(frames.make(100));
    await estimator.answer();
    source.next(frames.make(133));
    await estimator.answer();
    expect(output.map(({ sequence, timestamp, epoch }) => [sequence, timestamp, epoch])).toEqual([
      [1, 100, 1],
      [2, 133, 1],
    ]);
    const [first] = output;
    expect(first).toMatchObject({ width: 640, height: 480, dropped: 0, poses: somebody.poses });
    expect(first?.timings.capturedAt).toBe(1100);
    expect(Object.keys(first?.timings.stages ?? {})).toEqual(['queue', 'body']);
  });

  it('lets the newest frame win, counts what it and the source skipped, and closes each exactly once', async () => {
    const { estimator, source, output, frames } = await run();
    source.next(frames.make(0));
    source.next(frames.make(33));
    source.next(frames.make(66, { skipped: 2 }));
    source.next(frames.make(100, { skipped: 1 }));
    await estimator.answer();
    await estimator.answer();
    expect(output.map(({ timestamp, dropped }) => [timestamp, dropped])).toEqual([
      [0, 0],
      // 33 and 66 lost to 100; the source left out two before 66 and one before 100.
      [100, 5],
    ]);
    expect(frames.closings).toEqual([1, 1, 1, 1]);
  });

  it('leaves nothing out when it is lossless', async () => {
    const { estimator, source, output, frames } = await run({ backpressure: 'lossless' });
    for (const timestamp of [0, 33, 66]) source.next(frames.make(timestamp));
    for (let answers = 0; answers < 3; answers += 1) await estimator.answer();
    expect(output.map(({ timestamp, dropped }) => [timestamp, dropped])).toEqual([
      [0, 0],
      [33, 0],
      [66, 0],
    ]);
  });

  it.each([
    [
      'the source begins a new epoch',
      [
        [1, 0],
        [2, 33],
      ],
    ],
    [
      'time goes back',
      [
        [1, 100],
        [1, 20],
      ],
    ],
    [
      'more than half a second is missing',
      [
        [1, 0],
        [1, 501],
      ],
    ],
  ] as const)('starts a new epoch and the engine’s tracking anew when %s', async (_, [first, second]) => {
    const { estimator, source, output, frames } = await run();
    for (const [epoch, timestamp] of [first, second]) {
      source.next(frames.make(timestamp, { epoch }));
      await estimator.answer();
    }
    expect(estimator.log).toEqual([`estimate ${first[1]}`, 'reset', `estimate ${second[1]}`]);
    expect(new Set(output.map(({ epoch }) => epoch)).size).toBe(2);
  });

  it('keeps a slow engine’s tracking, but not its epoch, when only its results are half a second apart', async () => {
    const { estimator, source, output, frames } = await run();
    source.next(frames.make(0));
    for (const timestamp of [200, 400, 600]) source.next(frames.make(timestamp));
    await estimator.answer();
    await estimator.answer();
    expect(estimator.log).toEqual(['estimate 0', 'estimate 600']);
    expect(new Set(output.map(({ epoch }) => epoch)).size).toBe(2);
  });

  it('refuses results that are not numbers, counts the frame, and goes on', async () => {
    const { estimator, source, output, errors, frames } = await run();
    const broken = [{ ...landmark, x: Number.NaN }, ...points.slice(1)];
    source.next(frames.make(0));
    await estimator.answer({
      ...somebody,
      poses: [{ id: 0, score: 1, landmarks: broken, worldLandmarks: points }],
    });
    source.next(frames.make(33));
    await estimator.answer();
    expect(errors).toEqual([]);
    expect(output.map(({ timestamp, dropped }) => [timestamp, dropped])).toEqual([[33, 1]]);
  });

  it('refuses a frame without a time before the engine sees it', async () => {
    const { estimator, source, output, frames } = await run();
    source.next(frames.make(Number.NaN));
    source.next(frames.make(33));
    await estimator.answer();
    expect(estimator.log).toEqual(['estimate 33']);
    expect(output.map(({ dropped }) => dropped)).toEqual([1]);
    expect(frames.closings).toEqual([1, 1]);
  });

  it('loses one frame to a crash of the engine and goes on, but ends when the engine is given up', async () => {
    const { estimator, source, output, errors, frames } = await run();
    source.next(frames.make(0));
    await estimator.answer(new PoseCoachError('ENGINE_CRASHED', 'boom'));
    source.next(frames.make(33));
    await estimator.answer();
    source.next(frames.make(66));
    source.next(frames.make(100));
    await estimator.answer(new PoseCoachError('ENGINE_FAILED', 'for good'));
    expect(output.map(({ timestamp, dropped }) => [timestamp, dropped])).toEqual([[33, 1]]);
    expect(errors).toMatchObject([{ code: 'ENGINE_FAILED' }]);
    expect(frames.closings).toEqual([1, 1, 1, 1]);
    expect(estimator.log.at(-1)).toBe('dispose');
  });

  it('tells of each frame that came to nothing, but not of the engine’s end', async () => {
    const lost: string[] = [];
    const { estimator, source, frames } = await run({ onFrameLost: ({ code }) => lost.push(code) });
    source.next(frames.make(0));
    await estimator.answer({ ...somebody, poses: [{ id: 0, score: 2, landmarks: [], worldLandmarks: [] }] });
    source.next(frames.make(33));
    await estimator.answer(new PoseCoachError('ENGINE_CRASHED', 'boom'));
    source.next(frames.make(66));
    await estimator.answer(new PoseCoachError('ENGINE_FAILED', 'for good'));
    expect(lost).toEqual(['FRAME_INVALID', 'ENGINE_CRASHED']);
  });

  it('tells of progress, of the engine, and of what happens to it', async () => {
    const heard: unknown[] = [];
    const { estimator } = await run({
      onProgress: (loaded, total) => heard.push([loaded, total]),
      onReady: (info) => heard.push(info.engine),
      onEvent: (event) => heard.push(event.type),
    });
    estimator.emitter.fire({ type: 'recovered' });
    expect(heard).toEqual([[1, 2], 'scripted', 'recovered']);
  });

  it('closes all but the newest frame while the engine loads', async () => {
    let loaded = () => {};
    const load = new Promise<void>((resolve) => {
      loaded = resolve;
    });
    const { estimator, source, output, frames } = await run({}, load);
    for (const timestamp of [0, 33, 66]) source.next(frames.make(timestamp));
    expect(frames.closings).toEqual([1, 1, 0]);
    loaded();
    await settled();
    await estimator.answer();
    expect(output.map(({ timestamp, dropped }) => [timestamp, dropped])).toEqual([[66, 2]]);
  });

  it('does not look at a lossless source before the engine is there', async () => {
    const never = new Promise<void>(() => {});
    const { source } = await run({ backpressure: 'lossless' }, never);
    expect(source.observed).toBe(false);
  });

  it('cancels the loading when it is unsubscribed, and disposes an engine that is finished after all', async () => {
    let loaded = () => {};
    const load = new Promise<void>((resolve) => {
      loaded = resolve;
    });
    const { estimator, source, subscription, aborted, frames } = await run({}, load);
    source.next(frames.make(0));
    subscription.unsubscribe();
    expect({ aborted, closings: frames.closings }).toEqual({ aborted: [true], closings: [1] });
    loaded();
    await settled();
    expect(estimator.log).toEqual(['dispose']);
  });

  it('disposes the engine and closes every frame when it is unsubscribed in the middle of its work', async () => {
    const { estimator, source, output, subscription, frames } = await run();
    source.next(frames.make(0));
    source.next(frames.make(33));
    await settled();
    subscription.unsubscribe();
    await estimator.answer();
    expect({ log: estimator.log, closings: frames.closings, output }).toEqual({
      log: ['estimate 0', 'dispose'],
      closings: [1, 1],
      output: [],
    });
  });

  it('disposes an engine whose owner fails on hearing that it is ready', async () => {
    const fault = new Error('a bug in the page');
    const { estimator, errors } = await run({
      onReady: () => {
        throw fault;
      },
    });
    expect(errors).toEqual([fault]);
    expect(estimator.log).toEqual(['dispose']);
  });

  it('fails with what the engine’s making failed with', async () => {
    const factory: PoseEstimatorFactory = {
      create: () => Promise.reject(new PoseCoachError('ASSET_NOT_FOUND', 'no model')),
    };
    const source = new Subject<CapturedFrame>();
    const errors: unknown[] = [];
    source.pipe(estimatePoses(factory)).subscribe({ error: (error) => errors.push(error) });
    await settled();
    expect(errors).toMatchObject([{ code: 'ASSET_NOT_FOUND' }]);
    expect(source.observed).toBe(false);
  });
});
