import { fileURLToPath } from 'node:url';
import { bundleScript } from './bundle-script.ts';
import { virtualModule } from './virtual-module.ts';

const ENTRY = fileURLToPath(new URL('../src/analysis/music/music-worklet.ts', import.meta.url));

/**
 * `import source from 'virtual:music-worklet'` gives the module that finds beats in the audio thread, bundled, as a
 * string. It is started from a blob; the file is for pages whose CSP forbids scripts from blobs.
 */
const musicWorkletModule = virtualModule('music-worklet', async () => {
  const source = await bundleScript(ENTRY, 'iife');
  return {
    code: `export default ${JSON.stringify(source)};`,
    files: { 'music-worklet.js': source },
  };
});

export const musicWorklet = musicWorkletModule.esbuild;
export const musicWorkletVite = musicWorkletModule.vite;
