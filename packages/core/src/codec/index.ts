export { type ChunkKind, type ChunkReading, readChunk } from './chunk.ts';
export { decodeWireFrame } from './decode-wire-frame.ts';
export type { Bytes, Decoded } from './decoded.ts';
export { encodeWireFrame } from './encode-wire-frame.ts';
export {
  FLOATS_PER_LANDMARK,
  type Float32ArrayOptions,
  floatsPerPerson,
  toFloat32Array,
} from './float32-array.ts';
export { decodeRecordingFrame, encodeRecordingFrame } from './recording-frame.ts';
export {
  decodeRecordingMetadata,
  decodeRecordingPreamble,
  encodeRecordingEnd,
  encodeRecordingHeader,
  RECORDING_VERSION,
  type RecordingMetadata,
} from './recording-header.ts';
export { type SequenceState, sequenceGap } from './sequence-gap.ts';
export type { WireAngles, WireFrame, WireOptions } from './wire-frame.ts';
export {
  peekWireHeader,
  WIRE_HEADER_BYTES,
  WIRE_VERSION,
  type WireBlocks,
  type WireHeader,
} from './wire-header.ts';
