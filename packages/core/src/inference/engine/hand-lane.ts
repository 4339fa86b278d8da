import { PoseCoachError } from '../../base/index.ts';
import { type FrameImage, RawImage } from '../../capture/index.ts';
import type { Found } from './engine.ts';
import type { HandPace } from './hand-pace.ts';
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
 * Looks for hands beside the body, in pictures that it copies when it has nothing else to do and its pace says so:
 * it never takes the body's place on the processor (or, on the page's own thread, before the body's frames).
 */
export class HandLane {
  readonly #engine: HandDetector;
  readonly #pace: HandPace;
  readonly #onFailed: (error: unknown) => void;
  #idle = true;
  #generation = 0;
  #newest: FoundHands | undefined;

  constructor(engine: HandDetector, pace: HandPace, onFailed: (error: unknown) => void) {
    this.#engine = engine;
    this.#pace = pace;
    this.#onFailed = onFailed;
  }

  get newest(): FoundHands | undefined {
    return this.#newest;
  }

  /** Whether a picture's result waits for the look at it. */
  get awaited(): boolean {
    return this.#pace.awaited;
  }

  /**
   * A copy of `image` to look at, if it is time to, and the lane's from then on; the image stays the caller's, and
   * is free again when a promise has resolved.
   * @param timestamp ms of the picture's media time
   */
  copy(image: FrameImage, timestamp: number): FrameImage | Promise<FrameImage | undefined> | undefined {
    if (!this.#idle || !this.#pace.isDue(timestamp)) return undefined;
    if (image instanceof RawImage) {
      return image.data && new RawImage(image.data.slice(), image.width, image.height);
    }
    if ('clone' in image) {
      // A closed frame has no copy; the body's engine refuses it, which is told there.
      return image.format === null && image.codedWidth === 0 ? undefined : image.clone();
    }
    return copyOfBitmap(image);
  }

  /** Forgets the hands, also those that are being looked for. */
  reset(): void {
    this.#generation += 1;
    this.#newest = undefined;
    this.#pace.reset();
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
    const ended = this.#pace.begin(timestamp);
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
    ended();
    this.#idle = true;
  }
}

/** What costs one picture, or happens because the lane was disposed. */
const LOSSES: ReadonlySet<string> = new Set(['FRAME_INVALID', 'ENGINE_CRASHED', 'DISPOSED']);

/** What has no copy, or is no bitmap at all (in Node there are none), the body's engine refuses, which is told there. */
async function copyOfBitmap(image: ImageBitmap): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(image);
  } catch {
    return undefined;
  }
}
