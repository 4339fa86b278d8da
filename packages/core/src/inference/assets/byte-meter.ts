import type { Progress } from './asset.ts';

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
