/**
 * One time that a source is open, from its request to the next one or to a pause: what it gave, and what became of
 * that. Frames are numbered from 1, those that the source skipped included.
 */
export class SourceRun {
  status: 'open' | 'ended' | 'failed' = 'open';
  #given = 0;
  #awaited = 0;
  #finished = 0;
  #answered = 0;

  /** Counts a frame that the source gave and that goes to the engine, and returns its number. */
  give(skipped: number): number {
    this.leaveOut(skipped);
    this.#awaited = this.#given;
    return this.#given;
  }

  /** Counts a frame that the source gave and that nobody looks at. */
  leaveOut(skipped: number): void {
    this.#given += skipped + 1;
  }

  /** Notes the result of a frame, and returns how many were left out since the one before. */
  answer(number: number): number {
    const leftOut = number - this.#answered - 1;
    this.#answered = number;
    this.#finished = number;
    return leftOut;
  }

  /** Notes that a frame went into the engine and came to nothing. */
  lose(number: number): void {
    this.#finished = number;
  }

  /** Notes that the engine was given up with whatever it had. */
  loseAll(): void {
    this.#finished = this.#awaited;
  }

  /** Nothing that the source gave is still on its way. */
  get settled(): boolean {
    return this.#finished === this.#awaited;
  }

  /** The source has come to its end, and the last of its frames to its own. */
  get over(): boolean {
    return this.status === 'ended' && this.settled;
  }

  get hasAnswers(): boolean {
    return this.#answered > 0;
  }
}

/** Whose frame a picture is, and its number there. */
export interface FrameOrigin {
  readonly run: SourceRun;
  readonly number: number;
}
