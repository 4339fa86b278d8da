import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeChunk, readChunk } from './chunk.ts';
import { crc32 } from './crc32.ts';

test('the checksum is that of ISO 3309: the published check value, and zlib’s for any bytes', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes));
    }),
    { seed: 4 },
  );
});

test('chunks behind each other are read one by one', () => {
  const first = encodeChunk('frame', Uint8Array.of(1, 2, 3));
  const bytes = Uint8Array.from([...first, ...encodeChunk('end', new Uint8Array(0))]);
  const one = readChunk(bytes, 0);
  expect(one).toMatchObject({ status: 'whole', kind: 'frame', next: first.length });
  expect(one.status === 'whole' && [...one.payload]).toEqual([1, 2, 3]);
  expect(readChunk(bytes, first.length)).toMatchObject({ status: 'whole', kind: 'end', next: bytes.length });
  expect(readChunk(bytes, bytes.length)).toEqual({ status: 'truncated' });
});

test('a chunk that lacks its end is truncated, wherever it was cut', () => {
  const bytes = encodeChunk('frame', Uint8Array.of(1, 2, 3));
  for (let length = 0; length < bytes.length; length += 1) {
    expect(readChunk(bytes.subarray(0, length), 0)).toEqual({ status: 'truncated' });
  }
});

test('a changed bit anywhere behind the length is damage', () => {
  const bytes = encodeChunk('metadata', Uint8Array.of(1, 2, 3));
  for (let at = 4; at < bytes.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = (bytes[at] ?? 0) ^ (1 << bit);
      expect(readChunk(damaged, 0)).toEqual({ status: 'damaged', next: bytes.length });
    }
  }
});
