import { readdir } from 'node:fs/promises';
import { type AssetLocation, ModelsError } from '@pose-coach/models/copy';

/** Where the build puts the script for pages without a bundler, its chunks and the sample. */
export const STANDALONE_FOLDER = new URL('../standalone/', import.meta.url);

/**
 * The script for a page, with its chunks and the sample recording.
 * @throws ModelsError `ASSET_NOT_FOUND` when they have not been built
 */
export async function locateStandalone(folder: URL = STANDALONE_FOLDER): Promise<readonly AssetLocation[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new ModelsError(
      'ASSET_NOT_FOUND',
      'The script is missing. Install @pose-coach/elements again; in a checkout, build it first.',
      { cause },
    );
  });
  return names
    .filter((name) => !name.endsWith('.map'))
    .sort()
    .map((name) => ({ path: name, location: new URL(encodeURIComponent(name), folder) }));
}
