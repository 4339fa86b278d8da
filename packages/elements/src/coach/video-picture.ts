import { PoseCoachError } from '@pose-coach/core';

/**
 * The picture beneath the skeleton: owns what the `<video>` shows, one thing at a time, and lets it go. A file's
 * object URL is revoked when the next picture comes.
 */
export class VideoPicture {
  readonly #find: () => HTMLVideoElement;
  #revoke: string | undefined;

  /** @param find gives the element, which is made later than this and only once */
  constructor(find: () => HTMLVideoElement) {
    this.#find = find;
  }

  get video(): HTMLVideoElement {
    return this.#find();
  }

  /** Shows a camera; the stream stays its owner's. `undefined` shows nothing. */
  showStream(stream: MediaStream | undefined): void {
    const { video } = this;
    if (!stream) {
      if (video.srcObject) video.srcObject = null;
      return;
    }
    this.clear();
    video.srcObject = stream;
    // Rejects when the stream is replaced before it plays; whoever replaces it plays the next.
    video.play().catch(() => {});
  }

  /** Loads a video file without playing it. */
  load(file: Blob | string, loop: boolean): void {
    this.clear();
    const { video } = this;
    if (file instanceof Blob) this.#revoke = URL.createObjectURL(file);
    // Pixels of another site may be read only if it says so; asking is what lets it.
    video.crossOrigin = 'anonymous';
    video.loop = loop;
    video.src = file instanceof Blob ? (this.#revoke ?? '') : file;
  }

  /**
   * Plays what was loaded, from where it stands; from the beginning if it had ended.
   * @throws PoseCoachError `SOURCE_UNSUPPORTED` where the browser wants a click first; other failures are told by
   * the video element's own `error` event
   */
  async play(): Promise<void> {
    const { video } = this;
    if (video.ended) video.currentTime = 0;
    try {
      await video.play();
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'NotAllowedError') {
        throw new PoseCoachError(
          'SOURCE_UNSUPPORTED',
          'The browser does not start a video by itself here. Start it with a click.',
          { cause },
        );
      }
    }
  }

  pause(): void {
    this.video.pause();
  }

  /** Shows nothing and keeps nothing. */
  clear(): void {
    const { video } = this;
    video.srcObject = null;
    if (video.hasAttribute('src')) {
      video.removeAttribute('src');
      // Without this the decoder stays until the garbage collector comes.
      video.load();
    }
    if (this.#revoke) URL.revokeObjectURL(this.#revoke);
    this.#revoke = undefined;
  }
}
