import type { PoseFrame } from '@pose-coach/core';
import { type DrawStyle, draw, type Fit } from '@pose-coach/elements/draw';

/** How frames are laid into the page. */
export interface OverlayView {
  readonly fit: Fit;
  readonly mirror: boolean;
  readonly style: DrawStyle;
}

/** A transparent canvas as large as the page, sharp on any screen, that shows one frame or nothing. */
export class OverlayCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #view: OverlayView;
  #shown: PoseFrame | undefined;

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, view: OverlayView) {
    this.#canvas = canvas;
    this.#context = context;
    this.#view = view;
    this.#resize();
    addEventListener('resize', () => {
      this.#resize();
      this.show(this.#shown);
    });
  }

  /** Shows a frame in place of what was there; `undefined` leaves the page empty. */
  show(frame: PoseFrame | undefined): void {
    this.#shown = frame;
    const context = this.#context;
    const scale = devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    if (!frame) return;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const { fit, mirror, style } = this.#view;
    draw(context, frame, style, { width: innerWidth, height: innerHeight, fit, mirror });
  }

  #resize(): void {
    this.#canvas.width = Math.max(1, Math.round(innerWidth * devicePixelRatio));
    this.#canvas.height = Math.max(1, Math.round(innerHeight * devicePixelRatio));
  }
}
