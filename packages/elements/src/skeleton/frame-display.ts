import { type Clock, type CoachFrame, interpolate, type PoseFrame } from '@pose-coach/core';
import { map, type Observable, type Subscription } from 'rxjs';

export interface FrameDisplayOptions {
  readonly clock: Clock;
  /** Ms without a new frame until `show(undefined)`. */
  readonly staleAfter: number;
  /** Draws a frame, or nothing. Called at most once per repaint, and when there is nothing to show any more. */
  show(frame: PoseFrame | undefined): void;
}

/**
 * Brings a stream of results to the screen: interpolated while somebody looks, silent while nobody does, and empty
 * when the stream is stale or over. It stays subscribed while hidden, so that looking away stops nobody's camera.
 */
export class FrameDisplay {
  /** Whether anybody can see the canvas. */
  visible = false;
  readonly #subscription: Subscription;

  constructor(frames: Observable<CoachFrame | PoseFrame>, { clock, staleAfter, show }: FrameDisplayOptions) {
    const clear = () => show(undefined);
    this.#subscription = frames.pipe(map(poseFrame), interpolate({ clock, staleAfter })).subscribe({
      next: ({ frame, stale }) => {
        if (stale) clear();
        else if (this.visible) show(frame);
      },
      // An error is the owner's to tell; what is left to do here is the same as at the end.
      error: clear,
      complete: clear,
    });
  }

  dispose(): void {
    this.#subscription.unsubscribe();
  }
}

function poseFrame(value: CoachFrame | PoseFrame): PoseFrame {
  return 'frame' in value ? value.frame : value;
}
