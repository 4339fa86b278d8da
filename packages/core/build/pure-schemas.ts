import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const SOURCES = /core[\\/]src[\\/].*\.ts$/;
const CALL = /\bv\.\w+(?=[(<])/g;

/**
 * Says of every call of valibot that it does nothing but make what it returns: bundlers can then leave out the schemas
 * that a page does not use, and with them what those are made of. Without it a page that publishes poses carries the
 * schemas of everything that anybody can say.
 */
export function pureSchemas(): Plugin {
  return {
    name: 'pure-schemas',
    setup(builder) {
      builder.onLoad({ filter: SOURCES }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        return source.includes("import * as v from 'valibot'")
          ? { contents: withPureCalls(source), loader: 'ts' }
          : undefined;
      });
    },
  };
}

/** The source with a mark before every call of valibot. */
export function withPureCalls(source: string): string {
  return source.replace(CALL, '/* @__PURE__ */ $&');
}
