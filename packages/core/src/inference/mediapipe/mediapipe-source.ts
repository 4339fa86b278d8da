import { toPoseCoachError } from '../../base/index.ts';
import {
  BODY_LANDMARK_COUNT,
  type EngineCode,
  EngineDownloads,
  type EngineFiles,
  EngineMaker,
  type EngineSettings,
  type EngineSource,
  type EngineWishes,
  engineCode,
  type FileSum,
  type RunningEngine,
  SIMD_ADVICE,
} from '../engine/index.ts';
import type { Thread } from '../engine-options.ts';
import type { EstimatorInfo } from '../pose-estimator.ts';
import type { Graphics } from './graphics.ts';
import type { MediapipeSettings } from './landmarker.ts';
import type { Delegate, Settings } from './options.ts';

/** The one build of MediaPipe's WASM that runs in module workers. */
const WASM_FILE = 'wasm/vision_wasm_module_internal.wasm';

/** MediaPipe's engines for one estimator: the files, the thread and the delegate. */
export class MediapipeSource implements EngineSource {
  readonly #settings: Settings;
  readonly #wishes: EngineWishes;
  readonly #code: EngineCode;
  readonly #maker: EngineMaker<MediapipeSettings, Graphics>;
  readonly #downloads: EngineDownloads;
  readonly #wasm: FileSum;
  #delegate: Delegate = 'CPU';
  #why = '';

  constructor(settings: Settings, worker: { source: string; wasm: FileSum }, wishes: EngineWishes) {
    this.#settings = settings;
    this.#wishes = wishes;
    this.#code = engineCode(worker.source, 'mediapipe-worker.js', settings.workerUrl);
    const { events, clock } = wishes;
    const { thread } = settings;
    this.#maker = new EngineMaker({ code: this.#code, thread, missing, events, clock });
    this.#downloads = new EngineDownloads(settings.assets, wishes.onProgress);
    this.#wasm = worker.wasm;
    // What will be needed begins to load; whoever makes an engine hears of failures.
    this.#files('body').catch(() => undefined);
    if (settings.handRate > 0) this.#files('hands').catch(() => undefined);
  }

  get thread(): Thread {
    return this.#maker.thread;
  }

  get info(): EstimatorInfo {
    return {
      engine: 'mediapipe',
      model: this.#settings.model,
      backend: this.#delegate === 'GPU' ? 'webgl' : 'wasm',
      landmarks: BODY_LANDMARK_COUNT,
      why: this.#why,
    };
  }

  /** Finds a thread that can run the engine, and chooses the delegate by what draws there. */
  async decide(): Promise<void> {
    const { accelerated, renderer } = await this.#maker.decide();
    const { delegate } = this.#settings;
    if (delegate === 'auto') {
      this.#delegate = accelerated ? 'GPU' : 'CPU';
      this.#why = accelerated
        ? `GPU, because a graphics card draws (${renderer}).`
        : `CPU, because WebGL is rendered in software (${renderer}).`;
    } else {
      this.#delegate = delegate;
      this.#why = `${delegate}, as asked for.`;
    }
  }

  async make(settings: EngineSettings): Promise<RunningEngine> {
    const files = await this.#files(settings.task);
    try {
      return await this.#maker.make({ ...settings, delegate: this.#delegate }, files);
    } catch (error) {
      if (this.#delegate === 'CPU' || this.#maker.closed) throw error;
      this.#delegate = 'CPU';
      this.#why = 'CPU, because the engine did not start on the GPU.';
      this.#wishes.events.degraded(toPoseCoachError(error, 'ENGINE_FAILED', this.#why));
      return this.make(settings);
    }
  }

  async #files(task: EngineSettings['task']): Promise<EngineFiles> {
    const name = task === 'hands' ? 'hand_landmarker.task' : `pose_landmarker_${this.#settings.model}.task`;
    const [wasm, model] = await Promise.all([
      this.#downloads.file(WASM_FILE, this.#wasm),
      this.#downloads.model(name),
    ]);
    return { wasm, model };
  }

  close(): void {
    this.#downloads.cancel();
    this.#maker.close();
    this.#code.revoke();
  }
}

function missing({ webgl, renderer, simd }: Graphics): string | undefined {
  if (!webgl) {
    return `MediaPipe needs WebGL 2 even to calculate on the CPU, and there is none (${renderer}). Turn on hardware acceleration, or use a current browser with WebGL.`;
  }
  return simd ? undefined : `MediaPipe ${SIMD_ADVICE}`;
}
