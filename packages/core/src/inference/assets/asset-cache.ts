import type { Asset } from './asset.ts';
import { canDigest, checkAsset } from './check-asset.ts';

/** The name of what we keep in the page's origin: `caches.delete('pose-coach-assets')` gives the space back. */
export const CACHE_NAME = 'pose-coach-assets';

/** What a kept file's address carries besides its own. No request is ever made to such an address. */
const CHECKSUM = 'pose-coach-sha256';

/**
 * Most files that are kept, the newest. Both engines with all their models are fourteen; a site that moves its assets
 * with every release would otherwise fill its users' disks.
 */
const MOST_KEPT = 24;

/**
 * A file from an earlier load, whole and checked again: whatever else runs in this origin can write to its caches,
 * and checking takes milliseconds. Undefined where there is none, where its checksum is not known, and where the
 * browser keeps nothing: without a secure context, in some private windows, in a sandboxed frame.
 */
export async function keptAsset(asset: Asset): Promise<Blob | undefined> {
  const key = keyOf(asset);
  if (key === undefined || !canDigest()) return undefined;
  try {
    const cache = await caches.open(CACHE_NAME);
    const kept = await cache.match(key);
    if (!kept) return undefined;
    const blob = await kept.blob();
    try {
      await checkAsset(asset, new Uint8Array(await blob.arrayBuffer()));
      return blob;
    } catch {
      await cache.delete(key);
      return undefined;
    }
  } catch {
    return undefined;
  }
}

/**
 * Keeps a checked file for later loads, instead of what was kept of this address before. A file without a known
 * checksum is not kept: nobody could tell whether it is still the right one. Never fails: where it cannot be kept,
 * for example because the disk is full, it is fetched again next time.
 */
export async function keepAsset(asset: Asset, blob: Blob): Promise<void> {
  const key = keyOf(asset);
  if (key === undefined || !canDigest()) return;
  try {
    const cache = await caches.open(CACHE_NAME);
    await cache.put(key, new Response(blob));
    const others = (await cache.keys()).map(({ url }) => url).filter((url) => url !== key);
    const older = others.filter((url) => addressOf(url) === addressOf(key));
    const beyond = others.filter((url) => !older.includes(url)).slice(0, 1 - MOST_KEPT);
    for (const url of [...older, ...beyond]) await cache.delete(url);
  } catch {
    // Kept or not, the file is there.
  }
}

/** The file's address with its checksum, where both can be had; caches hold what comes over HTTP. */
function keyOf({ url, sha256 }: Asset): string | undefined {
  if (sha256 === undefined || !/^https?:/.test(url)) return undefined;
  const key = new URL(url);
  key.hash = '';
  key.searchParams.set(CHECKSUM, sha256);
  return key.href;
}

/** What `keyOf` was made of, without the checksum. */
function addressOf(key: string): string {
  const address = new URL(key);
  address.searchParams.delete(CHECKSUM);
  return address.href;
}
