import { defineConfig } from 'tsup';
import { compactTemplates } from './build/compact-templates.ts';
import { extensionChunk } from './build/extension-chunk.ts';
import { mainChunk } from './build/main-chunk.ts';
import { purePackages } from './build/pure-packages.ts';
import { terser } from './build/terser.ts';
import { usedExports } from './build/used-exports.ts';

// The oldest browsers the README promises; without a target tsup compiles for Node 16.
const BROWSERS = ['es2022', 'chrome103', 'firefox114', 'safari16.4'];

export default defineConfig([
  {
    // For apps with a bundler: everything that is a dependency stays one.
    entry: {
      index: 'src/index.ts',
      draw: 'src/draw/index.ts',
      extensions: 'src/extensions/index.ts',
      music: 'src/music/index.ts',
      stage: 'src/stage/index.ts',
      studio: 'src/studio/index.ts',
      react: 'src/react.ts',
    },
    format: ['esm'],
    target: [...BROWSERS, 'node20'],
    platform: 'neutral',
    dts: true,
    sourcemap: true,
    splitting: true,
    // The other two write into folders of their own, at the same time.
    clean: ['!standalone/**', '!command/**'],
    publicDir: 'assets',
  },
  {
    // For pages without one: a script tag, and one more for music. Engine, recordings and streaming are chunks, loaded
    // when used.
    entry: { 'pose-coach': 'src/index.ts', 'pose-music': 'src/lazy/music.ts' },
    outDir: 'dist/standalone',
    format: ['esm'],
    target: BROWSERS,
    platform: 'browser',
    noExternal: [/.*/],
    minify: true,
    esbuildPlugins: [mainChunk(), extensionChunk(), compactTemplates(), usedExports(), purePackages()],
    plugins: [terser()],
    esbuildOptions: (options) => {
      // RxJS's build for modern browsers, without what its default one carries for old ones.
      options.conditions = ['es2015', 'module'];
      // Lit's licence lies beside the script, which names it: nobody has to load it.
      options.legalComments = 'linked';
    },
    dts: false,
    sourcemap: true,
    splitting: true,
    clean: true,
    publicDir: 'assets',
  },
  {
    // The command, `npx @pose-coach/elements copy`.
    entry: { command: 'src/command/command.ts' },
    outDir: 'dist/command',
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    dts: false,
    sourcemap: true,
    clean: true,
  },
]);
