import type { Builder } from 'flatbuffers';

/** Writes a vector of references to things already written, and gives its offset. */
export function writeOffsets(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4);
  for (const offset of [...offsets].reverse()) builder.addOffset(offset);
  return builder.endVector();
}

/** Writes a vector of 32-bit numbers, and gives its offset. */
export function writeFloats(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addFloat32(value);
  return builder.endVector();
}
