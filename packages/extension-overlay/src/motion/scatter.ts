/**
 * A number in [0, 1) that looks like chance and is the same for the same three numbers: what is drawn by hand must
 * look the same again until it is drawn anew. Integer mixing after Wang's 32-bit hash.
 */
export function scatter(seed: number, place: number, turn: number): number {
  let mixed = (seed * 0x9e3779b1 + place * 0x85ebca6b + turn * 0xc2b2ae35) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
