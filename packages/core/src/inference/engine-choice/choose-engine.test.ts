import { describe, expect, it } from 'vitest';
import { type ErrorCode, PoseCoachError } from '../../base/index.ts';
import type { EstimatorEvent, EstimatorOptions, PoseEstimator } from '../pose-estimator.ts';
import { chooseEngine } from './choose-engine.ts';
import type { EngineChoiceOptions } from './options.ts';
import type { EngineName } from './preference.ts';

/** Two engines that count what is done to them; the real ones are chosen between in engine.browser.test.ts. */
class Shelf {
  readonly loaded: EngineName[] = [];
  readonly alive: string[] = [];
  readonly faults: Partial<Record<EngineName, unknown>> = {};
  /** What is called in the middle of the making. */
  onMaking: (name: EngineName) => void = () => {};
  speak: (event: EstimatorEvent) => void = () => {};
  options: EngineChoiceOptions | undefined;

  readonly loaders = {
    mediapipe: (options: EngineChoiceOptions) => this.#load('mediapipe', options),
    onnx: (options: EngineChoiceOptions) => this.#load('onnx', options),
  };

  async #load(name: EngineName, options: EngineChoiceOptions) {
    this.loaded.push(name);
    this.options = options;
    return { create: (wishes: EstimatorOptions) => this.#create(name, wishes) };
  }

  async #create(name: EngineName, { signal, onProgress }: EstimatorOptions): Promise<PoseEstimator> {
    onProgress(1, 2);
    this.onMaking(name);
    if (signal.aborted) throw new PoseCoachError('ABORTED', 'Cancelled.');
    if (this.faults[name] !== undefined) throw this.faults[name];
    this.alive.push(name);
    return {
      info: { engine: name, model: 'lite', backend: 'wasm', landmarks: 33, why: `On the CPU.` },
      estimate: async () => ({ poses: [], hands: [], stages: { body: 1 } }),
      reset: () => undefined,
      events: (listener) => {
        this.speak = listener;
        return { dispose: () => undefined };
      },
      dispose: async () => {
        this.alive.splice(this.alive.indexOf(name), 1);
      },
    };
  }

  make(
    options: EngineChoiceOptions,
    first: EngineName = 'mediapipe',
    wishes: Partial<EstimatorOptions> = {},
  ) {
    const factory = chooseEngine(options, this.loaders, () => ({ first, why: `${first} is best.` }));
    return factory.create({
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...wishes,
    });
  }
}

const failure = (code: ErrorCode) => new PoseCoachError(code, `Broken by ${code}.`);

describe('an engine that is asked for by name', () => {
  it.each(['mediapipe', 'onnx'] as const)('is %s, and nothing of the other is loaded', async (name) => {
    const shelf = new Shelf();
    const { info } = await shelf.make({ engine: name, model: 'full' }, 'onnx');
    expect(info).toMatchObject({ engine: name, why: expect.stringContaining('as asked for. On the CPU.') });
    expect([shelf.loaded, shelf.alive]).toEqual([[name], [name]]);
    expect(shelf.options).toMatchObject({ model: 'full' });
  });

  it('fails with its own error, and is not replaced', async () => {
    const shelf = new Shelf();
    shelf.faults.mediapipe = failure('ENGINE_UNSUPPORTED');
    await expect(shelf.make({ engine: 'mediapipe' })).rejects.toBe(shelf.faults.mediapipe);
    expect(shelf.loaded).toEqual(['mediapipe']);
  });

  it('is refused at once when there is none of that name', () => {
    const shelf = new Shelf();
    const create = () => shelf.make({ engine: 'movenet' as 'auto' });
    expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(create).toThrow(/auto, mediapipe, onnx/);
  });
});

