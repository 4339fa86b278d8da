import {
  catchError,
  concat,
  defer,
  finalize,
  ignoreElements,
  type MonoTypeOperatorFunction,
  type Observable,
  tap,
  throwError,
} from 'rxjs';
import { type PoseCoachError, reportUncaught, toPoseCoachError } from '../base/index.ts';
import type { RecordingMetadata } from '../codec/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import { type RecordingSink, type RecordingSummary, RecordingWriter } from './recording-writer.ts';

export interface RecordOptions {
  readonly metadata?: RecordingMetadata;
  /**
   * Told once when the sink fails; the stream then goes on unrecorded. Without it the stream errors with
   * `RECORDING_FAILED`.
   */
  onError?(error: PoseCoachError): void;
  /** Told when the recording is finished and stored. */
  onClosed?(summary: RecordingSummary): void;
}

/**
 * Records the frames that pass, and passes them on as they are. Put it before smoothing.
 *
 * ```ts
 * const chunks: Uint8Array<ArrayBuffer>[] = [];
 * coach.rawFrames.pipe(record((bytes) => void chunks.push(bytes), { metadata: { label: 'Morning' } })).subscribe();
 * // later: new Blob(chunks)
 * ```
 *
 * The recording ends with the stream: before the stream completes or errors when the source does, otherwise in
 * the background (see `onClosed`).
 */
export function record(
  sink: RecordingSink,
  options: RecordOptions = {},
): MonoTypeOperatorFunction<PoseFrame> {
  return (source) =>
    defer(() => {
      const taking = new Taking(sink, options);
      const closed = (): Observable<never> => defer(() => taking.close()).pipe(ignoreElements());
      return concat(
        source.pipe(
          tap((frame) => taking.append(frame)),
          catchError((error: unknown) =>
            concat(
              closed(),
              throwError(() => error),
            ),
          ),
        ),
        closed(),
      ).pipe(finalize(() => taking.leave()));
    });
}

/** One subscription's recording, and whom to tell when it fails. */
class Taking {
  readonly #writer: RecordingWriter;
  readonly #options: RecordOptions;
  #closing: Promise<void> | undefined;
  #failed = false;

  constructor(sink: RecordingSink, options: RecordOptions) {
    this.#writer = new RecordingWriter(sink, options.metadata);
    this.#options = options;
  }

  append(frame: PoseFrame): void {
    if (this.#failed) return;
    try {
      this.#writer.append(frame);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  /** For a subscriber that leaves: nobody is there any more to receive the stream's error. */
  leave(): void {
    if (this.#closing === undefined) this.close().catch(reportUncaught);
  }

  async #finish(): Promise<void> {
    try {
      const summary = await this.#writer.close();
      this.#options.onClosed?.(summary);
    } catch (thrown) {
      if (!this.#failed) this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.#failed = true;
    const error = toPoseCoachError(thrown, 'RECORDING_FAILED', 'The recording could not be stored.');
    if (!this.#options.onError) throw error;
    this.#options.onError(error);
  }
}
