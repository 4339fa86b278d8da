import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RawImageBackend } from '../backends/raw-image-backend.ts';
import { chooseBackend, type OpenBackend, PACKAGES } from './choose-backend.ts';

const missing: OpenBackend = async () => {
  throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
};
const unloadable: OpenBackend = async () => {
  throw new Error('libonnxruntime.so.1: cannot open shared object file\nRequire stack: …');
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
    [missing, 'onnxruntime-node is not installed.'],
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

  it('takes what was asked for', async () => {
    const { name, why } = await chooseBackend('wasm', 3, both);
    expect([name, why]).toEqual(['wasm', 'ONNX Runtime in WebAssembly, 3 threads, as asked for.']);
  });

  it('takes nothing else where what was asked for is missing', async () => {
    await expect(chooseBackend('native', 2, { ...both, native: missing })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('"npm i onnxruntime-node@1.30.0"'),
    });
    await expect(chooseBackend('wasm', 2, { ...both, wasm: missing })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('"npm i onnxruntime-web@1.30.0"'),
    });
  });

  it('names both packages and the better one’s command where neither is installed', async () => {
    await expect(chooseBackend('auto', 2, { native: missing, wasm: missing })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message:
        'The engine has nothing to calculate with: onnxruntime-node is not installed. onnxruntime-web is not installed. Install it with "npm i onnxruntime-node@1.30.0".',
    });
  });

  it('advises the versions that this package was tried with', () => {
    const file = new URL('../../../../package.json', import.meta.url);
    const { peerDependencies } = JSON.parse(readFileSync(file, 'utf8'));
    const wanted = Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`);
    expect(wanted).toEqual(expect.arrayContaining(Object.values(PACKAGES)));
  });
});
