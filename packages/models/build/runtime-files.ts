import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { modelManifest } from '../src/manifest.ts';
import { ModelsError } from '../src/models-error.ts';
import { readInput } from './inputs.ts';

/**
 * ONNX Runtime's WebAssembly and the scripts that start it, unchanged, by their names in the manifest. They are
 * carried in the package, because installing onnxruntime-web for four of its files would take 139 MB.
 *
 * @throws ModelsError `ASSET_NOT_FOUND` or `ASSET_INVALID`, naming the file
 */
export async function readRuntimeFiles(): Promise<Array<readonly [name: string, bytes: Uint8Array]>> {
  const carried = modelManifest.wasm.filter(({ engine }) => engine === 'onnx');
  const read = carried.flatMap(({ name, sources }) =>
    sources.map(async (source) => [name, await readInput({ source }, runtimeFolder)] as const),
  );
  return Promise.all(read);
}

/** The folder of onnxruntime-web, which lets nobody resolve its package.json: one up from where its code is. */
function runtimeFolder(name: string): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new ModelsError('ASSET_NOT_FOUND', `The package ${name} is not installed; run \`pnpm install\`.`, {
      cause,
    });
  }
}
