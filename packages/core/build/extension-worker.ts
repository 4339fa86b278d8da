import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { bundleScript } from './bundle-script.ts';
import { virtualModule } from './virtual-module.ts';

const isolated = new URL('../src/extensions/isolated/', import.meta.url);
const WORKER = fileURLToPath(new URL('worker/worker.ts', isolated));
const FRAME = fileURLToPath(new URL('frame-script.ts', isolated));

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

/**
 * `import { worker, framePage } from 'virtual:extension-worker'` gives the worker in which an isolated extension
 * runs, and the page of the frame that holds such workers, as strings. The page is a file, too, for pages whose CSP
 * forbids scripts in a `srcdoc`.
 */
const extensionWorkerModule = virtualModule('extension-worker', async () => {
  const worker = await shorter(await bundleScript(WORKER, 'iife'));
  const page = await framePage();
  return {
    code: `export const worker = ${JSON.stringify(worker)};\nexport const framePage = ${JSON.stringify(page)};`,
    files: { 'extension-frame.html': page },
  };
});

export const extensionWorker = extensionWorkerModule.esbuild;
export const extensionWorkerVite = extensionWorkerModule.vite;
