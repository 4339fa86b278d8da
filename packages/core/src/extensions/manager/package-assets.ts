import { PoseCoachError } from '../../base/index.ts';
import { fetchFile } from './fetch-file.ts';
import { packageFile } from './package-address.ts';

/** Bytes of one file of a package at most: a song, a large picture. */
const LIMIT = 50e6;

/**
 * Files that an extension may ask for while it is listed. Each name that is asked for reaches the package's server:
 * without an end to them, names could carry poses out.
 */
const FILES = 64;

/** The files of one extension's own package. */
export class PackageAssets {
  readonly #manifestUrl: URL | undefined;
  readonly #asked = new Set<string>();

  /** @param manifestUrl undefined when the embedder did not say where the package lies */
  constructor(manifestUrl: URL | undefined) {
    this.#manifestUrl = manifestUrl;
  }

  /** @throws PoseCoachError `ASSET_NOT_FOUND`; `OPTION_INVALID` for a path that leaves the package */
  async read(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
    if (this.#manifestUrl === undefined)
      throw new PoseCoachError(
        'ASSET_NOT_FOUND',
        `"${path}" cannot be found: the extension was added without the address of its package. Pass its "url".`,
      );
    const url = packageFile(this.#manifestUrl, path);
    this.#asked.add(url.href);
    if (this.#asked.size > FILES) {
      this.#asked.delete(url.href);
      throw new PoseCoachError(
        'ASSET_NOT_FOUND',
        `"${path}" was not looked for: an extension may ask for ${FILES} different files. Put small ones together.`,
      );
    }
    try {
      return (await fetchFile(url, LIMIT, signal)).bytes;
    } catch (error) {
      throw new PoseCoachError(
        'ASSET_NOT_FOUND',
        `The package's file "${path}" is not to be had: ${error instanceof Error ? error.message : 'no reason given'}`,
        { cause: error },
      );
    }
  }
}
