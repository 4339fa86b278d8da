import type { CapturedFrame } from '../capture/index.ts';

/** Frames for tests that need no pixels: each counts how often it was closed. */
export class FakeFrames {
  readonly #closings: number[] = [];

  /** A frame of 640×480 at `timestamp` ms. */
  make(
    timestamp: number,
    { epoch = 1, skipped = 0 }: { epoch?: number; skipped?: number } = {},
  ): CapturedFrame {
    const index = this.#closings.push(0) - 1;
    const image = {
      width: 640,
      height: 480,
      close: () => {
        this.#closings[index] = (this.#closings[index] ?? 0) + 1;
      },
    };
    return { image, timestamp, epoch, width: 640, height: 480, capturedAt: 1000 + timestamp, skipped };
  }

  /** How often each frame was closed, in the order they were made. */
  get closings(): readonly number[] {
    return this.#closings;
  }
}
