import { PoseCoachError } from '../base/index.ts';
import { refuse } from './byte-reader.ts';
import { encodeChunk } from './chunk.ts';
import { asUint8Array, type Bytes, type Decoded, decoding } from './decoded.ts';

/**
 * The first eight bytes of a recording. As in PNG, a byte above 127 and a line feed show at once when something
 * on the way treated the file as text.
 */
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4f, 0x53, 0x45, 0x53, 0x0a);

/** The version of the recording form this code writes and reads; the byte after the signature. */
export const RECORDING_VERSION = 1;

/** Where the first chunk begins. */
export const RECORDING_PREAMBLE_BYTES = SIGNATURE.length + 1;

/** Metadata is a label and a few names; a megabyte of it is somebody else's file. */
const LARGEST_METADATA_BYTES = 65_536;

/** What a recording says of itself. */
export interface RecordingMetadata {
  /** What it shows, in words for people: a player puts them under it. */
  readonly label?: string;
  /** The engine and model that found the poses: `mediapipe`, `full`. */
  readonly engine?: string;
  readonly model?: string;
  /** When it was made: an ISO 8601 date and time. */
  readonly created?: string;
  /** Under which licence it may be passed on: an SPDX identifier, or words. */
  readonly licence?: string;
  /** Where the pictures came from: a file's name, an author. */
  readonly source?: string;
}

const METADATA_KEYS = [
  'label',
  'engine',
  'model',
  'created',
  'licence',
  'source',
] as const satisfies readonly (keyof RecordingMetadata)[];

/**
 * The bytes a recording begins with: signature, version and a chunk with the metadata as JSON.
 * @throws PoseCoachError `OPTION_INVALID` when the metadata is longer than 64 KiB
 */
export function encodeRecordingHeader(metadata: RecordingMetadata): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(metadata));
  if (json.length > LARGEST_METADATA_BYTES) {
    throw new PoseCoachError(
      'OPTION_INVALID',
      `The recording's metadata has ${json.length} bytes; shorten it to ${LARGEST_METADATA_BYTES}.`,
    );
  }
  const chunk = encodeChunk('metadata', json);
  const header = new Uint8Array(RECORDING_PREAMBLE_BYTES + chunk.length);
  header.set(SIGNATURE);
  header[SIGNATURE.length] = RECORDING_VERSION;
  header.set(chunk, RECORDING_PREAMBLE_BYTES);
  return header;
}

/** The chunk a recording ends with when it was finished and not cut off. */
export function encodeRecordingEnd(): Uint8Array<ArrayBuffer> {
  return encodeChunk('end', new Uint8Array(0));
}

/**
 * Looks at the first eight bytes of what may be a recording.
 * @param name the file's name, for the message
 * @returns where its first chunk begins, or `BYTES_INVALID` / `VERSION_UNSUPPORTED`
 */
export function decodeRecordingPreamble(bytes: Bytes, name = 'This file'): Decoded<number> {
  return decoding(name, () => {
    const view = asUint8Array(bytes);
    if (view.length === 0) refuse('it is empty, where a Pose Coach recording was expected.');
    const known = view.subarray(0, SIGNATURE.length).every((byte, index) => byte === SIGNATURE[index]);
    if (!known) refuse('it is not a Pose Coach recording: those begin with the bytes 89 “POSES”.');
    const version = view[SIGNATURE.length];
    if (version === undefined) refuse('it ends in the middle of its first eight bytes.');
    if (version !== RECORDING_VERSION) {
      throw new PoseCoachError(
        'VERSION_UNSUPPORTED',
        `it has version ${version} of the format, and this program reads version ${RECORDING_VERSION}: update the program.`,
      );
    }
    return RECORDING_PREAMBLE_BYTES;
  });
}

/**
 * Reads the payload of a metadata chunk: the fields it knows, as strings; others are left out.
 * @returns the metadata, or `BYTES_INVALID`
 */
export function decodeRecordingMetadata(payload: Uint8Array): Decoded<RecordingMetadata> {
  return decoding('The metadata of this recording', () => {
    if (payload.length > LARGEST_METADATA_BYTES) refuse('it is longer than 64 KiB.');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) refuse('it is not a JSON object.');
    const fields = new Map<string, unknown>(Object.entries(parsed));
    return Object.fromEntries(
      METADATA_KEYS.flatMap((key) => {
        const value = fields.get(key);
        return typeof value === 'string' ? [[key, value] as const] : [];
      }),
    );
  });
}