describe('an engine that is chosen', () => {
  it('does not go on to the other when the first one fails of being left', async () => {
    const shelf = new Shelf();
    const leaving = new AbortController();
    shelf.onMaking = () => {
      leaving.abort();
      throw failure('ENGINE_FAILED');
    };
    const { signal } = leaving;
    await expect(shelf.make({}, 'mediapipe', { signal })).rejects.toBeInstanceOf(PoseCoachError);
    expect(shelf.loaded).toEqual(['mediapipe']);
  });

  it.each(['mediapipe', 'onnx'] as const)('is the preferred one (%s), which says why', async (name) => {
    const shelf = new Shelf();
    const { info } = await shelf.make({}, name);
    expect(info).toMatchObject({ engine: name, why: `${name} is best. On the CPU.` });
    expect([shelf.loaded, shelf.alive]).toEqual([[name], [name]]);
  });

  it.each(['ENGINE_UNSUPPORTED', 'ENGINE_FAILED', 'ASSET_INVALID'] as const)(
    'is the other when the preferred one fails with %s, and says so',
    async (code) => {
      const shelf = new Shelf();
      shelf.faults.mediapipe = failure(code);
      const estimator = await shelf.make({});
      const events: EstimatorEvent[] = [];
      estimator.events((event) => events.push(event));
      expect(estimator.info).toMatchObject({
        engine: 'onnx',
        why: `ONNX Runtime, because MediaPipe could not be had: Broken by ${code}. On the CPU.`,
      });
      expect(events).toMatchObject([{ type: 'degraded', error: { code } }]);
      expect(shelf.alive).toEqual(['onnx']);
    },
  );

  it('is the other, with the reason and without an alarm, when the site does not have the first one’s files', async () => {
    const shelf = new Shelf();
    shelf.faults.onnx = failure('ASSET_NOT_FOUND');
    const estimator = await shelf.make({}, 'onnx');
    const events: EstimatorEvent[] = [];
    estimator.events((event) => events.push(event));
    expect(estimator.info).toMatchObject({
      engine: 'mediapipe',
      why: 'MediaPipe, because ONNX Runtime could not be had: Broken by ASSET_NOT_FOUND. On the CPU.',
    });
    expect(events).toEqual([]);
  });

  it('is the other when the preferred one dies of something that nobody foresaw', async () => {
    const shelf = new Shelf();
    shelf.faults.mediapipe = new TypeError('boom');
    expect((await shelf.make({})).info.engine).toBe('onnx');
  });

  it.each([
    ['ASSET_NOT_FOUND', 'ASSET_INVALID'],
    ['ENGINE_UNSUPPORTED', 'ASSET_NOT_FOUND'],
  ] as const)('fails with the first error (%s) when neither can be had, naming both', async (one, two) => {
    const shelf = new Shelf();
    shelf.faults.mediapipe = failure(one);
    shelf.faults.onnx = failure(two);
    const error: PoseCoachError = await shelf.make({}).then(Promise.reject, (thrown) => thrown);
    expect(error.code).toBe(one);
    expect(error.message).toContain(`Broken by ${one}.`);
    expect(error.message).toContain(`Broken by ${two}.`);
    expect(shelf.alive).toEqual([]);
  });

  it('does not try another for an option that is wrong for both', async () => {
    const shelf = new Shelf();
    shelf.faults.mediapipe = failure('OPTION_INVALID');
    await expect(shelf.make({})).rejects.toBe(shelf.faults.mediapipe);
    expect(shelf.loaded).toEqual(['mediapipe']);
  });

  it.each(['mediapipe', 'onnx'] as const)(
    'is no other once the caller has left during %s',
    async (during) => {
      const shelf = new Shelf();
      shelf.faults.mediapipe = failure('ENGINE_FAILED');
      const leaving = new AbortController();
      shelf.onMaking = (name) => {
        if (name === during) leaving.abort();
      };
      await expect(shelf.make({}, 'mediapipe', { signal: leaving.signal })).rejects.toMatchObject({
        code: 'ABORTED',
      });
      expect(shelf.loaded).toEqual(during === 'mediapipe' ? ['mediapipe'] : ['mediapipe', 'onnx']);
      expect(shelf.alive).toEqual([]);
    },
  );

  it('passes on progress, events and disposal', async () => {
    const shelf = new Shelf();
    const progress: number[][] = [];
    const estimator = await shelf.make({}, 'onnx', { onProgress: (...bytes) => progress.push(bytes) });
    // Before anybody listens: kept for the first who does.
    shelf.speak({ type: 'recovered' });
    const events: string[] = [];
    estimator.events(({ type }) => events.push(type));
    shelf.speak({ type: 'recovered' });
    expect([progress, events]).toEqual([[[1, 2]], ['recovered', 'recovered']]);
    await estimator.dispose();
    expect(shelf.alive).toEqual([]);
  });

  it('says so when an engine’s code does not arrive', async () => {
    const shelf = new Shelf();
    const lost = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    const factory = chooseEngine({}, { mediapipe: lost, onnx: lost }, () => ({ first: 'onnx', why: '' }));
    const error = await factory
      .create({ signal: new AbortController().signal, onProgress: () => undefined })
      .then(Promise.reject, (thrown) => thrown);
    expect(error).toMatchObject({ code: 'ASSET_NOT_FOUND' });
    expect(shelf.alive).toEqual([]);
  });
});
