import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/command.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  dts: true,
  sourcemap: true,
  // The pages are built by build/pages.ts, into a folder of their own.
  clean: ['!pages/**'],
});
