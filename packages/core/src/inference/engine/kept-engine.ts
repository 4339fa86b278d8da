import { type Clock, PoseCoachError } from '../../base/index.ts';
import type { FrameImage } from '../../capture/index.ts';
import type { EstimatorEvent } from '../pose-estimator.ts';
import type { Found } from './engine.ts';
import type { RunningEngine } from './engine-source.ts';

/** Milliseconds before each try to bring a dead engine back; after the last, without one good result, it stays dead. */
const RETRY_DELAYS = [0, 500, 2000, 5000];

/** An engine that is made again when it dies: what its owner sees is the frame that was lost with it, and two events. */
export class KeptEngine {
  readonly #make: () => Promise<RunningEngine>;
  readonly #onEvent: (event: EstimatorEvent) => void;
  readonly #clock: Clock;
  #engine: Promise<RunningEngine>;
  #running: RunningEngine | undefined;
  #failures = 0;
  #disposed = false;
  #cancelDelay: () => void = () => undefined;

  private constructor(
    make: () => Promise<RunningEngine>,
    onEvent: (event: EstimatorEvent) => void,
    clock: Clock,
  ) {
    this.#make = make;
    this.#onEvent = onEvent;
    this.#clock = clock;
    this.#engine = this.#run();
  }

  /** Makes the first engine with `make`, which must give a started one; its failure is the caller's. */
  static async start(
    make: () => Promise<RunningEngine>,
    onEvent: (event: EstimatorEvent) => void,
    clock: Clock,
  ): Promise<KeptEngine> {
    const kept = new KeptEngine(make, onEvent, clock);
    await kept.#engine;
    return kept;
  }

  /**
   * Looks at one picture, which it owns; waits while the engine is being made again.
   * @throws PoseCoachError `FRAME_INVALID`, `ENGINE_CRASHED`, `ENGINE_FAILED`, `DISPOSED`
   */
  async detect(image: FrameImage, timestamp: number): Promise<Found> {
    let engine: RunningEngine;
    try {
      engine = await this.#engine;
      if (this.#disposed) throw disposed();
    } catch (error) {
      image.close();
      throw error;
    }
    const found = await engine.detect(image, timestamp);
    this.#failures = 0;
    return found;
  }

  /** Forgets whom it follows; one that is being made again has nothing to forget. */
  reset(): void {
    this.#running?.reset();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#cancelDelay();
    await this.#running?.stop();
  }

  async #run(): Promise<RunningEngine> {
    const engine = await this.#make();
    if (this.#disposed) {
      await engine.stop();
      throw disposed();
    }
    engine.onDied = (error) => this.#recover(error);
    this.#running = engine;
    return engine;
  }

  #recover(error: PoseCoachError): void {
    this.#running = undefined;
    if (this.#disposed) return;
    this.#onEvent({ type: 'recovering', error });
    this.#engine = this.#retry(error);
    // Whoever asks for a detection hears of a failure; nobody may ask before it happens.
    this.#engine.catch(() => undefined);
  }

  async #retry(lastError: unknown): Promise<RunningEngine> {
    const delay = RETRY_DELAYS[this.#failures];
    if (delay === undefined) {
      throw new PoseCoachError(
        'ENGINE_FAILED',
        `The engine died ${RETRY_DELAYS.length} times in a row and was given up. Reload the page, or choose another place to calculate ("delegate", "backend") or a smaller model.`,
        { cause: lastError },
      );
    }
    this.#failures += 1;
    await this.#wait(delay);
    if (this.#disposed) throw disposed();
    try {
      const engine = await this.#run();
      this.#onEvent({ type: 'recovered' });
      return engine;
    } catch (error) {
      if (this.#disposed) throw error;
      return this.#retry(error);
    }
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.delay(milliseconds, resolve);
      this.#cancelDelay = () => {
        cancel();
        resolve();
      };
    });
  }
}

function disposed(): PoseCoachError {
  return new PoseCoachError('DISPOSED', 'The engine was disposed.');
}
