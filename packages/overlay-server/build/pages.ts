// Builds the pages that the server gives out into dist/pages: a folder per page, and what they share.

import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const output = join(packageFolder, 'dist', 'pages');

const common: BuildOptions = {
  bundle: true,
  format: 'esm',
  minify: true,
  // Our packages' own chunks import each other for their order only, which esbuild rightly leaves out.
  logOverride: { 'ignored-bare-import': 'silent' },
  // RxJS's build for modern browsers, without what its default one carries for old ones.
  conditions: ['es2015', 'module'],
  legalComments: 'linked',
  logLevel: 'warning',
  absWorkingDir: packageFolder,
};

await rm(output, { recursive: true, force: true });

// OBS 29 and 30 show their browser sources in Chromium 103.
await build({
  ...common,
  entryPoints: ['pages/overlay/main.ts'],
  outdir: 'dist/pages/overlay',
  target: ['chrome103'],
});

/** Those that people open: with chunks of their own for what is loaded when it is used. */
const controlPages = ['studio', 'dock'].filter((page) => existsSync(join(packageFolder, 'pages', page)));

for (const page of controlPages) {
  await build({
    ...common,
    entryPoints: [`pages/${page}/main.ts`],
    outdir: `dist/pages/${page}`,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    target: ['es2022', 'chrome103', 'firefox114', 'safari16.4'],
  });
}

for (const file of ['overlay', ...controlPages].flatMap((page) => [
  `${page}/index.html`,
  `${page}/${page}.css`,
])) {
  await copyFile(join(packageFolder, 'pages', file), join(output, file));
}

const sample = fileURLToPath(new URL('../../elements/assets/sample-dance.poses', import.meta.url));
if (existsSync(sample)) {
  await mkdir(join(output, 'assets'), { recursive: true });
  await cp(sample, join(output, 'assets', 'sample-dance.poses'));
} else {
  console.warn('The sample recording is not there: the studio will have none.');
}
