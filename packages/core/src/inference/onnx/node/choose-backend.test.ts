import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RawImageBackend } from '../backends/raw-image-backend.ts';
import { chooseBackend, type OpenBackend, PACKAGES } from './choose-backend.ts';

/** As Node says it. */
function missing(name: string): OpenBackend {
  return async () => {
    const message = `Cannot find package '${name}' imported from /app/node_modules/@pose-coach/core/dist/onnx.js`;
    throw Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
  };
}
const nativeMissing = missing('onnxruntime-node');
const wasmMissing = missing('onnxruntime-web');
const unloadable: OpenBackend = async () => {
  throw new Error('libonnxruntime.so.1: cannot open shared object file\nRequire stack: …');
};
/** `onnxruntime-node` on a machine that it has no library for. */
const withoutLibrary: OpenBackend = async () => {
  const message = `Cannot find module '../bin/napi-v6/linux/x64/onnxruntime_binding.node'\nRequire stack: …`;
  throw Object.assign(new Error(message), { code: 'MODULE_NOT_FOUND' });
};
/** One that is there; nothing is calculated with it here. */
function present(name: 'native' | 'wasm'): OpenBackend {
  const unused = { InferenceSession: undefined, Tensor: undefined } as never;
  return async () => new RawImageBackend(name, unused, {});
}
const both = { native: present('native'), wasm: present('wasm') };

describe('the choice of a backend in Node', () => {
  it('takes the library of the machine', async () => {
    expect(await chooseBackend('auto', 2, both)).toMatchObject({
      name: 'native',
      why: 'ONNX Runtime as a library of the machine, 2 threads: the fastest in Node.',
    });
  });

  it.each([
    [nativeMissing, 'onnxruntime-node is not installed.'],
    [
      withoutLibrary,
      "onnxruntime-node does not load here (Cannot find module '../bin/napi-v6/linux/x64/onnxruntime_binding.node').",
    ],
    [
      unloadable,
      'onnxruntime-node does not load here (libonnxruntime.so.1: cannot open shared object file).',
    ],
  ])('falls back to WebAssembly and says why', async (native, reason) => {
    expect(await chooseBackend('auto', 1, { ...both, native })).toMatchObject({
      name: 'wasm',
      why: `ONNX Runtime in WebAssembly, one thread, because ${reason}`,
    });
  });

  it('keeps nothing open of what it only tried', async () => {
    const opened: RawImageBackend[] = [];
    const disposed: RawImageBackend[] = [];
    const native: OpenBackend = async (options) => {
      const backend = (await both.native(options)) as RawImageBackend;
      const dispose = backend.dispose.bind(backend);
      backend.dispose = async () => {
        disposed.push(backend);
        await dispose();
      };
      opened.push(backend);
      return backend;
    };
    await chooseBackend('auto', 1, { ...both, native });
    expect(opened).toHaveLength(1);
    expect(disposed).toEqual(opened);
  });

  it('takes what was asked for', async () => {
    const { name, why } = await chooseBackend('wasm', 3, both);
    expect([name, why]).toEqual(['wasm', 'ONNX Runtime in WebAssembly, 3 threads, as asked for.']);
  });

  it('takes nothing else where what was asked for is missing', async () => {
    await expect(chooseBackend('native', 2, { ...both, native: nativeMissing })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('"npm i onnxruntime-node@1.30.0"'),
    });
    await expect(chooseBackend('wasm', 2, { ...both, wasm: wasmMissing })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('"npm i onnxruntime-web@1.30.0"'),
    });
  });

  const web = '"npm i onnxruntime-web@1.30.0"';
  const node = '"npm i onnxruntime-node@1.30.0"';
  it.each([
    [
      'both packages, the better one first, where neither is installed',
      'auto',
      { native: nativeMissing, wasm: wasmMissing },
      `onnxruntime-node is not installed. onnxruntime-web is not installed. Install one of them: ${node}, or, several times slower but for every machine, ${web}.`,
    ],
    [
      'the one that is not installed where the other does not load',
      'auto',
      { native: unloadable, wasm: wasmMissing },
      `onnxruntime-node does not load here (libonnxruntime.so.1: cannot open shared object file). onnxruntime-web is not installed. Install onnxruntime-web with ${web}.`,
    ],
    [
      'an installation for this machine where neither loads',
      'auto',
      { native: unloadable, wasm: unloadable },
      'onnxruntime-node does not load here (libonnxruntime.so.1: cannot open shared object file). onnxruntime-web does not load here (libonnxruntime.so.1: cannot open shared object file). Remove "node_modules" and install again on this machine.',
    ],
    [
      'the other one where that asked for does not load',
      'native',
      { ...both, native: unloadable },
      `onnxruntime-node does not load here (libonnxruntime.so.1: cannot open shared object file). Leave "backend" out, and have onnxruntime-web instead: ${web}.`,
    ],
  ] as const)('advises %s', async (_, wanted, openers, advice) => {
    await expect(chooseBackend(wanted, 2, openers)).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: `The engine has nothing to calculate with: ${advice}`,
    });
  });

  it('advises the versions that this package was tried with', () => {
    const file = new URL('../../../../package.json', import.meta.url);
    const { peerDependencies } = JSON.parse(readFileSync(file, 'utf8'));
    const wanted = Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`);
    expect(wanted).toEqual(expect.arrayContaining(Object.values(PACKAGES)));
  });
});
