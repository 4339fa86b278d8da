import { PoseCoachError } from '../../base/index.ts';
import type { Asset, Progress } from './asset.ts';
import { keepAsset, keptAsset } from './asset-cache.ts';
import { aborted, invalid, missing } from './asset-errors.ts';
import type { ByteMeter } from './byte-meter.ts';
import { checkAsset } from './check-asset.ts';

/**
 * Loads one file and checks that it is what was expected: from an earlier load where it was kept, else from its
 * address. The only request is for the file itself.
 * @throws PoseCoachError `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ABORTED`
 */
export async function fetchAsset(asset: Asset, signal: AbortSignal, meter: ByteMeter): Promise<Blob> {
  const onProgress = meter.track(asset.bytes);
  try {
    const kept = await keptAsset(asset);
    signal.throwIfAborted();
    if (kept) {
      onProgress(kept.size, kept.size);
      return kept;
    }
    const fetched = await fetchChecked(asset, signal, onProgress);
    // Nobody waits for the disk.
    void keepAsset(asset, fetched);
    return fetched;
  } catch (error) {
    throw signal.aborted ? aborted(error) : error;
  }
}

async function fetchChecked(asset: Asset, signal: AbortSignal, onProgress: Progress): Promise<Blob> {
  try {
    return await download(asset, signal, onProgress, 'default');
  } catch (error) {
    const broken = error instanceof PoseCoachError && error.code === 'ASSET_INVALID';
    if (!broken || asset.sha256 === undefined || signal.aborted) throw error;
    // The browser may have answered out of its own cache, with the file of an older release.
    return download(asset, signal, onProgress, 'reload');
  }
}

async function download(
  asset: Asset,
  signal: AbortSignal,
  onProgress: Progress,
  cache: RequestCache,
): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(asset.url, { signal, cache });
  } catch (error) {
    const why = globalThis.navigator?.onLine === false ? ': the browser is offline' : '';
    throw missing(asset, `could not be fetched${why}`, error);
  }
  if (!response.ok || !response.body) {
    letGo(response);
    throw missing(asset, `answered ${response.status}`);
  }
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    letGo(response);
    throw invalid(asset, 'is a web page: the server answers addresses it does not know with one');
  }
  const blob = new Blob(await readAll(response, response.body, asset, onProgress));
  await checkAsset(asset, new Uint8Array(await blob.arrayBuffer()));
  return blob;
}

/** An answer that nobody reads would keep its connection, of which a browser has few. */
function letGo(response: Response): void {
  response.body?.cancel().catch(() => undefined);
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
  const next = () =>
    reader.read().catch((error: unknown) => {
      throw invalid(asset, `broke off after ${loaded} bytes`, error);
    });
  for (let { done, value } = await next(); !done; { done, value } = await next()) {
    if (!value) continue;
    chunks.push(value);
    loaded += value.byteLength;
    if (asset.bytes !== undefined && loaded > asset.bytes) {
      // It may never end. Nobody waits for the connection.
      reader.cancel().catch(() => undefined);
      throw invalid(asset, `has more than the ${asset.bytes} bytes that it should have`);
    }
    onProgress(loaded, total);
  }
  return chunks;
}
