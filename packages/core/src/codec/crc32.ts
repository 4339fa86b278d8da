/** The reflected polynomial of CRC-32 as in ISO 3309, PNG and ZIP. */
const POLYNOMIAL = 0xedb88320;

let table: Uint32Array | undefined;

/** One entry per byte value; made when first used, so that importing does no work. */
function crcTable(): Uint32Array {
  if (table !== undefined) return table;
  table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
    }
    return remainder;
  });
  return table;
}

/** CRC-32 of `bytes` (ISO 3309; the one of PNG and ZIP). */
export function crc32(bytes: Uint8Array): number {
  const entries = crcTable();
  let remainder = 0xffffffff;
  for (const byte of bytes) remainder = (remainder >>> 8) ^ (entries[(remainder ^ byte) & 0xff] ?? 0);
  return (remainder ^ 0xffffffff) >>> 0;
}
