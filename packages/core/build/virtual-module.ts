import { mkdir, writeFile } from 'node:fs/promises';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

/** What a virtual module consists of. */
export interface VirtualContent {
  /** The module's text. */
  readonly code: string;
  /** What goes beside the package's entries in `dist`, by name: written by package builds only. */
  readonly files: Readonly<Record<string, string>>;
}

/** A module that is written while building, for both tools that build here. */
export interface VirtualModule {
  /** For tsup. */
  esbuild(): EsbuildPlugin;
  /** For Vite and Vitest: the same, from the sources. */
  vite(): VitePlugin;
}

const DIST = new URL('../dist/', import.meta.url);

/** Makes `import … from 'virtual:<name>'` give what `load` makes. */
export function virtualModule(name: string, load: () => Promise<VirtualContent>): VirtualModule {
  const id = `virtual:${name}`;
  return {
    esbuild: () => ({
      name,
      setup(builder) {
        builder.onResolve({ filter: new RegExp(`^${id}$`) }, () => ({ path: id, namespace: name }));
        builder.onLoad({ filter: /.*/, namespace: name }, async () => {
          const { code, files } = await load();
          await mkdir(DIST, { recursive: true });
          for (const [file, text] of Object.entries(files)) await writeFile(new URL(file, DIST), text);
          return { contents: code, loader: 'js' };
        });
      },
    }),
    vite: () => ({
      name,
      resolveId: (wanted) => (wanted === id ? `\0${id}` : undefined),
      load: async (wanted) => (wanted === `\0${id}` ? (await load()).code : undefined),
    }),
  };
}
