import { PoseCoachError } from '../base/index.ts';
import { ByteReader, refuse } from './byte-reader.ts';
import { type ByteWriter, refuseFrame } from './byte-writer.ts';
import { asUint8Array, type Bytes, type Decoded, decoding } from './decoded.ts';

/*
 * Header of a wire frame, 35 bytes, little-endian:
 *
 *   0  u8   0x50, 'P'
 *   1  u8   version
 *   2  u8   blocks: bit 0 world, 1 angles, 2 timings, 3 hands
 *   3  u8   people
 *   4  u8   hands
 *   5  u32  sequence, modulo 2^32
 *   9  u32  epoch, modulo 2^32
 *  13  f64  timestamp, ms of media time
 *  21  f64  captured at, ms since the Unix epoch
 *  29  u16  width, px
 *  31  u16  height, px
 *  33  u16  dropped, at most 65535
 */
const MAGIC = 0x50;

/** The version of the wire form this code writes and reads. */
export const WIRE_VERSION = 1;

/** Bytes of the header, all of which `peekWireHeader` reads. */
export const WIRE_HEADER_BYTES = 35;

/** The blocks by the number of their bit. */
const BLOCKS = ['world', 'angles', 'timings', 'hands'] as const;

/** Sequence and epoch have 32 bits. */
const SEQUENCE_MODULUS = 2 ** 32;

const LARGEST_DROPPED = 65_535;

/** Which of the optional parts a wire frame has. A part that is there may still be empty: nobody in view. */
export interface WireBlocks {
  readonly world: boolean;
  readonly angles: boolean;
  readonly timings: boolean;
  readonly hands: boolean;
}

/** What can be known of a wire frame without decoding its people. */
export interface WireHeader {
  readonly version: number;
  readonly blocks: WireBlocks;
  readonly people: number;
  readonly hands: number;
  /** Modulo 2³². */
  readonly sequence: number;
  /** Modulo 2³². */
  readonly epoch: number;
  /** Milliseconds of media time. */
  readonly timestamp: number;
  /** Milliseconds since the Unix epoch, by the clock of whoever stamped it. */
  readonly capturedAt: number;
  readonly width: number;
  readonly height: number;
  /** Saturates at 65535. */
  readonly dropped: number;
}

/** @param header `sequence`, `epoch` and `dropped` may be larger than the format's: they are fitted in */
export function writeWireHeader(writer: ByteWriter, header: Omit<WireHeader, 'version'>): void {
  if (!(header.width * header.height > 0)) refuseFrame('its picture has no size');
  writer.unsigned(MAGIC, 1);
  writer.unsigned(WIRE_VERSION, 1);
  writer.unsigned(
    BLOCKS.reduce((flags, block, bit) => (header.blocks[block] ? flags | (1 << bit) : flags), 0),
    1,
  );
  writer.unsigned(header.people, 1, 'people');
  writer.unsigned(header.hands, 1, 'hands');
  writer.unsigned(header.sequence % SEQUENCE_MODULUS, 4, 'sequence');
  writer.unsigned(header.epoch % SEQUENCE_MODULUS, 4, 'epoch');
  writer.float64(header.timestamp, 'timestamp');
  writer.float64(header.capturedAt, 'capturedAt');
  writer.unsigned(header.width, 2, 'width');
  writer.unsigned(header.height, 2, 'height');
  writer.unsigned(Math.min(header.dropped, LARGEST_DROPPED), 2, 'dropped');
}

export function readWireHeader(reader: ByteReader): WireHeader {
  if (reader.unsigned(1) !== MAGIC) refuse('it is not a Pose Coach wire frame.');
  const version = reader.unsigned(1);
  if (version !== WIRE_VERSION) refuseVersion(version);
  const flags = reader.unsigned(1);
  if (flags >> BLOCKS.length !== 0) refuse('it has a block that its version does not define.');
  const has = (block: keyof WireBlocks) => ((flags >> BLOCKS.indexOf(block)) & 1) === 1;
  const header = {
    version,
    blocks: { world: has('world'), angles: has('angles'), timings: has('timings'), hands: has('hands') },
    people: reader.unsigned(1),
    hands: reader.unsigned(1),
    sequence: reader.unsigned(4),
    epoch: reader.unsigned(4),
    timestamp: reader.float64(),
    capturedAt: reader.float64(),
    width: reader.unsigned(2),
    height: reader.unsigned(2),
    dropped: reader.unsigned(2),
  };
  if (header.width * header.height === 0) refuse('its picture has no size.');
  return header;
}

function refuseVersion(version: number): never {
  throw new PoseCoachError(
    'VERSION_UNSUPPORTED',
    `it has version ${version} of the format, and this program reads version ${WIRE_VERSION}: update the older side.`,
  );
}

/**
 * Reads the 35 bytes at the front of a wire frame, for whoever passes it on without looking inside (a relay).
 * It does not vouch for the rest.
 *
 * @returns the header, or `BYTES_INVALID` / `VERSION_UNSUPPORTED`
 */
export function peekWireHeader(bytes: Bytes): Decoded<WireHeader> {
  return decoding('This wire frame', () => readWireHeader(new ByteReader(asUint8Array(bytes))));
}
