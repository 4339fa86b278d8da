import { PoseCoachError } from '../../base/index.ts';

/** A file that the engine needs, and what is known of it before it is fetched. */
export interface Asset {
  readonly url: string;
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
}

/** Bytes of one file. */
type Progress = (loaded: number, total: number) => void;

/** How the message of a missing or broken file ends. The heavy model is too big for the package. */
function advice(url: string): string {
  return url.endsWith('_heavy.task')
    ? 'This model is not in @pose-coach/models: its README says how to make it.'
    : 'Run "npx @pose-coach/models copy <folder>" and set the "assets" option to the address of that folder.';
}

/**
 * Where assets are unless told otherwise: the folder of the script this code was loaded from. Bundlers that
 * replace `import.meta.url` by a path of the developer's disk leave the page's own folder.
 */
export function defaultAssets(): string {
  const script = import.meta.url;
  return new URL('.', /^https?:/.test(script) ? script : globalThis.location.href).href;
}

/** Finds models by name under `base`, with what the models package's manifest says of them where there is one. */
export async function modelFinder(base: URL, signal: AbortSignal): Promise<(name: string) => Asset> {
  const known = await manifestModels(new URL('models/manifest.json', base), signal);
  return (name) => {
    const model = known.find((one) => one.name === name);
    return { url: new URL(`models/${name}`, base).href, bytes: model?.bytes, sha256: model?.sha256 };
  };
}

interface ManifestModel {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

async function manifestModels(url: URL, signal: AbortSignal): Promise<readonly ManifestModel[]> {
  try {
    const response = await fetch(url, { signal });
    const manifest: { models?: readonly ManifestModel[] } = response.ok ? await response.json() : {};
    return manifest.models ?? [];
  } catch (error) {
    if (signal.aborted) throw aborted(error);
    // Whoever serves the models without their manifest gets them checked by their form only.
    return [];
  }
}

/** Adds up the bytes of files that load at the same time. */
export class ByteMeter {
  readonly #onProgress: Progress;
  readonly #files: { loaded: number; total: number }[] = [];

  constructor(onProgress: Progress) {
    this.#onProgress = onProgress;
  }

  /** One more file, of so many bytes as far as is known; the function returned is told how it gets on. */
  track(bytes = 0): Progress {
    const file = { loaded: 0, total: bytes };
    this.#files.push(file);
    return (loaded, total) => {
      file.loaded = loaded;
      file.total = Math.max(loaded, total);
      const sum = (of: 'loaded' | 'total') => this.#files.reduce((bytes, one) => bytes + one[of], 0);
      this.#onProgress(sum('loaded'), sum('total'));
    };
  }
}

/**
 * Fetches one file and checks that it is what was expected.
 * @throws PoseCoachError `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ABORTED`
 */
export async function fetchAsset(asset: Asset, signal: AbortSignal, meter: ByteMeter): Promise<Blob> {
  const onProgress = meter.track(asset.bytes);
  try {
    return await fetchChecked(asset, signal, onProgress);
  } catch (error) {
    throw signal.aborted ? aborted(error) : error;
  }
}

async function fetchChecked(asset: Asset, signal: AbortSignal, onProgress: Progress): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(asset.url, { signal });
  } catch (error) {
    throw new PoseCoachError('ASSET_NOT_FOUND', `${asset.url} could not be fetched. ${advice(asset.url)}`, {
      cause: error,
    });
  }
  if (!response.ok || !response.body) {
    throw new PoseCoachError(
      'ASSET_NOT_FOUND',
      `${asset.url} answered ${response.status}. ${advice(asset.url)}`,
    );
  }
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw invalid(asset, 'is a web page: the server answers addresses it does not know with one');
  }
  const blob = new Blob(await readAll(response, response.body, asset, onProgress));
  await check(asset, blob);
  return blob;
}

async function readAll(
  response: Response,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  asset: Asset,
  onProgress: Progress,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  // Of a compressed answer the header tells the compressed size, which is not what arrives here.
  const announced = response.headers.has('content-encoding')
    ? 0
    : Number(response.headers.get('content-length'));
  const total = asset.bytes ?? announced;
  const reader = body.getReader();
  let loaded = 0;
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      if (!value) continue;
      chunks.push(value);
      loaded += value.byteLength;
      onProgress(loaded, total);
    }
  } catch (error) {
    throw invalid(asset, `broke off after ${loaded} bytes`, error);
  }
  return chunks;
}

/** The size and digest where they are known, otherwise the first bytes: a model bundle is a ZIP archive. */
async function check(asset: Asset, blob: Blob): Promise<void> {
  if (asset.bytes !== undefined && blob.size !== asset.bytes) {
    throw invalid(asset, `has ${blob.size} bytes instead of ${asset.bytes}`);
  }
  // Pages without a secure context have no `subtle`; there the size must do.
  if (asset.sha256 && globalThis.crypto?.subtle) {
    const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
    const found = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (found !== asset.sha256) throw invalid(asset, `has the SHA-256 ${found} instead of ${asset.sha256}`);
  } else if (asset.bytes === undefined) {
    const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    if (first !== 0x50 || second !== 0x4b) throw invalid(asset, 'is no model bundle');
  }
}

function invalid(asset: Asset, what: string, cause?: unknown): PoseCoachError {
  return new PoseCoachError('ASSET_INVALID', `${asset.url} ${what}. ${advice(asset.url)}`, { cause });
}

/** What a caller who aborted gets. */
export function aborted(cause?: unknown): PoseCoachError {
  return new PoseCoachError('ABORTED', 'Loading the engine was cancelled.', { cause });
}
