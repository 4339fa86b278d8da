import { PoseCoachError } from '../../base/index.ts';
import { ASSET_LIMIT } from '../host-limits.ts';
import { fetchFile } from './fetch-file.ts';
import { packageFile } from './package-address.ts';

/** Bytes of all files of a package that are kept. */
const TOTAL_LIMIT = 100e6;

/**
 * How often the server is asked for a file that it does not give. Each request tells it something: without an end to
 * them, their order could carry poses out.
 */
const REQUESTS = 3;

interface AssetFile {
  /** As the manifest names it. */
  readonly url: URL;
  requests: number;
  /** On its way, and for which run. */
  coming: { readonly content: Promise<Blob>; readonly signal: AbortSignal } | undefined;
  content: Blob | undefined;
}

/**
 * The files of one extension's own package: those that its manifest names, and no others, because the server of the
 * package learns every name that it is asked for. What has come is kept, so that it is asked no more often than needed.
 */
export class PackageAssets {
  readonly #manifestUrl: URL | undefined;
  /** By address, so that `bell.mp3` and `./bell.mp3` are the same. */
  readonly #files: ReadonlyMap<string, AssetFile>;
  #kept = 0;

  /**
   * @param manifestUrl undefined when the embedder did not say where the package lies
   * @param named the files in the manifest
   */
  constructor(manifestUrl: URL | undefined, named: readonly string[]) {
    this.#manifestUrl = manifestUrl;
    const urls = manifestUrl === undefined ? [] : named.map((path) => packageFile(manifestUrl, path));
    this.#files = new Map(
      urls.map((url) => [url.href, { url, requests: 0, coming: undefined, content: undefined }]),
    );
  }

  /** @throws PoseCoachError `ASSET_NOT_FOUND`; `OPTION_INVALID` for a path that leaves the package */
  async read(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
    if (this.#manifestUrl === undefined)
      throw new PoseCoachError(
        'ASSET_NOT_FOUND',
        `"${path}" cannot be found: the extension was added without the address of its package. Pass its "url".`,
      );
    const file = this.#files.get(packageFile(this.#manifestUrl, path).href);
    if (file === undefined)
      throw new PoseCoachError(
        'ASSET_NOT_FOUND',
        `"${path}" was not looked for, because the manifest does not name it: add "${path}" to /poseCoach/assets.`,
      );
    try {
      return await (await this.#content(file, signal)).arrayBuffer();
    } catch (error) {
      throw new PoseCoachError(
        'ASSET_NOT_FOUND',
        `The package's file "${path}" is not to be had: ${error instanceof Error ? error.message : 'no reason given'}`,
        { cause: error },
      );
    }
  }

  async #content(file: AssetFile, signal: AbortSignal): Promise<Blob> {
    if (file.content !== undefined) return file.content;
    if (file.coming !== undefined && !file.coming.signal.aborted) return file.coming.content;
    if (file.requests === REQUESTS)
      throw new PoseCoachError(
        'EXTENSION_UNAVAILABLE',
        `${REQUESTS} attempts have failed. Repair it and add the extension again.`,
      );
    file.requests += 1;
    const content = this.#fetch(file, signal);
    file.coming = { content, signal };
    try {
      return await content;
    } finally {
      if (file.coming?.content === content) file.coming = undefined;
    }
  }

  async #fetch(file: AssetFile, signal: AbortSignal): Promise<Blob> {
    const { bytes } = await fetchFile(file.url, ASSET_LIMIT, signal);
    // A run before this one may have got it in the meantime.
    if (file.content !== undefined) return file.content;
    if (this.#kept + bytes.byteLength > TOTAL_LIMIT)
      throw new PoseCoachError(
        'EXTENSION_UNAVAILABLE',
        `the assets of an extension may have ${TOTAL_LIMIT / 1e6} MB together.`,
      );
    this.#kept += bytes.byteLength;
    // Browsers may put blobs on the disk.
    file.content = new Blob([bytes]);
    return file.content;
  }
}
