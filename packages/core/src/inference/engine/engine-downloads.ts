import { type Asset, ByteMeter, defaultAssets, fetchAsset, modelFinder } from '../assets/index.ts';

/** What is known of a file before it is fetched. */
export type FileSum = Omit<Asset, 'url'>;

/** Loads an engine's files out of one folder, each once; they count in one progress and are cancelled together. */
export class EngineDownloads {
  readonly #abort = new AbortController();
  readonly #meter: ByteMeter;
  readonly #base: URL;
  readonly #find: Promise<(name: string) => Asset>;
  readonly #files = new Map<string, Promise<Blob>>();

  /** @param assets the folder's address, with or without its last slash; an empty one is the page's own folder */
  constructor(assets: string | URL | undefined, onProgress: (loaded: number, total: number) => void) {
    const address = String(assets ?? defaultAssets());
    this.#base = new URL(address === '' ? '.' : address.replace(/\/?$/, '/'), globalThis.location.href);
    this.#meter = new ByteMeter(onProgress);
    this.#find = modelFinder(this.#base, this.#abort.signal);
    this.#find.catch(() => undefined);
  }

  /**
   * `models/<name>`, checked by what the folder's manifest says of it.
   * @throws PoseCoachError `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ABORTED`
   */
  model(name: string): Promise<Blob> {
    return this.#once(`models/${name}`, (find) => find(name));
  }

  /** A file of which the caller knows what it must be. @throws as `model` does */
  file(path: string, known: FileSum): Promise<Blob> {
    const asset = { ...known, url: this.url(path).href };
    // After the manifest, as the models: from the first byte on, the total counts all files.
    return this.#once(path, () => asset);
  }

  /** Where a file lies. */
  url(path: string): URL {
    return new URL(path, this.#base);
  }

  cancel(): void {
    this.#abort.abort();
  }

  #once(path: string, choose: (find: (name: string) => Asset) => Asset): Promise<Blob> {
    const known = this.#files.get(path);
    if (known) return known;
    const loading = this.#find.then((find) => fetchAsset(choose(find), this.#abort.signal, this.#meter));
    this.#files.set(path, loading);
    return loading;
  }
}
