import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Files of core that may load the host for extensions of third parties, in two steps. */
const CHUNK = /core[\\/]dist[\\/]chunk-[^\\/]*\.js$/;
const IMPORT = /\bimport\((['"])(\.\/isolat(?:ed|ion)-[^'"]+\.js)\1\)/g;

/**
 * Keeps in one file what the first extension loads. Core leaves the host for third parties for later; an extension that
 * an attribute names is always one of those, so that nothing is saved by it, and one file compresses better (by 2 kB
 * here: the runtime is in it twice, once for the worker).
 */
export function extensionChunk(): Plugin {
  return {
    name: 'extension-chunk',
    setup(builder) {
      builder.onLoad({ filter: CHUNK }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        return { contents: withoutLater(text), loader: 'js' };
      });
    },
  };
}

/** The module with static imports in place of those that it does later. */
export function withoutLater(text: string): string {
  const imported: string[] = [];
  const body = text.replace(IMPORT, (_, _quote: string, file: string) => {
    const name = `atOnce${imported.length}`;
    imported.push(`import * as ${name} from ${JSON.stringify(file)};\n`);
    return `Promise.resolve(${name})`;
  });
  return imported.join('') + body;
}
