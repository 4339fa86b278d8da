import { describe, expect, it } from 'vitest';
import { Emitter } from '../../base/index.ts';
import type { FrameImage } from '../../capture/index.ts';
import type { EstimatorEvent, EstimatorOptions, PoseEstimatorFactory } from '../../inference/index.ts';
import { managed, manifestOf, packageOf, settle } from './manager.test-support.ts';

class CountedEngine implements PoseEstimatorFactory {
  alive = 0;
  fault: Error | undefined;
  readonly info = {
    engine: 'contributed',
    model: 'm',
    backend: 'wasm',
    landmarks: 33,
    why: 'a test',
  } as const;

  async create() {
    if (this.fault !== undefined) throw this.fault;
    this.alive += 1;
    let disposed = false;
    return {
      info: this.info,
      events: new Emitter<EstimatorEvent>().event,
      reset: () => {},
      estimate: async (image: FrameImage) => {
        image.close();
        return { poses: [], hands: [], stages: {} };
      },
      dispose: async () => {
        if (!disposed) this.alive -= 1;
        disposed = true;
      },
    };
  }
}

function withEngine(engine: PoseEstimatorFactory) {
  return packageOf('maker', (_, coach) => void coach.estimators.register('maker.engine', engine), {
    manifest: manifestOf('maker', {
      activationEvents: [],
      contributes: {
        estimators: [
          { id: 'maker.engine', title: 'An engine' },
          { id: 'maker.absent', title: 'Never registered' },
        ],
      },
    }),
  });
}

function options(): EstimatorOptions & { readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, onProgress: () => {}, abort: () => controller.abort() };
}

function picture() {
  const image = { closed: 0, close: () => {} };
  image.close = () => {
    image.closed += 1;
  };
  return image;
}

describe('an engine that an extension contributes', () => {
  it('activates its extension when it is made, and works as any other', async () => {
    const engine = new CountedEngine();
    const { extensions } = managed();
    await extensions.add(withEngine(engine));
    await settle();
    const factory = extensions.estimator('maker.engine');
    expect(extensions.list[0]?.state).toBe('registered');
    const estimator = await factory.create(options());
    expect(extensions.list[0]?.state).toBe('active');
    expect(estimator.info.engine).toBe('contributed');
    const image = picture();
    expect(await estimator.estimate(image as unknown as FrameImage, 0)).toEqual({
      poses: [],
      hands: [],
      stages: {},
    });
    expect(image.closed).toBe(1);
    await estimator.dispose();
    expect(engine.alive).toBe(0);
    extensions.dispose();
  });

  it('is released and says so when its extension is switched off', async () => {
    const engine = new CountedEngine();
    const { extensions } = managed();
    await extensions.add(withEngine(engine));
    const estimator = await extensions.estimator('maker.engine').create(options());
    await extensions.disable('maker');
    await settle();
    expect(engine.alive).toBe(0);
    const image = picture();
    const failure = await estimator
      .estimate(image as unknown as FrameImage, 0)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'ENGINE_FAILED' });
    expect(String(failure)).toContain('"maker" was switched off');
    expect(image.closed).toBe(1);
    await expect(extensions.estimator('maker.engine').create(options())).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
    });
    extensions.dispose();
  });

  it('fails with a reason when it is unknown, was never registered, or cannot be made', async () => {
    const engine = new CountedEngine();
    const { extensions } = managed();
    await extensions.add(withEngine(engine));
    const failure = (id: string) =>
      extensions
        .estimator(id)
        .create(options())
        .catch((error: unknown) => error);
    expect(await failure('nobody.engine')).toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
    expect(await failure('maker.absent')).toMatchObject({
      code: 'ENGINE_FAILED',
      cause: { code: 'EXTENSION_FAILED' },
    });
    engine.fault = new Error('no such shader');
    const failed = await failure('maker.engine');
    expect(failed).toMatchObject({ code: 'ENGINE_FAILED', cause: { message: 'no such shader' } });
    expect(String(failed)).toContain('no such shader');
    extensions.dispose();
  });

  it('can be called off while its extension is being activated', async () => {
    const { extensions } = managed();
    const engine = new CountedEngine();
    const plain = withEngine(engine);
    await extensions.add({ ...plain, module: () => new Promise(() => {}) });
    const request = options();
    const making = extensions.estimator('maker.engine').create(request);
    request.abort();
    await expect(making).rejects.toMatchObject({ code: 'ABORTED' });
    expect(engine.alive).toBe(0);
    extensions.dispose();
  });
});
