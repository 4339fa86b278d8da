import { PoseCoachError } from '../base/index.ts';
import { ByteReader, refuse } from './byte-reader.ts';
import { type ByteWriter, checkedFinite, checkedInteger } from './byte-writer.ts';
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

const LARGEST_UINT16 = 65_535;
const LARGEST_UINT8 = 255;

/** The blocks by the number of their bit. */
const BLOCKS = ['world', 'angles', 'timings', 'hands'] as const;

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

export function writeWireHeader(writer: ByteWriter, header: Omit<WireHeader, 'version'>): void {
  const { blocks, people, hands, width, height } = header;
  writer.uint8(MAGIC);
  writer.uint8(WIRE_VERSION);
  writer.uint8(BLOCKS.reduce((flags, block, bit) => (blocks[block] ? flags | (1 << bit) : flags), 0));
  writer.uint8(checkedInteger(people, 0, LARGEST_UINT8, 'people'));
  writer.uint8(checkedInteger(hands, 0, LARGEST_UINT8, 'hands'));
  // Setting 32 bits of a larger whole number keeps it modulo 2^32.
  writer.uint32(checkedInteger(header.sequence, 0, Number.MAX_SAFE_INTEGER, 'sequence'));
  writer.uint32(checkedInteger(header.epoch, 0, Number.MAX_SAFE_INTEGER, 'epoch'));
  writer.float64(checkedFinite(header.timestamp, 'timestamp'));
  writer.float64(checkedFinite(header.capturedAt, 'capturedAt'));
  writer.uint16(checkedInteger(width, 1, LARGEST_UINT16, 'width'));
  writer.uint16(checkedInteger(height, 1, LARGEST_UINT16, 'height'));
  writer.uint16(Math.min(checkedInteger(header.dropped, 0, Infinity, 'dropped'), LARGEST_UINT16));
}

export function readWireHeader(reader: ByteReader): WireHeader {
  if (reader.uint8() !== MAGIC) refuse('it is not a Pose Coach wire frame.');
  const version = reader.uint8();
  if (version !== WIRE_VERSION) refuseVersion(version);
  const flags = reader.uint8();
  if (flags >> BLOCKS.length !== 0) refuse('it has a block that its version does not define.');
  const has = (block: keyof WireBlocks) => ((flags >> BLOCKS.indexOf(block)) & 1) === 1;
  const header = {
    version,
    blocks: { world: has('world'), angles: has('angles'), timings: has('timings'), hands: has('hands') },
    people: reader.uint8(),
    hands: reader.uint8(),
    sequence: reader.uint32(),
    epoch: reader.uint32(),
    timestamp: reader.float64(),
    capturedAt: reader.float64(),
    width: reader.uint16(),
    height: reader.uint16(),
    dropped: reader.uint16(),
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
