import type { OverlayCanvas, OverlayMoment, OverlayPart } from '../api/overlay-api.ts';

/** What is used of a canvas: the page's, a worker's, and in tests that of a package for Node. */
export interface PaintableCanvas {
  width: number;
  height: number;
  getContext(kind: '2d'): unknown;
}

/**
 * The canvas of one part, in the page or in a worker: as many pixels as it is shown with, one unit of its context
 * one stage pixel, and cleared before every painting.
 */
export class PartCanvas {
  readonly #canvas: PaintableCanvas;
  readonly #context: OverlayCanvas;

  /** @throws Error where there are too many canvases already */
  constructor(canvas: PaintableCanvas) {
    const context = canvas.getContext('2d') as OverlayCanvas | null;
    if (!context) throw new Error('the browser gives no more canvases: take something off the stage');
    this.#canvas = canvas;
    this.#context = context;
  }

  /** Paints a moment; what the part throws comes through, and leaves the context as it was. */
  paint(part: OverlayPart, moment: OverlayMoment, pixelRatio: number): void {
    const context = this.#context;
    const { size } = moment;
    const width = Math.max(1, Math.round(size.width * pixelRatio));
    const height = Math.max(1, Math.round(size.height * pixelRatio));
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.clear();
    context.save();
    context.setTransform(width / size.width, 0, 0, height / size.height, 0, 0);
    try {
      part.paint(context, moment);
    } finally {
      context.restore();
    }
  }

  clear(): void {
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }
}
