import { expect, it } from 'vitest';
import { binaryFrame } from './binary-frame.ts';

// The examples of RFC 6455, section 5.7, and the limits between its three forms of a length.
it.each([
  [5, [0x82, 5]],
  [125, [0x82, 125]],
  [126, [0x82, 126, 0, 126]],
  [256, [0x82, 0x7e, 0x01, 0x00]],
  [65_535, [0x82, 126, 0xff, 0xff]],
  [65_536, [0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0]],
])('a message of %i bytes is framed as RFC 6455 says', (length, header) => {
  const payload = Uint8Array.from({ length }, (_, index) => index & 0xff);
  const frame = binaryFrame(payload);
  expect([...frame.subarray(0, header.length)]).toEqual(header);
  expect(frame.subarray(header.length).equals(payload)).toBe(true);
});
