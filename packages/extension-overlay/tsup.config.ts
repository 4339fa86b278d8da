import { defineConfig } from 'tsup';

// The oldest browsers the README promises; without a target tsup compiles for Node 16.
const TARGET = ['es2022', 'chrome103', 'firefox114', 'safari16.4', 'node20'];

export default defineConfig([
  {
    // For apps with a bundler: everything that is a dependency stays one.
    entry: { index: 'src/index.ts' },
    format: ['esm'],
    target: TARGET,
    platform: 'neutral',
    dts: true,
    sourcemap: true,
    clean: ['!overlay.*'],
  },
  {
    // For the overlay: one self-contained module.
    entry: { overlay: 'src/overlay.ts' },
    format: ['esm'],
    target: TARGET,
    platform: 'neutral',
    noExternal: [/.*/],
    splitting: false,
    minify: true,
    dts: true,
    sourcemap: true,
    clean: false,
  },
]);
