import { type Clock, PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import type { Thread } from '../engine-options.ts';
import { Engine } from './engine.ts';
import type { EngineCode } from './engine-code.ts';
import { linkOnThisThread, linkToWorker } from './engine-link.ts';
import type { EngineFiles, EngineSettings } from './engine-messages.ts';
import type { EventBuffer } from './event-buffer.ts';

/** Decides once on which thread engines run, and makes them there, as often as they die. */
export class EngineMaker<Settings extends EngineSettings, Surroundings> {
  readonly #code: EngineCode;
  readonly #wanted: 'auto' | Thread;
  readonly #missing: (surroundings: Surroundings) => string | undefined;
  readonly #events: EventBuffer;
  readonly #clock: Clock;
  readonly #open = new Set<Engine<Settings, Surroundings>>();
  #thread: Thread = 'worker';
  /** The engine that told what there is; the first to be made is made of it. */
  #spare: Engine<Settings, Surroundings> | undefined;
  #closed = false;

  constructor(parts: {
    readonly code: EngineCode;
    readonly thread: 'auto' | Thread;
    /** What the engine needs and a thread lacks, with advice; undefined when it can run there. */
    readonly missing: (surroundings: Surroundings) => string | undefined;
    readonly events: EventBuffer;
    readonly clock: Clock;
  }) {
    this.#code = parts.code;
    this.#wanted = parts.thread;
    this.#missing = parts.missing;
    this.#events = parts.events;
    this.#clock = parts.clock;
  }

  get thread(): Thread {
    return this.#thread;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Finds a thread that can run the engine.
   * @returns what there is to calculate with on it
   * @throws PoseCoachError `ENGINE_UNSUPPORTED`
   */
  decide(): Promise<Surroundings> {
    const first = this.#wanted === 'main' ? 'main' : 'worker';
    return this.#try(first).catch((error: unknown) => {
      if (this.#wanted !== 'auto' || this.#closed) throw error;
      return this.#tryPage(toPoseCoachError(error, 'ENGINE_UNSUPPORTED', 'The worker did not start.'));
    });
  }

  /**
   * A started engine with the given settings.
   * @throws PoseCoachError `ENGINE_CRASHED` when it does not start, `ENGINE_UNSUPPORTED`
   */
  async make(settings: Settings, files: EngineFiles): Promise<Engine<Settings, Surroundings>> {
    const engine = this.#takeSpare() ?? (await this.#openOn(this.#thread)).engine;
    try {
      await engine.start(settings, files);
      return engine;
    } catch (error) {
      void this.#release(engine);
      throw error;
    }
  }

  /** Stops all engines and makes no more. */
  close(): void {
    this.#closed = true;
    for (const engine of this.#open) void this.#release(engine);
  }

  #release(engine: Engine<Settings, Surroundings>): Promise<void> {
    this.#open.delete(engine);
    return engine.stop();
  }

  async #tryPage(failure: PoseCoachError): Promise<Surroundings> {
    const surroundings = await this.#try('main');
    const error = new PoseCoachError(
      'ENGINE_UNSUPPORTED',
      `The engine runs on the page itself, which stands still for every picture: ${failure.message} Use a current browser, or set "workerUrl" where a content security policy forbids workers from blobs.`,
      { cause: failure },
    );
    this.#events.degraded(error);
    return surroundings;
  }

  /** Opens an engine on `thread` and keeps it if it has what it needs there. */
  async #try(thread: Thread): Promise<Surroundings> {
    const { engine, surroundings } = await this.#openOn(thread).catch((error: unknown) => {
      throw toUnsupported(error);
    });
    const missing = this.#missing(surroundings);
    if (missing) {
      void this.#release(engine);
      throw new PoseCoachError('ENGINE_UNSUPPORTED', missing);
    }
    this.#thread = thread;
    this.#spare = engine;
    return surroundings;
  }

  async #openOn(thread: Thread) {
    for (const engine of this.#open) if (engine.ended) this.#open.delete(engine);
    const engine = new Engine<Settings, Surroundings>(this.#clock);
    this.#open.add(engine);
    try {
      if (this.#closed) throw new PoseCoachError('DISPOSED', 'The engine was disposed.');
      const link = thread === 'worker' ? linkToWorker : linkOnThisThread;
      return { engine, surroundings: await engine.open((listener) => link(this.#code, listener)) };
    } catch (error) {
      void this.#release(engine);
      throw error;
    }
  }

  #takeSpare(): Engine<Settings, Surroundings> | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare;
  }
}

function toUnsupported(error: unknown): PoseCoachError {
  if (error instanceof PoseCoachError && error.code !== 'ENGINE_CRASHED') return error;
  const message = error instanceof Error ? error.message : String(error);
  return new PoseCoachError('ENGINE_UNSUPPORTED', `No module worker could be started here. ${message}`, {
    cause: error,
  });
}
