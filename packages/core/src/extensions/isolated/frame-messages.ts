/*
 * What the page and the frame that holds its extensions' workers say to each other. The frame starts workers and
 * ends them, and says which of them threw; extensions talk to the page on channels of their own.
 */

/** What the page posts first, to the frame's window, with the port for everything else. */
export interface FrameGreeting {
  readonly poseCoach: 'extensions';
  /** The worker's script. */
  readonly worker: string;
}

/** Comes with the worker's port. */
export interface StartWorker {
  readonly kind: 'start';
  readonly id: number;
  readonly name: string;
  /** Whether it gets a canvas that fills the frame, to paint on. */
  readonly canvas: boolean;
}

export type ToFrame =
  | StartWorker
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'ping'; readonly id: number };

export type FromFrame =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pong'; readonly id: number }
  /** A worker could not be started, or threw where nobody catches it. */
  | { readonly kind: 'error'; readonly id: number; readonly message: string };
