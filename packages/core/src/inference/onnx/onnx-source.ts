import { toPoseCoachError } from '../../base/index.ts';
import {
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
} from '../engine/index.ts';
import type { Thread } from '../engine-options.ts';
import type { EstimatorInfo } from '../pose-estimator.ts';
import type { BrowserSettings } from './landmarker.ts';
import type { OnnxSettings } from './options.ts';
import { choosePlan, missingFor, nextPlan, type Plan, threadsFor } from './plan.ts';
import { describeModel, networksOf } from './start-tracking.ts';
import type { Surroundings } from './surroundings.ts';

/** ONNX Runtime's files for each backend, below the `assets` address. */
const RUNTIME = {
  wasm: 'wasm/ort-wasm-simd-threaded',
  webgpu: 'wasm/ort-wasm-simd-threaded.asyncify',
} as const;

/** What this package knows of ONNX Runtime's files. */
export type RuntimeSums = Readonly<
  Record<Plan['backend'], { readonly glue: FileSum; readonly wasm: FileSum }>
>;

/** The ONNX engines of one estimator in a browser: the files, the thread and the backend. */
export class OnnxSource implements EngineSource {
  readonly #settings: OnnxSettings;
  readonly #runtime: RuntimeSums;
  readonly #wishes: EngineWishes;
  readonly #code: EngineCode;
  readonly #maker: EngineMaker<BrowserSettings, Surroundings>;
  readonly #downloads: EngineDownloads;
  #plan: Plan = { backend: 'wasm', threads: 1, why: '' };
  #withoutWebgpu: Plan = this.#plan;

  constructor(
    settings: OnnxSettings,
    worker: { source: string; runtime: RuntimeSums },
    wishes: EngineWishes,
  ) {
    this.#settings = settings;
    this.#runtime = worker.runtime;
    this.#wishes = wishes;
    this.#code = engineCode(worker.source, 'onnx-worker.js', settings.workerUrl);
    const { events, clock } = wishes;
    const { thread } = settings;
    this.#maker = new EngineMaker({ code: this.#code, thread, missing: missingFor, events, clock });
    this.#downloads = new EngineDownloads(settings.assets, wishes.onProgress);
    // What will be needed begins to load; whoever makes an engine hears of failures.
    this.#models('body').catch(() => undefined);
    if (settings.handRate > 0) this.#models('hands').catch(() => undefined);
  }

  get thread(): Thread {
    return this.#maker.thread;
  }

  get info(): EstimatorInfo {
    const { backend, why } = this.#plan;
    return { engine: 'onnx', ...describeModel(this.#settings.model), backend, why };
  }

  /** Finds a thread that can run the engine, and chooses the backend by what there is. */
  async decide(): Promise<void> {
    const surroundings = await this.#maker.decide();
    const choose = (backend: OnnxSettings['backend']) =>
      choosePlan({ ...this.#settings, backend }, surroundings, this.thread, this.#isShareable());
    this.#plan = choose(this.#settings.backend);
    this.#withoutWebgpu = choose('wasm');
    this.#runtimeFiles().catch(() => undefined);
  }

  async make(settings: EngineSettings): Promise<RunningEngine> {
    const plan = this.#plan;
    const [runtime, models] = await Promise.all([this.#runtimeFiles(), this.#models(settings.task)]);
    const { backend } = plan;
    const threads = threadsFor(plan, settings.task);
    const { model } = this.#settings;
    const glueUrl = this.#glueUrl(backend);
    try {
      return await this.#maker.make(
        { ...settings, model, backend, threads, glueUrl },
        { ...runtime, ...models },
      );
    } catch (error) {
      if (this.#maker.closed) throw error;
      // The other engine may have found it out before.
      if (this.#plan === plan) this.#giveUp(plan, error);
      return this.make(settings);
    }
  }

  close(): void {
    this.#downloads.cancel();
    this.#maker.close();
    this.#code.revoke();
  }

  /** Goes on to the next best plan. @throws `error` when there is none */
  #giveUp(plan: Plan, error: unknown): void {
    const next = nextPlan(plan, this.#withoutWebgpu);
    if (!next) throw error;
    this.#plan = next;
    this.#wishes.events.degraded(toPoseCoachError(error, 'ENGINE_FAILED', next.why));
  }

  async #runtimeFiles(): Promise<EngineFiles> {
    const { backend } = this.#plan;
    const { glue, wasm } = this.#runtime[backend];
    const path = RUNTIME[backend];
    const binary = this.#downloads.file(`${path}.wasm`, wasm);
    if (this.#glueUrl(backend) !== null) return { wasm: await binary };
    const [script, loaded] = await Promise.all([this.#downloads.file(`${path}.mjs`, glue), binary]);
    return { glue: script, wasm: loaded };
  }

  async #models(task: EngineSettings['task']): Promise<EngineFiles> {
    const loading = networksOf({ task, model: this.#settings.model }).map(
      async ({ file }) => [file, await this.#downloads.model(file)] as const,
    );
    return Object.fromEntries(await Promise.all(loading));
  }

  /** Where pages may not load from blobs, the runtime's script is loaded by its address. */
  #glueUrl(backend: Plan['backend']): string | null {
    return this.#settings.workerUrl === undefined
      ? null
      : this.#downloads.url(`${RUNTIME[backend]}.mjs`).href;
  }

  /** Workers are started from the page's own origin only, or from blobs. */
  #isShareable(): boolean {
    const { workerUrl } = this.#settings;
    return workerUrl === undefined || this.#downloads.url('').origin === globalThis.location.origin;
  }
}
