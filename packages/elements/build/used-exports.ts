import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));
/** What is imported from core's main entry, types aside. */
const IMPORT = /\bimport (?!type\b)\{([^}]*)\} from '@pose-coach\/core';/g;
/** What an entry only passes on from a chunk. */
const PASSED_ON = /^export \{([^}]*)\} from '[^']*';$/gm;

/**
 * For a build with chunks: takes out of core's main entry what it passes on and nobody here uses. esbuild counts a
 * file as part of every chunk from which any chain of imports leads to it, used or not: what only extensions need
 * would be loaded with the element. A name that is missed ends the build.
 */
export function usedExports(): Plugin {
  return {
    name: 'used-exports',
    setup(builder) {
      builder.onLoad({ filter: /core[\\/]dist[\\/]index\.js$/ }, async ({ path }) => ({
        contents: keepUsed(await readFile(path, 'utf8'), await importedNames()),
        loader: 'js',
      }));
    },
  };
}

/** The same module without the lines that pass on nothing of what is used. */
export function keepUsed(module: string, used: ReadonlySet<string>): string {
  return module.replace(PASSED_ON, (line, list: string) =>
    names(list).some((name) => used.has(name)) ? line : '',
  );
}

/** Names in the braces of an import or export, as the other side sees them; types left out. */
export function names(list: string): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '' && !entry.startsWith('type '))
    .map((entry) => entry.replace(/^.* as /, ''));
}

async function importedNames(): Promise<ReadonlySet<string>> {
  const files = await readdir(SOURCES, { recursive: true });
  const sources = await Promise.all(
    files
      .filter((file) => /(?<!\.test|\.stories|\.test-data)\.ts$/.test(file))
      .map((file) => readFile(SOURCES + file, 'utf8')),
  );
  return new Set(
    sources.flatMap((source) => [...source.matchAll(IMPORT)].flatMap(([, list]) => names(list ?? ''))),
  );
}
