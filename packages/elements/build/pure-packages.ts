import type { Plugin } from 'esbuild';

/** Packages that do nothing when they are imported, and do not say so in their package.json. */
const PURE = /^fft\.js$/;

/** Leaves out packages that nothing of is used: without this, an import that is left over in core loads them. */
export function purePackages(): Plugin {
  return {
    name: 'pure-packages',
    setup(builder) {
      builder.onResolve({ filter: PURE }, async ({ path, pluginData, ...options }) => {
        // Ours, again: esbuild's own way is asked for.
        if (pluginData === PURE) return undefined;
        const found = await builder.resolve(path, { ...options, pluginData: PURE });
        return { ...found, sideEffects: false };
      });
    },
  };
}
