import { PoseCoachError, toPoseCoachError } from '../base/index.ts';
import {
  encodeRecordingEnd,
  encodeRecordingFrame,
  encodeRecordingHeader,
  type RecordingMetadata,
} from '../codec/index.ts';
import type { PoseFrame } from '../pose/index.ts';

/**
 * Where a recording's bytes go: a file, a database, an array. It is given them in order, and never the next ones
 * before the promise of the last is fulfilled.
 */
export type RecordingSink = (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>;

export interface RecordingSummary {
  readonly frames: number;
  /** Frames that had a number which is not finite, or too many of something: they are not in the recording. */
  readonly refused: number;
  /** Bytes given to the sink. */
  readonly bytes: number;
}

/** Milliseconds. What a killed process may lose: the last second and no more (DESIGN.md 9). */
const FLUSH_INTERVAL = 1000;

/** Bytes. A crowd fills memory sooner than a second passes; this is about a second of fifteen people. */
const FLUSH_BYTES = 512 * 1024;

/**
 * Writes a recording as its frames come. Its header goes to the sink at once, frames at least once per second,
 * so that a process that is killed leaves a file which `readRecording` reads up to its last second. It reads no
 * clock: a second has passed when a frame's timestamp or capture time says so.
 */
export class RecordingWriter {
  readonly #sink: RecordingSink;
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #waitingBytes = 0;
  #firstWaiting: PoseFrame | undefined;
  #tail: Promise<void> = Promise.resolve();
  #failure: PoseCoachError | undefined;
  #closed: Promise<RecordingSummary> | undefined;
  #frames = 0;
  #refused = 0;
  #bytes = 0;

  /** @throws PoseCoachError `OPTION_INVALID` when the metadata is longer than 64 KiB */
  constructor(sink: RecordingSink, metadata: RecordingMetadata = {}) {
    this.#sink = sink;
    this.#push(encodeRecordingHeader(metadata));
    this.#send();
  }

  /**
   * Adds a frame.
   * @returns false when the frame has a number that is not finite: it is left out and counted
   * @throws PoseCoachError `RECORDING_FAILED` once the sink has failed, `DISPOSED` after `close`
   */
  append(frame: PoseFrame): boolean {
    if (this.#failure) throw this.#failure;
    if (this.#closed) throw new PoseCoachError('DISPOSED', 'This recording is closed: begin another one.');
    const chunk = this.#encode(frame);
    if (chunk === undefined) return false;
    if (this.#firstWaiting !== undefined && secondApart(this.#firstWaiting, frame)) this.#send();
    this.#firstWaiting ??= frame;
    this.#push(chunk);
    this.#frames += 1;
    if (this.#waitingBytes >= FLUSH_BYTES) this.#send();
    return true;
  }

  /**
   * Hands everything to the sink and resolves when the sink has it.
   * @throws PoseCoachError `RECORDING_FAILED`
   */
  async flush(): Promise<void> {
    this.#send();
    await this.#tail;
    if (this.#failure) throw this.#failure;
  }

  /**
   * Ends the recording and resolves when the sink has all of it; calling it twice does nothing.
   * @throws PoseCoachError `RECORDING_FAILED`
   */
  close(): Promise<RecordingSummary> {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  async #finish(): Promise<RecordingSummary> {
    this.#push(encodeRecordingEnd());
    await this.flush();
    return { frames: this.#frames, refused: this.#refused, bytes: this.#bytes };
  }

  #encode(frame: PoseFrame): Uint8Array<ArrayBuffer> | undefined {
    try {
      return encodeRecordingFrame(frame);
    } catch (thrown) {
      if (!(thrown instanceof PoseCoachError && thrown.code === 'FRAME_INVALID')) throw thrown;
      this.#refused += 1;
      return undefined;
    }
  }

  #push(chunk: Uint8Array<ArrayBuffer>): void {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
  }

  /** Queues what is waiting behind what the sink is still busy with. */
  #send(): void {
    if (this.#waitingBytes === 0) return;
    const bytes = joined(this.#waiting, this.#waitingBytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#firstWaiting = undefined;
    this.#tail = this.#tail.then(() => this.#write(bytes));
  }

  /** After a failure nothing more is written: bytes behind a gap would be read as damage. */
  async #write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#failure) return;
    try {
      await this.#sink(bytes);
      this.#bytes += bytes.length;
    } catch (thrown) {
      this.#failure = toPoseCoachError(
        thrown,
        'RECORDING_FAILED',
        `The recording could not be stored after ${this.#bytes} bytes (${thrown instanceof Error ? thrown.message : String(thrown)}). What was stored until then can be read; make room and record again.`,
      );
    }
  }
}

function secondApart(first: PoseFrame, frame: PoseFrame): boolean {
  return (
    Math.abs(frame.timestamp - first.timestamp) >= FLUSH_INTERVAL ||
    Math.abs(frame.timings.capturedAt - first.timings.capturedAt) >= FLUSH_INTERVAL
  );
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
