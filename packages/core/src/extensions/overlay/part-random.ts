/** 2³²: the number of states. */
const STATES = 2 ** 32;

/**
 * Chance that repeats itself, so that two paintings can be compared: George Marsaglia's xorshift of 32 bits
 * ("Xorshift RNGs", Journal of Statistical Software 8, 2003). Good enough to scatter particles, and for nothing else.
 * @param seed a whole number from 1 to 2³² − 1
 * @returns what gives numbers in [0, 1)
 */
export function partRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / STATES;
  };
}

/** Any seed. */
export function anySeed(): number {
  return 1 + Math.floor(Math.random() * (STATES - 1));
}
