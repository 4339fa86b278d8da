import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const ELEMENT = fileURLToPath(new URL('../src/index.ts', import.meta.url));
/** What is loaded later. */
const LATER = /lazy[\\/](capture|engine|extensions|live|music|recording)\.ts$/;

/**
 * Keeps in one file what the element loads at once. esbuild cuts a file for every set of parts that share something,
 * and what is cut up compresses worse (by 2 kB here). Each part that is loaded later is therefore said to need the
 * whole element, which is there by then: all of it is shared by all, and that is one file.
 */
export function mainChunk(): Plugin {
  return {
    name: 'main-chunk',
    setup(builder) {
      builder.onLoad({ filter: LATER }, async ({ path }) => {
        return {
          contents: `${await readFile(path, 'utf8')}\nimport ${JSON.stringify(ELEMENT)};`,
          loader: 'ts',
        };
      });
    },
  };
}
