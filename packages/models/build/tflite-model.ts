import { Builder, ByteBuffer } from 'flatbuffers';
import { ModelsError } from '../src/models-error.ts';
import { writeOffsets } from './flatbuffer-vector.ts';

/**
 * Puts metadata into a TFLite model without touching a byte of the model: a new root table is written in front
 * of the old file, and points into it for everything but its list of buffers and its list of metadata, which
 * are the old ones and one entry more.
 *
 * That works because every reference in a FlatBuffer is relative, and because a table is found by its distance
 * from the end of the file, which `Builder` fills from back to front.
 *
 * Field numbers are those of `schema.fbs`
 * (tensorflow/tflite-micro, tensorflow/compiler/mlir/lite/schema/schema.fbs, Apache-2.0).
 */
export function addMetadata(model: Uint8Array, metadata: Uint8Array): Uint8Array {
  const old = readModel(model);
  if (old.metadataNames.includes(METADATA_NAME)) {
    throw new ModelsError('ASSET_INVALID', `The model already carries ${METADATA_NAME}; use it as it is.`);
  }
  const builder = new Builder(2 ** Math.ceil(Math.log2(model.length + metadata.length + SPACE_FOR_TABLES)));
  const end = writeAligned(builder, model) - LENGTH_BYTES;
  const inOldFile = (position: number) => end - position;

  const data = writeAligned(builder, metadata);
  builder.startObject(BUFFER_FIELDS);
  builder.addFieldOffset(BUFFER_DATA, data, 0);
  const buffer = builder.endObject();
  const buffers = writeOffsets(builder, [...old.buffers.map(inOldFile), buffer]);

  const name = builder.createString(METADATA_NAME);
  builder.startObject(METADATA_FIELDS);
  builder.addFieldOffset(METADATA_NAME_FIELD, name, 0);
  builder.addFieldInt32(METADATA_BUFFER, old.buffers.length, 0);
  const entry = builder.endObject();
  const entries = writeOffsets(builder, [...old.metadata.map(inOldFile), entry]);

  builder.startObject(MODEL_FIELDS);
  builder.addFieldInt32(MODEL_VERSION, old.version, 0);
  for (const [field, position] of old.kept) builder.addFieldOffset(field, inOldFile(position), 0);
  builder.addFieldOffset(MODEL_BUFFERS, buffers, 0);
  builder.addFieldOffset(MODEL_METADATA, entries, 0);
  builder.finish(builder.endObject(), MODEL_IDENTIFIER);
  return builder.asUint8Array();
}

const MODEL_IDENTIFIER = 'TFL3';
const METADATA_NAME = 'TFLITE_METADATA';

/** Model: 0 version, 1 operator_codes, 2 subgraphs, 3 description, 4 buffers, 5 metadata_buffer, 6 metadata, 7 signature_defs. */
const MODEL_FIELDS = 8;
const MODEL_VERSION = 0;
const MODEL_BUFFERS = 4;
const MODEL_METADATA = 6;
const MODEL_KEPT = [1, 2, 3, 5, 7];

/** Buffer: 0 data, 1 offset, 2 size; the last two only where data lies outside the FlatBuffer. */
const BUFFER_FIELDS = 3;
const BUFFER_DATA = 0;
const BUFFER_OFFSET = 1;

/** Metadata: 0 name, 1 buffer. */
const METADATA_FIELDS = 2;
const METADATA_NAME_FIELD = 0;
const METADATA_BUFFER = 1;

/** The schema aligns a buffer's data to 16 bytes, and the old file counts on lying at such an address. */
const ALIGNMENT = 16;
/** In front of a vector stands its length. */
const LENGTH_BYTES = 4;
/** For the new lists and tables; a `Builder` that turns out too small grows, at the cost of a copy. */
const SPACE_FOR_TABLES = 16_384;

/** Where the parts of a model lie, in bytes from its beginning. */
interface ModelParts {
  readonly version: number;
  readonly kept: ReadonlyArray<readonly [field: number, position: number]>;
  readonly buffers: readonly number[];
  readonly metadata: readonly number[];
  readonly metadataNames: readonly string[];
}

function readModel(model: Uint8Array): ModelParts {
  const bytes = new ByteBuffer(model);
  if (model.length < 8 || !bytes.__has_identifier(MODEL_IDENTIFIER)) {
    throw new ModelsError(
      'ASSET_INVALID',
      `Not a TFLite model: the identifier ${MODEL_IDENTIFIER} is missing.`,
    );
  }
  const root = bytes.readUint32(0);
  const field = (table: number, index: number) => {
    const offset = bytes.__offset(table, 4 + 2 * index);
    return offset === 0 ? undefined : table + offset;
  };
  const vtable = root - bytes.readInt32(root);
  if (bytes.readUint16(vtable) > 4 + 2 * MODEL_FIELDS) {
    throw new ModelsError('ASSET_INVALID', 'The model has fields that are newer than the schema known here.');
  }
  const target = (table: number, index: number) => {
    const position = field(table, index);
    return position === undefined ? undefined : bytes.__indirect(position);
  };
  const tables = (index: number) => {
    const position = field(root, index);
    if (position === undefined) return [];
    const first = bytes.__vector(position);
    return Array.from({ length: bytes.__vector_len(position) }, (_, i) => bytes.__indirect(first + 4 * i));
  };
  const buffers = tables(MODEL_BUFFERS);
  if (buffers.some((buffer) => field(buffer, BUFFER_OFFSET) !== undefined)) {
    throw new ModelsError(
      'ASSET_INVALID',
      'The model keeps weights outside its FlatBuffer, which would move.',
    );
  }
  const metadata = tables(MODEL_METADATA);
  const versionAt = field(root, MODEL_VERSION);
  return {
    version: versionAt === undefined ? 0 : bytes.readInt32(versionAt),
    kept: MODEL_KEPT.flatMap((index) => {
      const position = target(root, index);
      return position === undefined ? [] : [[index, position] as const];
    }),
    buffers,
    metadata,
    metadataNames: metadata.map((entry) => {
      const position = field(entry, METADATA_NAME_FIELD);
      return position === undefined ? '' : String(bytes.__string(position));
    }),
  };
}

/** Writes bytes so that they begin at an aligned address; gives the offset of the vector they are in. */
function writeAligned(builder: Builder, bytes: Uint8Array): number {
  builder.prep(ALIGNMENT, bytes.length);
  return builder.createByteVector(bytes);
}
