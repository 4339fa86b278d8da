import type { FrameImage } from '../../capture/index.ts';

/**
 * The picture as the engine gets it: upright, at most `longestSide` pixels long, on a canvas that is used again
 * for every frame. Shrinking before inference saves the engine its copy of the full picture from the graphics
 * memory; its networks look at 224 to 256 pixels anyway.
 */
export class FrameCanvas {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #longestSide: number;

  /** @throws Error when there is no 2-D canvas */
  constructor(longestSide: number | null) {
    const context = this.#canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('There is no 2-D canvas here.');
    this.#context = context;
    this.#longestSide = longestSide ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Draws `image`, which stays the caller's to close.
   * @throws Error when the picture is closed or has no pixels
   */
  draw(image: FrameImage): OffscreenCanvas {
    const [width, height] =
      'displayWidth' in image ? [image.displayWidth, image.displayHeight] : [image.width, image.height];
    if (!(width > 0 && height > 0)) throw new Error('The picture is closed or has no pixels.');
    const scale = Math.min(1, this.#longestSide / Math.max(width, height));
    this.#resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    this.#context.drawImage(image, 0, 0, this.#canvas.width, this.#canvas.height);
    return this.#canvas;
  }

  /** Paints the canvas black: a picture of nobody. */
  blank(): OffscreenCanvas {
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    return this.#canvas;
  }

  #resize(width: number, height: number): void {
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
  }
}
