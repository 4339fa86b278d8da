import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the models package's build puts them. */
export const BUILT_MODELS = fileURLToPath(new URL('../../../../../models/dist/files/', import.meta.url));

/** A folder as `assets` names one, with some of the models that the models package built; for tests. */
export async function modelFolder(...names: readonly string[]) {
  const path = await mkdtemp(join(tmpdir(), 'pose-coach-models-'));
  await mkdir(join(path, 'models'));
  for (const name of names) await copyFile(join(BUILT_MODELS, name), join(path, 'models', name));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
