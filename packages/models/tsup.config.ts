import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/copy.ts', 'src/command.ts'],
  format: ['esm'],
  // The index is also read by browsers; the rest is for Node.
  target: ['es2022', 'chrome103', 'firefox114', 'safari16.4', 'node20'],
  platform: 'node',
  dts: true,
  sourcemap: true,
  // The assembled models stay while code is built again: others may be reading them.
  clean: ['!files/**', '!heavy/**'],
});
