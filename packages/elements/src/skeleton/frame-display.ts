import { type Clock, type CoachFrame, interpolate, type PoseFrame } from '@pose-coach/core';
import { map, type Observable, Subject, type Subscription } from 'rxjs';

export interface FrameDisplayOptions {
  readonly clock: Clock;
  /** Ms without a new frame until `show(undefined)`. */
  readonly staleAfter: number;
  /** Draws a frame, or nothing. Called at most once per repaint. */
  show(frame: PoseFrame | undefined): void;
}

/**
 * Brings a stream of results to the screen: interpolated while somebody looks, silent while nobody does, and empty
 * when the stream is stale. It stays subscribed while hidden, so that looking away stops nobody's camera.
 */
export class FrameDisplay {
  readonly #options: FrameDisplayOptions;
  readonly #results = new Subject<PoseFrame>();
  readonly #source: Subscription;
  #display: Subscription | undefined;
  #cancelStale: (() => void) | undefined;

  constructor(frames: Observable<CoachFrame | PoseFrame>, options: FrameDisplayOptions) {
    this.#options = options;
    this.#source = frames.pipe(map(poseFrame)).subscribe({
      next: (frame) => {
        this.#cancelStale?.();
        this.#cancelStale = options.clock.delay(options.staleAfter, () => options.show(undefined));
        this.#results.next(frame);
      },
      // An error is the owner's to tell; what is left to do here is the same as at the end.
      error: () => this.#end(),
      complete: () => this.#end(),
    });
  }

  /** Whether anybody can see the canvas. */
  set visible(visible: boolean) {
    if (!visible) {
      this.#display?.unsubscribe();
      this.#display = undefined;
      return;
    }
    this.#display ??= this.#results
      .pipe(interpolate({ clock: this.#options.clock }))
      .subscribe((shown) => this.#options.show(shown.frame));
  }

  dispose(): void {
    this.#source.unsubscribe();
    this.#display?.unsubscribe();
    this.#cancelStale?.();
    this.#results.complete();
  }

  #end(): void {
    this.#cancelStale?.();
    this.#options.show(undefined);
  }
}

function poseFrame(value: CoachFrame | PoseFrame): PoseFrame {
  return 'frame' in value ? value.frame : value;
}
