import { type Clock, PoseCoachError } from '../../base/index.ts';
import type { FrameImage } from '../../capture/index.ts';
import type { KeptEngine } from './kept-engine.ts';
import { HAND_LANDMARK_COUNT } from './landmark-counts.ts';
import { type Detection, unpackDetections } from './packed-landmarks.ts';

/** The newest hands, as the network found them. */
export interface FoundHands {
  /** Media time in ms of the picture they were found in. */
  readonly timestamp: number;
  readonly detections: readonly Detection[];
  /** Milliseconds it took to find them. */
  readonly duration: number;
}

/**
 * Looks for hands beside the body, in pictures that it copies when it has nothing else to do: at most `rate` times
 * per second, and busy at most the share `load` of the time, so that it never takes the body's place on the
 * processor (or, on the page's own thread, before the body's frames).
 */
export class HandLane {
  readonly #engine: KeptEngine;
  readonly #period: number;
  readonly #load: number;
  readonly #clock: Clock;
  readonly #onFailed: (error: unknown) => void;
  #idle = true;
  #due = 0;
  #generation = 0;
  #newest: FoundHands | undefined;

  constructor(
    engine: KeptEngine,
    pace: { readonly rate: number; readonly load: number; readonly clock: Clock },
    onFailed: (error: unknown) => void,
  ) {
    this.#engine = engine;
    this.#period = 1000 / pace.rate;
    this.#load = pace.load;
    this.#clock = pace.clock;
    this.#onFailed = onFailed;
  }

  get newest(): FoundHands | undefined {
    return this.#newest;
  }

  /** Takes a copy of `image` if it is time to; the image stays the caller's, and is free again when this resolves. */
  offer(image: FrameImage, timestamp: number): Promise<void> | undefined {
    if (!this.#idle || this.#clock.now() < this.#due) return undefined;
    this.#idle = false;
    if ('clone' in image) {
      void this.#look(image.clone(), timestamp);
      return undefined;
    }
    return createImageBitmap(image).then(
      (copy) => void this.#look(copy, timestamp),
      // A picture that cannot be copied is refused by the body's engine, which reports it.
      () => {
        this.#idle = true;
      },
    );
  }

  /** Forgets the hands, also those that are being looked for. */
  reset(): void {
    this.#generation += 1;
    this.#newest = undefined;
    this.#engine.reset();
  }

  dispose(): Promise<void> {
    this.#generation += 1;
    return this.#engine.dispose();
  }

  async #look(copy: FrameImage, timestamp: number): Promise<void> {
    const generation = this.#generation;
    const begun = this.#clock.now();
    try {
      const { packed, detect, resize } = await this.#engine.detect(copy, timestamp);
      if (generation === this.#generation) {
        const detections = unpackDetections(packed, HAND_LANDMARK_COUNT);
        this.#newest = { timestamp, detections, duration: detect + resize };
      }
    } catch (error) {
      const lost = error instanceof PoseCoachError && LOSSES.has(error.code);
      if (!lost) {
        // It stays off: `idle` is never true again.
        this.#newest = undefined;
        this.#onFailed(error);
        return;
      }
    }
    const ended = this.#clock.now();
    this.#due = Math.max(begun + this.#period, begun + (ended - begun) / this.#load);
    this.#idle = true;
  }
}

/** What costs one picture, or happens because the lane was disposed. */
const LOSSES: ReadonlySet<string> = new Set(['FRAME_INVALID', 'ENGINE_CRASHED', 'DISPOSED']);
