import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import webpack from 'webpack';
import type { InstalledApp } from './installed-app.ts';

/** A built app: scripts to be served, and the one that a page has to load. */
export interface Bundle {
  readonly folder: string;
  /** Relative to the folder. */
  readonly script: string;
  /** Whether the page loads it with `type="module"`. */
  readonly module: boolean;
}

/** Writes `index.html` that loads `script`, which may be on another host. */
export function writePage(folder: string, script: string, module: boolean): void {
  mkdirSync(folder, { recursive: true });
  const type = module ? ' type="module"' : ' defer';
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>app</title><link rel="icon" href="data:,"><script${type} src="${script}"></script>`,
  );
}

/** Vite, as `vite build` does it, from the page on. */
export async function bundleWithVite(app: InstalledApp): Promise<Bundle> {
  writePage(app.root, '/src/main.js', true);
  const folder = join(app.root, 'dist-vite');
  await vite.build({
    root: app.root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: folder,
      rollupOptions: { output: { entryFileNames: 'main.js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    },
  });
  return { folder, script: 'main.js', module: true };
}

/** webpack in production mode, without any setting that a newcomer would not have. */
export async function bundleWithWebpack(app: InstalledApp): Promise<Bundle> {
  const folder = join(app.root, 'dist-webpack');
  const compiler = webpack({
    mode: 'production',
    context: app.root,
    entry: app.entry,
    output: { path: folder, filename: 'main.js' },
    performance: false,
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors() || stats?.hasWarnings())
        reject(new Error(stats.toString('errors-warnings')));
      else compiler.close((failure) => (failure ? reject(failure) : resolve()));
    });
  });
  return { folder, script: 'main.js', module: false };
}

/**
 * esbuild: `split` as modules that load each other when needed, `module` as one file, `classic` as one file for a
 * script tag without `type="module"`.
 */
export async function bundleWithEsbuild(
  app: InstalledApp,
  form: 'split' | 'module' | 'classic',
): Promise<Bundle> {
  const folder = join(app.root, `dist-esbuild-${form}`);
  const { warnings } = await esbuild.build({
    absWorkingDir: app.root,
    entryPoints: [app.entry],
    bundle: true,
    minify: true,
    splitting: form === 'split',
    format: form === 'classic' ? 'iife' : 'esm',
    outdir: folder,
    logLevel: 'silent',
  });
  // In a classic script there is no `import.meta`; the engine then looks for its files beside the page.
  const unexpected = warnings.filter(({ id }) => !(form === 'classic' && id === 'empty-import-meta'));
  if (unexpected.length > 0) throw new Error(unexpected.map(({ text }) => text).join('\n'));
  return { folder, script: 'main.js', module: form !== 'classic' };
}
