import { join } from 'node:path';
import { verifyChecksum } from '../src/checksum.ts';
import { type ModelManifest, modelManifest } from '../src/manifest.ts';
import { ModelsError } from '../src/models-error.ts';
import { writeWhole } from '../src/write-whole.ts';
import { assembleBundle, HEAVY_BUNDLE, HEAVY_RECIPE, RECIPES } from './bundle.ts';
import { readRuntimeFiles } from './runtime-files.ts';

/** What was written, to be told to whoever asked for it. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Assembles what the package carries into a folder: the bundles, ONNX Runtime's files and the manifest. Nothing is written unless
 * every bundle is, byte for byte, the one the manifest names.
 *
 * @throws ModelsError `ASSET_NOT_FOUND` or `ASSET_INVALID`, naming the file
 */
export async function assemble(
  folder: string,
  manifest: ModelManifest = modelManifest,
): Promise<WrittenFile[]> {
  const bundles: Array<readonly [name: string, bytes: Uint8Array]> = [];
  for (const recipe of RECIPES) {
    const listed = manifest.models.find(({ name }) => name === recipe.name);
    if (!listed)
      throw new ModelsError('ASSET_INVALID', `${recipe.name} is not in the manifest; add it there.`);
    const bytes = await assembleBundle(recipe);
    verifyChecksum(recipe.name, bytes, listed.sha256);
    bundles.push([recipe.name, bytes]);
  }
  const runtime = await readRuntimeFiles();
  const json = new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`);
  return writeAll(folder, [...bundles, ...runtime, ['manifest.json', json]]);
}

/** Assembles the heavy bundle, which the package does not carry, into a folder. */
export async function assembleHeavy(folder: string): Promise<WrittenFile[]> {
  const bytes = await assembleBundle(HEAVY_RECIPE);
  verifyChecksum(HEAVY_RECIPE.name, bytes, HEAVY_BUNDLE.sha256);
  return writeAll(folder, [[HEAVY_RECIPE.name, bytes]]);
}

async function writeAll(
  folder: string,
  files: ReadonlyArray<readonly [name: string, bytes: Uint8Array]>,
): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    await writeWhole(path, bytes);
    written.push({ path, bytes: bytes.length });
  }
  return written;
}
