import { type Clock, PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import { Engine } from './engine.ts';
import type { EngineSettings, Graphics } from './engine-messages.ts';
import type { EventBuffer } from './event-buffer.ts';
import type { Settings } from './options.ts';

export type Thread = 'worker' | 'main';

/** Files an engine is made of. */
export interface EngineFiles {
  readonly wasm: Blob;
  readonly model: Blob;
}

/** Decides once where engines run and on what, and makes them there, as often as they die. */
export class EngineMaker {
  readonly #codeUrl: string;
  readonly #settings: Settings;
  readonly #events: EventBuffer;
  readonly #clock: Clock;
  readonly #open = new Set<Engine>();
  #thread: Thread = 'worker';
  #delegate: 'CPU' | 'GPU' = 'CPU';
  #why = '';
  /** The engine that told what there is; the first to be made is made of it. */
  #spare: Engine | undefined;
  #closed = false;

  constructor(codeUrl: string, settings: Settings, events: EventBuffer, clock: Clock) {
    this.#codeUrl = codeUrl;
    this.#settings = settings;
    this.#events = events;
    this.#clock = clock;
  }

  get thread(): Thread {
    return this.#thread;
  }

  get delegate(): 'CPU' | 'GPU' {
    return this.#delegate;
  }

  /** Why engines are made on this delegate, in a sentence. */
  get why(): string {
    return this.#why;
  }

  /**
   * Finds a thread that can run the engine, and chooses the delegate by what draws there.
   * @throws PoseCoachError `ENGINE_UNSUPPORTED`
   */
  async decide(): Promise<void> {
    const { thread } = this.#settings;
    const first = thread === 'main' ? 'main' : 'worker';
    const graphics = await this.#try(first).catch((error: unknown) => {
      if (thread !== 'auto' || this.#closed) throw error;
      return this.#tryPage(toPoseCoachError(error, 'ENGINE_UNSUPPORTED', 'The worker did not start.'));
    });
    this.#chooseDelegate(graphics);
  }

  /**
   * A started engine with the given settings.
   * @throws PoseCoachError `ENGINE_CRASHED` when it does not start, `ENGINE_UNSUPPORTED`
   */
  async make(settings: Omit<EngineSettings, 'delegate'>, { wasm, model }: EngineFiles): Promise<Engine> {
    const engine = this.#takeSpare() ?? (await this.#openOn(this.#thread));
    try {
      await engine.start({ ...settings, delegate: this.#delegate }, wasm, model);
      return engine;
    } catch (error) {
      void this.release(engine);
      if (this.#delegate === 'CPU' || this.#closed) throw error;
      this.#delegate = 'CPU';
      this.#why = 'CPU, because the engine did not start on the GPU.';
      this.#events.degraded(toPoseCoachError(error, 'ENGINE_FAILED', this.#why));
      return this.make(settings, { wasm, model });
    }
  }

  /** Stops an engine that was made here. */
  release(engine: Engine): Promise<void> {
    this.#open.delete(engine);
    return engine.stop();
  }

  /** Stops all engines and makes no more. */
  close(): void {
    this.#closed = true;
    for (const engine of this.#open) void this.release(engine);
  }

  async #tryPage(failure: PoseCoachError): Promise<Graphics> {
    const graphics = await this.#try('main');
    const error = new PoseCoachError(
      'ENGINE_UNSUPPORTED',
      `The engine runs on the page itself, which stands still for every picture: ${failure.message} Use a current browser, or set "workerUrl" where a content security policy forbids workers from blobs.`,
      { cause: failure },
    );
    this.#events.degraded(error);
    return graphics;
  }

  /** Opens an engine on `thread` and keeps it if it has what MediaPipe needs. */
  async #try(thread: Thread): Promise<Graphics> {
    const engine = await this.#openOn(thread).catch((error: unknown) => {
      throw toUnsupported(error);
    });
    const { graphics } = engine;
    const missing = !graphics.webgl
      ? `MediaPipe needs WebGL 2 even to calculate on the CPU, and there is none (${graphics.renderer}). Turn on hardware acceleration, or use a current browser with WebGL.`
      : !graphics.simd
        ? 'MediaPipe needs WebAssembly SIMD, which this browser lacks. Use Chrome 91, Firefox 89, Safari 16.4 or later.'
        : undefined;
    if (missing) {
      void this.release(engine);
      throw new PoseCoachError('ENGINE_UNSUPPORTED', missing);
    }
    this.#thread = thread;
    this.#spare = engine;
    return graphics;
  }

  async #openOn(thread: Thread): Promise<Engine> {
    for (const engine of this.#open) if (engine.ended) this.#open.delete(engine);
    const engine = new Engine(this.#clock);
    this.#open.add(engine);
    try {
      if (this.#closed) throw new PoseCoachError('DISPOSED', 'The engine was disposed.');
      await engine.open(this.#codeUrl, thread);
      return engine;
    } catch (error) {
      void this.release(engine);
      throw error;
    }
  }

  #takeSpare(): Engine | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare;
  }

  #chooseDelegate({ accelerated, renderer }: Graphics): void {
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
}

function toUnsupported(error: unknown): PoseCoachError {
  if (error instanceof PoseCoachError && error.code !== 'ENGINE_CRASHED') return error;
  const message = error instanceof Error ? error.message : String(error);
  return new PoseCoachError('ENGINE_UNSUPPORTED', `No module worker could be started here. ${message}`, {
    cause: error,
  });
}
