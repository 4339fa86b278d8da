import { defineConfig } from 'tsup';
import { engineWorkers } from './build/engine-worker.ts';
import { extensionWorker } from './build/extension-worker.ts';
import { musicWorklet } from './build/music-worklet.ts';
import { pureSchemas } from './build/pure-schemas.ts';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    camera: 'src/capture/index.ts',
    engine: 'src/inference/engine-choice/index.ts',
    'engine-node': 'src/inference/engine-choice/node.ts',
    mediapipe: 'src/inference/mediapipe/index.ts',
    onnx: 'src/inference/onnx/index.ts',
    'onnx-node': 'src/inference/onnx/node.ts',
    analysis: 'src/analysis/index.ts',
    music: 'src/analysis/music/index.ts',
    codec: 'src/codec/index.ts',
    session: 'src/session/index.ts',
    stage: 'src/stage/index.ts',
    'overlay-parts': 'src/extensions/overlay/index.ts',
    protocol: 'src/protocol/index.ts',
    live: 'src/live/index.ts',
    extension: 'src/extensions/api/index.ts',
    extensions: 'src/extensions/index.ts',
    'extension-testing': 'src/extensions/testing/index.ts',
  },
  format: ['esm'],
  // The oldest browsers the README promises; without a target tsup compiles for Node 16.
  target: ['es2022', 'chrome103', 'firefox114', 'safari16.4', 'node20'],
  platform: 'neutral',
  dts: true,
  sourcemap: true,
  splitting: true,
  // Without it every entry imports the chunks it shares for their side effects, of which there are none: bundlers warn.
  treeshake: { preset: 'recommended', moduleSideEffects: false },
  clean: true,
  esbuildPlugins: [...engineWorkers(), ...extensionWorker(), musicWorklet(), pureSchemas()],
});
