import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ASSET_ENGINES, type AssetEngine, type AssetLocation, ModelsError } from '@pose-coach/models/copy';

/** Where the build puts the script for pages without a bundler, its chunks and the sample. */
export const STANDALONE_FOLDER = new URL('../standalone/', import.meta.url);

/**
 * For pages whose policy forbids blobs and scripts in the document, besides the engines' workers: the frame of
 * extensions, and what hears beats.
 */
const CORE_FILES = ['extension-frame.html', 'music-worklet.js'];

/** Texts that go wherever the script goes, at the root of this package. */
const NOTICES = ['THIRD_PARTY_NOTICES.md', 'LICENSE-APACHE-2.0.txt'];

/**
 * The script for a page, with its chunks, the engines' workers, the frame that isolates extensions, the sample
 * recording and the notices.
 * @param engine leaves out the other engine's worker
 * @throws ModelsError `ASSET_NOT_FOUND` when they have not been built
 */
export async function locateStandalone(
  folder: URL = STANDALONE_FOLDER,
  engine?: AssetEngine,
): Promise<readonly AssetLocation[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new ModelsError(
      'ASSET_NOT_FOUND',
      'The script is missing. Install @pose-coach/elements again; in a checkout, build it first.',
      { cause },
    );
  });
  const script = names
    .filter((name) => !name.endsWith('.map'))
    .sort()
    .map((name) => ({ path: name, location: new URL(encodeURIComponent(name), folder) }));
  // Two folders up from `src/command` and from `dist/command` alike.
  const here = import.meta.url;
  const notices = NOTICES.map((name) => ({ path: name, location: new URL(`../../${name}`, here) }));
  const engines = ASSET_ENGINES.filter((one) => engine === undefined || one === engine);
  const workers = engines.map((one) => `${one}-worker.js`);
  return [...script, ...[...workers, ...CORE_FILES].map(locateCoreFile), ...notices];
}

function locateCoreFile(path: string): AssetLocation {
  try {
    const file = createRequire(import.meta.url).resolve(`@pose-coach/core/${path}`);
    return { path, location: pathToFileURL(file) };
  } catch (cause) {
    throw new ModelsError(
      'ASSET_NOT_FOUND',
      `${path} is missing. Install @pose-coach/core again; in a checkout, build it first.`,
      { cause },
    );
  }
}
