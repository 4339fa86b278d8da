/** Numbers by chance, the same for the same seed. */
export interface RandomNumbers {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
}

/** Xorshift with the triple 13, 17, 5 (Marsaglia 2003, "Xorshift RNGs"); normal numbers by Box and Muller (1958). */
export function randomNumbers(seed: number): RandomNumbers {
  // Zero would stay zero; multiplying spreads small seeds over all bits.
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
