import { PoseCoachError, reportUncaught, toPoseCoachError } from './base/index.ts';
import type { FrameImage } from './capture/captured-frame.ts';
import type {
  EstimatorEvent,
  EstimatorInfo,
  EstimatorOptions,
  PoseEstimator,
  PoseEstimatorFactory,
} from './inference/index.ts';

/**
 * How a change of engine gets on while the engine before goes on: the bytes of the new one (`total` is 0 while
 * unknown), or why the new one could not be had and the engine before stays.
 */
export type EngineSwitch =
  | { readonly loaded: number; readonly total: number }
  | { readonly error: PoseCoachError };

/** Who is told of the engine in use. */
export interface EngineWatch {
  /** The picture whose result comes out next: results come out in order, one at a time. */
  onPicture(image: FrameImage): void;
  /** An engine is in use from now on: the first, or one that took another's place. */
  onReady(info: EstimatorInfo): void;
  /** It came back after it had died, perhaps on another backend. */
  onRecovered(info: EstimatorInfo): void;
  onEvent(event: EstimatorEvent): void;
  /** How a change gets on; undefined when it was taken back. */
  onSwitch(change: EngineSwitch | undefined): void;
}

/**
 * An engine that can be exchanged for another while it runs. The new one is loaded beside it and takes its place
 * between two pictures, so that none is lost to the change.
 *
 * The stream is not told to begin anew: the world goes on as it was, and two engines put a joint a few pixels
 * apart, which filters bear as they bear noise. A new epoch would throw away half a repetition, a beat that took
 * seconds to find, and everybody's identity. The new engine itself knows nobody yet, and begins by detecting.
 */
export class ExchangeableEngine implements PoseEstimatorFactory {
  readonly #watch: EngineWatch;
  /** The one in use, and those that finish their last picture. */
  readonly #alive = new Set<PoseEstimator>();
  #factory: PoseEstimatorFactory;
  #failed: PoseEstimatorFactory | undefined;
  #engine: PoseEstimator | undefined;
  #loading: AbortController | undefined;
  #work: Promise<unknown> = Promise.resolve();

  constructor(factory: PoseEstimatorFactory, watch: EngineWatch) {
    this.#factory = factory;
    this.#watch = watch;
  }

  /** What made the engine in use. */
  get factory(): PoseEstimatorFactory {
    return this.#factory;
  }

  /** What made the engine that failed last: by the time that is heard of, another may be in use. */
  get failed(): PoseEstimatorFactory {
    return this.#failed ?? this.#factory;
  }

  async create(options: EstimatorOptions): Promise<PoseEstimator> {
    const first = await this.#factory.create(options);
    this.#alive.add(first);
    if (!options.signal.aborted) this.#use(first);
    return {
      info: first.info,
      // They go to the watch, whichever engine they come from.
      events: () => ({ dispose: () => undefined }),
      reset: () => this.#engine?.reset(),
      estimate: (image, timestamp) => this.#estimate(this.#engine ?? first, image, timestamp),
      dispose: () => this.#dispose(),
    };
  }

  /**
   * Loads another engine, which takes over when it is ready; one that is still loading is given up for it. The one
   * in use stays when it is asked for again.
   * @returns false if no engine is in use, so that nothing goes on while the other loads
   */
  exchange(factory: PoseEstimatorFactory): boolean {
    if (!this.#engine) return false;
    this.#loading?.abort();
    this.#loading = undefined;
    if (factory === this.#factory) {
      this.#watch.onSwitch(undefined);
      return true;
    }
    this.#loading = new AbortController();
    void this.#load(factory, this.#loading.signal);
    return true;
  }

  async #load(factory: PoseEstimatorFactory, signal: AbortSignal): Promise<void> {
    const tell = (change: EngineSwitch) => {
      if (!signal.aborted) this.#watch.onSwitch(change);
    };
    tell({ loaded: 0, total: 0 });
    try {
      const made = await factory.create({ signal, onProgress: (loaded, total) => tell({ loaded, total }) });
      const before = this.#engine;
      this.#alive.add(made);
      if (signal.aborted || !before) return this.#retire(made);
      // Aborting disposes an engine also after it was made: from here on this one is kept.
      this.#loading = undefined;
      this.#factory = factory;
      this.#use(made);
      void this.#work.then(() => this.#retire(before));
    } catch (error) {
      tell({ error: toPoseCoachError(error, 'ENGINE_FAILED', 'The new engine did not start.') });
    }
  }

  #use(engine: PoseEstimator): void {
    this.#engine = engine;
    engine.events((event) => {
      // What becomes of one that finishes its last picture matters to nobody.
      if (this.#engine !== engine) return;
      if (event.type === 'recovered') this.#watch.onRecovered(engine.info);
      this.#watch.onEvent(event);
    });
    this.#watch.onReady(engine.info);
  }

  async #estimate(engine: PoseEstimator, image: FrameImage, timestamp: number) {
    this.#watch.onPicture(image);
    const work = engine.estimate(image, timestamp);
    this.#work = work.catch(() => undefined);
    try {
      return await work;
    } catch (error) {
      if (this.#engine === engine) {
        this.#failed = this.#factory;
        throw error;
      }
      const message = 'The engine died of its last picture, after another had taken its place.';
      throw new PoseCoachError('ENGINE_CRASHED', message, { cause: error });
    }
  }

  #retire(engine: PoseEstimator): void {
    this.#alive.delete(engine);
    engine.dispose().catch(reportUncaught);
  }

  async #dispose(): Promise<void> {
    this.#loading?.abort();
    this.#engine = undefined;
    await Promise.all([...this.#alive].map((engine) => engine.dispose()));
  }
}
