import type { FrameImage } from '../../capture/index.ts';

/** What the engine can look at. */
export type Picture = FrameImage | OffscreenCanvas;

/**
 * Brings pictures into the form that the engine gets: upright, in square pixels, at most `longestSide` long.
 * Pictures that are so already are left alone, which saves 5 to 8 % of the results per second (measured at
 * 640×480); the others are drawn on a canvas that is used again for every frame. Shrinking saves the engine its
 * copy of the whole picture out of the graphics memory; its networks look at 224 to 256 pixels anyway.
 */
export class FrameCanvas {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #longestSide: number;

  /**
   * @param settings.willReadFrequently draws where JavaScript can read the pixels, not in graphics memory
   * @throws Error when there is no 2-D canvas
   */
  constructor(longestSide: number | null, settings: { readonly willReadFrequently?: boolean } = {}) {
    const context = this.#canvas.getContext('2d', { alpha: false, ...settings });
    if (!context) throw new Error('There is no 2-D canvas here.');
    this.#context = context;
    this.#longestSide = longestSide ?? Number.POSITIVE_INFINITY;
  }

  /**
   * The picture to look at: `image` itself or the canvas; `image` stays the caller's to close.
   * @throws Error when the picture is closed or has no pixels
   */
  fit(image: FrameImage): Picture {
    const { width, height, scale } = this.#sizeOf(image);
    return scale === 1 && isPlain(image) ? image : this.#draw(image, width, height);
  }

  /**
   * The canvas with the picture on it, also when the picture is plain: for those who cannot take a frame as it is.
   * @throws Error when the picture is closed or has no pixels
   */
  draw(image: FrameImage): OffscreenCanvas {
    const { width, height } = this.#sizeOf(image);
    return this.#draw(image, width, height);
  }

  /** The pixels of what is on the canvas, from the top left on: red, green, blue, alpha. */
  pixels(): ImageData {
    return this.#context.getImageData(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** The canvas painted black: a picture of nobody. */
  blank(): Picture {
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    return this.#canvas;
  }

  /** The size that the canvas gets for a picture, and by how much that shrinks it. */
  #sizeOf(image: FrameImage): { width: number; height: number; scale: number } {
    const [width, height] =
      'displayWidth' in image ? [image.displayWidth, image.displayHeight] : [image.width, image.height];
    if (!(width > 0 && height > 0)) throw new Error('The picture is closed or has no pixels.');
    const scale = Math.min(1, this.#longestSide / Math.max(width, height));
    const fitted = (size: number) => Math.max(1, Math.round(size * scale));
    return { width: fitted(width), height: fitted(height), scale };
  }

  #draw(image: FrameImage, width: number, height: number): OffscreenCanvas {
    this.#resize(width, height);
    this.#context.drawImage(image, 0, 0, width, height);
    return this.#canvas;
  }

  #resize(width: number, height: number): void {
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
  }
}

/** Later browsers tell how a frame is to be turned before it is shown. */
interface Turned {
  readonly rotation?: number;
  readonly flip?: boolean;
}

/** Whether the pixels as they are stored are the picture: a texture made of a frame ignores turns and proportions. */
export function isPlain(image: FrameImage): boolean {
  if (!('displayWidth' in image)) return true;
  const { rotation = 0, flip = false } = image as VideoFrame & Turned;
  const { width, height } = image.visibleRect ?? {};
  return rotation === 0 && !flip && width === image.displayWidth && height === image.displayHeight;
}
