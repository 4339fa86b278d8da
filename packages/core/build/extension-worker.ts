import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import { minify } from 'terser';
import type { Plugin as VitePlugin } from 'vite';
import { bundleScript } from './bundle-script.ts';
import { type VirtualModule, virtualModule } from './virtual-module.ts';

const sources = new URL('../src/extensions/', import.meta.url);
const EXTENSION_WORKER = fileURLToPath(new URL('isolated/worker/worker.ts', sources));
const OVERLAY_WORKER = fileURLToPath(new URL('overlay/worker/worker.ts', sources));
const FRAME = fileURLToPath(new URL('isolated/frame-script.ts', sources));

/**
 * The page inside the frame. Its policy is what keeps extensions off the network: this one script, workers and
 * modules from blobs (text that is in the page already), WebAssembly, and nothing else; a worker from a blob
 * inherits it. No 'self': it would let extensions import from, and so talk to, the page's own server.
 */
async function framePage(): Promise<string> {
  const script = (await bundleScript(FRAME, 'iife')).trim();
  if (script.includes('</')) throw new Error('The frame script would end its own script element.');
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}' blob: 'wasm-unsafe-eval'; worker-src blob:`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Pose Coach extensions</title><script>${script}</script></html>\n`;
}

/** Terser knows more ways to say the same shorter than esbuild: 3 % after gzipping, of what every extension waits for. */
async function shorter(script: string): Promise<string> {
  const { code } = await minify(script, { ecma: 2020, compress: { passes: 2 } });
  if (code === undefined) throw new Error('The worker was minified to nothing.');
  return code;
}

/** `import { worker } from 'virtual:<name>'` gives a worker of the frame as a string. */
function workerModule(name: string, entry: string): VirtualModule {
  return virtualModule(name, async () => {
    const worker = await shorter(await bundleScript(entry, 'iife'));
    return { code: `export const worker = ${JSON.stringify(worker)};`, files: {} };
  });
}

/**
 * `import { page } from 'virtual:isolation-frame'` gives the page of the frame that holds those workers. It is a
 * file, too, for pages whose CSP forbids scripts in a `srcdoc`.
 */
const frameModule = virtualModule('isolation-frame', async () => {
  const page = await framePage();
  return {
    code: `export const page = ${JSON.stringify(page)};`,
    files: { 'extension-frame.html': page },
  };
});

/** A module each, so that nobody loads the worker of another. */
const MODULES: readonly VirtualModule[] = [
  workerModule('extension-worker', EXTENSION_WORKER),
  workerModule('overlay-worker', OVERLAY_WORKER),
  frameModule,
];

export const extensionWorker = (): EsbuildPlugin[] => MODULES.map((module) => module.esbuild());
export const extensionWorkerVite = (): VitePlugin[] => MODULES.map((module) => module.vite());
