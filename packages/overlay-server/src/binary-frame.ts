/** First byte: the only and last fragment of a binary message (RFC 6455, 5.2). */
const FINAL_BINARY = 0x82;

/** Lengths up to this fit into the second byte; 126 and 127 there say that two or eight bytes of length follow. */
const LONGEST_SHORT = 125;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;
const LONGEST_MEDIUM = 65_535;

/**
 * A binary WebSocket message as a server writes it: unmasked, and so the same for every client. Made once for all of
 * them, which `ws` could not do.
 */
export function binaryFrame(payload: Uint8Array): Buffer {
  const header = frameHeader(payload.length);
  const frame = Buffer.allocUnsafe(header.length + payload.length);
  frame.set(header);
  frame.set(payload, header.length);
  return frame;
}

function frameHeader(length: number): Uint8Array {
  if (length <= LONGEST_SHORT) return Uint8Array.of(FINAL_BINARY, length);
  if (length <= LONGEST_MEDIUM)
    return Uint8Array.of(FINAL_BINARY, TWO_BYTES_FOLLOW, length >> 8, length & 0xff);
  const header = Buffer.alloc(10);
  header[0] = FINAL_BINARY;
  header[1] = EIGHT_BYTES_FOLLOW;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
