import { join } from 'node:path';
import { verifyChecksum } from '../src/checksum.ts';
import { type ModelManifest, modelManifest } from '../src/manifest.ts';
import { ModelsError } from '../src/models-error.ts';
import { writeWhole } from '../src/write-whole.ts';
import { assembleBundle, HEAVY_BUNDLE, HEAVY_RECIPE, RECIPES } from './bundle.ts';
import { convertNetwork, HEAVY_ONNX, HEAVY_ONNX_RECIPE, ONNX_RECIPES } from './onnx/networks.ts';
import { readRuntimeFiles } from './runtime-files.ts';

/** What was written, to be told to whoever asked for it. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

type NamedBytes = readonly [name: string, bytes: Uint8Array];

/**
 * Assembles the bundles that the package carries, converts its networks, and writes both, ONNX Runtime's files and the
 * manifest into a folder. Nothing is written unless every file is, byte for byte, the one the manifest names.
 *
 * @throws ModelsError `ASSET_NOT_FOUND` or `ASSET_INVALID`, naming the file
 */
export async function assemble(
  folder: string,
  manifest: ModelManifest = modelManifest,
): Promise<WrittenFile[]> {
  const files: NamedBytes[] = [];
  for (const recipe of RECIPES) files.push([recipe.name, await assembleBundle(recipe)]);
  for (const recipe of ONNX_RECIPES) files.push([recipe.name, await convertNetwork(recipe)]);
  for (const [name, bytes] of files) {
    const listed = manifest.models.find((model) => model.name === name);
    if (!listed) throw new ModelsError('ASSET_INVALID', `${name} is not in the manifest; add it there.`);
    verifyChecksum(name, bytes, listed.sha256);
  }
  const runtime = await readRuntimeFiles();
  const json = new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`);
  return writeAll(folder, [...files, ...runtime, ['manifest.json', json]]);
}

/** Assembles the heavy bundle and converts its network, neither of which the package carries, into a folder. */
export async function assembleHeavy(folder: string): Promise<WrittenFile[]> {
  const bundle = await assembleBundle(HEAVY_RECIPE);
  verifyChecksum(HEAVY_RECIPE.name, bundle, HEAVY_BUNDLE.sha256);
  const network = await convertNetwork(HEAVY_ONNX_RECIPE);
  verifyChecksum(HEAVY_ONNX_RECIPE.name, network, HEAVY_ONNX.sha256);
  return writeAll(folder, [
    [HEAVY_RECIPE.name, bundle],
    [HEAVY_ONNX_RECIPE.name, network],
  ]);
}

async function writeAll(folder: string, files: readonly NamedBytes[]): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    await writeWhole(path, bytes);
    written.push({ path, bytes: bytes.length });
  }
  return written;
}
