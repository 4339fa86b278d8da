import {
  type Bytes,
  type Decoded,
  decodeRecordingFrame,
  decodeRecordingMetadata,
  decodeRecordingPreamble,
  type RecordingMetadata,
  readChunk,
} from '../codec/index.ts';
import type { PoseFrame } from '../pose/index.ts';

/** A recording in memory. */
export interface Recording {
  readonly metadata: RecordingMetadata;
  /** Before smoothing, exactly as they were recorded. */
  readonly frames: readonly PoseFrame[];
  /** False when the writer never finished (its process was killed), or something is missing since. */
  readonly complete: boolean;
  readonly lost: RecordingLoss;
}

/** What of a recording could not be read. */
export interface RecordingLoss {
  /** Pieces, mostly frames, that are there but damaged. */
  readonly damaged: number;
  /** Bytes at the end that are no whole frame, or stand behind the recording's end. */
  readonly bytes: number;
}

export interface ReadRecordingOptions {
  /** The file's name, for error messages. */
  readonly name?: string;
}

/**
 * Reads a recording: all of it, or of one that was cut off or damaged what is whole; `lost` says what is missing.
 * A damaged frame is left out; where it is the length of one that is damaged, reading ends there. It holds all frames in memory, about 10 kB each: it is meant for minutes, not for days.
 *
 * @returns the recording, or `BYTES_INVALID` (not a recording) / `VERSION_UNSUPPORTED`
 */
export function readRecording(file: Bytes, options: ReadRecordingOptions = {}): Decoded<Recording> {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  const preamble = decodeRecordingPreamble(bytes, options.name);
  if (!preamble.ok) return preamble;
  let metadata: RecordingMetadata = {};
  const frames: PoseFrame[] = [];
  let damaged = 0;
  let ended = false;
  let offset = preamble.value;
  while (!ended) {
    const chunk = readChunk(bytes, offset);
    if (chunk.status === 'truncated') break;
    offset = chunk.next;
    if (chunk.status === 'damaged') {
      damaged += 1;
    } else if (chunk.kind === 'end') {
      ended = true;
    } else if (chunk.kind === 'frame') {
      const frame = decodeRecordingFrame(chunk.payload);
      if (frame.ok) frames.push(frame.value);
      else damaged += 1;
    } else if (chunk.kind === 'metadata') {
      const decoded = decodeRecordingMetadata(chunk.payload);
      if (decoded.ok) metadata = decoded.value;
      else damaged += 1;
    }
  }
  const lost = { damaged, bytes: bytes.length - offset };
  return {
    ok: true,
    value: { metadata, frames, complete: ended && lost.damaged === 0 && lost.bytes === 0, lost },
  };
}
