import { crc32 } from './crc32.ts';

/*
 * A recording is a signature and then chunks, each of which can be read, checked and skipped on its own:
 *
 *   u32  length of the payload
 *   u8   kind
 *        payload
 *   u32  CRC-32 of kind and payload
 *
 * Everything is little-endian.
 */
const LENGTH_BYTES = 4;
const KIND_BYTES = 1;
const CHECKSUM_BYTES = 4;

/** Bytes a chunk has besides its payload. */
export const CHUNK_OVERHEAD_BYTES = LENGTH_BYTES + KIND_BYTES + CHECKSUM_BYTES;

/** What a chunk holds. Readers skip kinds they do not know, so that later versions can add some. */
export type ChunkKind = 'metadata' | 'frame' | 'end' | 'unknown';

const KIND_NUMBERS: Readonly<Record<Exclude<ChunkKind, 'unknown'>, number>> = {
  metadata: 1,
  frame: 2,
  end: 3,
};

function kindOf(number: number): ChunkKind {
  switch (number) {
    case KIND_NUMBERS.metadata:
      return 'metadata';
    case KIND_NUMBERS.frame:
      return 'frame';
    case KIND_NUMBERS.end:
      return 'end';
    default:
      return 'unknown';
  }
}

/** What stands at one place of a recording. */
export type ChunkReading =
  /** A whole chunk; `payload` is a view into the recording's bytes. */
  | {
      readonly status: 'whole';
      readonly kind: ChunkKind;
      readonly payload: Uint8Array;
      readonly next: number;
    }
  /** All its bytes are there, but not as they were written. */
  | { readonly status: 'damaged'; readonly next: number }
  /** The bytes end before the chunk does. */
  | { readonly status: 'truncated' };

export function encodeChunk(
  kind: Exclude<ChunkKind, 'unknown'>,
  payload: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(CHUNK_OVERHEAD_BYTES + payload.length);
  const view = new DataView(chunk.buffer);
  const checked = chunk.subarray(LENGTH_BYTES, LENGTH_BYTES + KIND_BYTES + payload.length);
  view.setUint32(0, payload.length, true);
  checked[0] = KIND_NUMBERS[kind];
  checked.set(payload, KIND_BYTES);
  view.setUint32(LENGTH_BYTES + checked.length, crc32(checked), true);
  return chunk;
}

/** Reads the chunk that begins at `offset`; never throws and never copies. */
export function readChunk(bytes: Uint8Array, offset: number): ChunkReading {
  if (offset + CHUNK_OVERHEAD_BYTES > bytes.length) return { status: 'truncated' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(offset, true);
  const next = offset + CHUNK_OVERHEAD_BYTES + length;
  if (next > bytes.length) return { status: 'truncated' };
  const checked = bytes.subarray(offset + LENGTH_BYTES, next - CHECKSUM_BYTES);
  if (crc32(checked) !== view.getUint32(next - CHECKSUM_BYTES, true)) return { status: 'damaged', next };
  return { status: 'whole', kind: kindOf(checked[0] ?? 0), payload: checked.subarray(KIND_BYTES), next };
}
