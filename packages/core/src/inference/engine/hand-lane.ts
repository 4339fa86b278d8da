import { type Clock, PoseCoachError } from '../../base/index.ts';
import type { FrameImage } from '../../capture/index.ts';
import type { Found } from './engine.ts';
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

/** What finds the hands: an engine that is kept alive. */
export interface HandDetector {
  detect(image: FrameImage, timestamp: number): Promise<Pick<Found, 'packed' | 'resize' | 'detect'>>;
  reset(): void;
  dispose(): Promise<void>;
}

/**
 * Looks for hands beside the body, in pictures that it copies when it has nothing else to do: at most `rate` times
 * per second, and busy at most the share `load` of the time, so that it never takes the body's place on the
 * processor (or, on the page's own thread, before the body's frames).
 */
export class HandLane {
  readonly #engine: HandDetector;
  readonly #period: number;
  readonly #load: number;
  readonly #clock: Clock;
  readonly #onFailed: (error: unknown) => void;
  #idle = true;
  #due = 0;
  #generation = 0;
  #newest: FoundHands | undefined;

  constructor(
    engine: HandDetector,
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

  /**
   * A copy of `image` to look at, if it is time to, and the lane's from then on; the image stays the caller's, and
   * is free again when a promise has resolved.
   */
  copy(image: FrameImage): FrameImage | Promise<FrameImage | undefined> | undefined {
    if (!this.#idle || this.#clock.now() < this.#due) return undefined;
    if ('clone' in image) {
      // A closed frame has no copy; the body's engine refuses it, which is told there.
      return image.format === null && image.codedWidth === 0 ? undefined : image.clone();
    }
    return createImageBitmap(image).catch(() => undefined);
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

  /** Looks for hands in a picture from `copy`, and closes it. */
  async look(copy: FrameImage, timestamp: number): Promise<void> {
    this.#idle = false;
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
