import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { extensionWorker } from '../../core/build/extension-worker.ts';

/**
 * Names that came after Chromium 103, which OBS 29 and 30 show pages in (MDN's browser-compat-data): esbuild lowers
 * syntax, but what is missing from the library it leaves missing.
 */
const TOO_NEW = [
  'canParse',
  'findLastIndexOf',
  'Array.fromAsync',
  'groupBy',
  'isDisjointFrom',
  'isSubsetOf',
  'symmetricDifference',
  'toReversed',
  'toSorted',
  'toSpliced',
  'withResolvers',
  'isWellFormed',
  'startViewTransition',
  'AbortSignal.any',
  'Promise.try',
  'Iterator.from',
  'Uint8Array.fromBase64',
  'Symbol.dispose',
  'DurationFormat',
  'checkVisibility',
  'moveBefore',
  'scheduler.yield',
  'setHTMLUnsafe',
  'transferToFixedLength',
  // In CSS, and in the colours of a canvas.
  'color-mix(',
  'oklab(',
  'oklch(',
];

it('the overlay page uses nothing that OBS’s browser does not have', async () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['pages/overlay/main.ts'],
    // By the workspace's sources, so that the test needs no build.
    tsconfig: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)),
    bundle: true,
    format: 'esm',
    minifySyntax: true,
    legalComments: 'none',
    target: ['chrome103'],
    // The worker of isolated widgets and themes, which is part of the page as text.
    plugins: extensionWorker(),
    metafile: true,
    write: false,
    outdir: 'dist/pages/overlay',
  });
  const code = outputFiles[0]?.text ?? '';
  expect(code.length).toBeGreaterThan(10_000);
  expect(TOO_NEW.filter((name) => code.includes(name))).toEqual([]);
  // Nor is anything of the page's own loaded later.
  expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
});
