import type { Asset } from './asset.ts';
import { invalid } from './asset-errors.ts';
import { formFault } from './file-form.ts';

/**
 * Checks that a file is the one that was expected: by its size and SHA-256 where they are known, otherwise by its
 * form, which its name's ending says. Works in browsers and in Node, wherever the bytes come from.
 * @throws PoseCoachError `ASSET_INVALID`, naming the file and what is wrong with it
 */
export async function checkAsset(asset: Asset, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (asset.bytes !== undefined && bytes.length !== asset.bytes) {
    throw invalid(asset, `has ${bytes.length} bytes instead of ${asset.bytes}`);
  }
  if (asset.sha256 !== undefined && canDigest()) {
    const found = await sha256(bytes);
    if (found !== asset.sha256) throw invalid(asset, `has the SHA-256 ${found} instead of ${asset.sha256}`);
    return;
  }
  const fault = formFault(asset.url, bytes);
  if (fault !== undefined) throw invalid(asset, fault);
}

/** Pages without a secure context have no `subtle`; there size and form must do. */
export function canDigest(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** In lower-case hexadecimal digits. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
