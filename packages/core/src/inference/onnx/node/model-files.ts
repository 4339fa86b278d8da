import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type Asset,
  aborted,
  ByteMeter,
  checkAsset,
  fetchAsset,
  knownModels,
  missing,
  modelFinder,
  type Progress,
} from '../../assets/index.ts';

/** The models package's manifest, in the folder that holds its models. */
const INSTALLED = '@pose-coach/models/files/manifest.json';

/** Finds a file by its name; what its folder's manifest says of it comes along. */
type Find = (name: string) => Asset;

/** Loads an engine's models from a folder, from a server, or from the installed models package. */
export class ModelFiles {
  readonly #abort = new AbortController();
  readonly #meter: ByteMeter;
  readonly #find: Promise<Find>;

  /**
   * @param assets a folder's path, or an address (`file:`, `http:`, `https:`), with or without its last slash; the
   * installed models package where it is left out
   */
  constructor(assets: string | URL | undefined, onProgress: Progress) {
    this.#meter = new ByteMeter(onProgress);
    this.#find = finder(assets, this.#abort.signal);
    this.#find.catch(() => undefined);
  }

  /**
   * Begins to load a model.
   * @throws PoseCoachError `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ABORTED`; unheard, if nobody waits for it
   */
  model(name: string): Promise<Blob> {
    const loading = this.#find.then((find) => this.#load(find(name)));
    loading.catch(() => undefined);
    return loading;
  }

  cancel(): void {
    this.#abort.abort();
  }

  #load(asset: Asset): Promise<Blob> {
    const { signal } = this.#abort;
    return asset.url.startsWith('file:')
      ? readAsset(asset, signal, this.#meter.track(asset.bytes))
      : fetchAsset(asset, signal, this.#meter);
  }
}

async function finder(assets: string | URL | undefined, signal: AbortSignal): Promise<Find> {
  if (assets === undefined) return finderIn(new URL('.', installedManifest()), signal);
  const base = folderAddress(assets);
  return base.protocol === 'file:' ? finderIn(new URL('models/', base), signal) : modelFinder(base, signal);
}

/** Finds files in a folder of the disk, with what a `manifest.json` beside them says. */
async function finderIn(folder: URL, signal: AbortSignal): Promise<Find> {
  const known = await readManifest(new URL('manifest.json', folder), signal);
  return (name) => {
    const model = known.find((one) => one.name === name);
    return { url: new URL(name, folder).href, bytes: model?.bytes, sha256: model?.sha256 };
  };
}

async function readManifest(file: URL, signal: AbortSignal) {
  try {
    return knownModels(JSON.parse(await readFile(file, { encoding: 'utf8', signal })));
  } catch (error) {
    if (signal.aborted) throw aborted(error);
    // Whoever keeps the models without their manifest gets them checked by their form only.
    return [];
  }
}

/** Where the models package is installed: beside this one, or in the folder that the program was started in. */
function installedManifest(): URL {
  const here = import.meta.url;
  for (const from of [here, pathToFileURL(join(process.cwd(), 'index.js'))]) {
    try {
      return pathToFileURL(createRequire(from).resolve(INSTALLED));
    } catch {
      // Not from there.
    }
  }
  throw missing(
    { url: '@pose-coach/models' },
    'is not installed: "npm i @pose-coach/models" brings the models',
  );
}

function folderAddress(assets: string | URL): URL {
  const address = String(assets);
  const isAddress = assets instanceof URL || /^(file|https?):/.test(address);
  return isAddress ? new URL(address.replace(/\/?$/, '/')) : pathToFileURL(`${address}${sep}`);
}

async function readAsset(asset: Asset, signal: AbortSignal, onProgress: Progress): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  try {
    const file: AsyncIterable<Buffer<ArrayBuffer>> = createReadStream(fileURLToPath(asset.url), { signal });
    for await (const chunk of file) {
      chunks.push(chunk);
      loaded += chunk.length;
      onProgress(loaded, asset.bytes ?? 0);
    }
  } catch (error) {
    if (signal.aborted) throw aborted(error);
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw missing(asset, code === 'ENOENT' ? 'does not exist' : `could not be read (${code})`, error);
  }
  const blob = new Blob(chunks);
  await checkAsset(asset, new Uint8Array(await blob.arrayBuffer()));
  if (signal.aborted) throw aborted(signal.reason);
  return blob;
}
