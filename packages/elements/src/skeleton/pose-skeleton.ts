import { type Clock, type CoachFrame, type PoseFrame, systemClock } from '@pose-coach/core';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Observable } from 'rxjs';
import { oneOf, switchAttribute, textAttribute } from '../base/attribute-values.ts';
import { define } from '../base/define.ts';
import { PARTS, TAGS } from '../base/names.ts';
import {
  type DrawStyleOptions,
  draw,
  drawStyle,
  FITS,
  type Fit,
  NO_TRAILS,
  nextTrails,
} from '../draw/index.ts';
import { FrameDisplay } from './frame-display.ts';

/** Custom properties that colour the skeleton, and the part of a style each sets. */
const COLOR_PROPERTIES = {
  left: '--pose-left-color',
  right: '--pose-right-color',
  middle: '--pose-middle-color',
  leftHand: '--pose-left-hand-color',
  rightHand: '--pose-right-hand-color',
  outline: '--pose-outline-color',
} as const;

/** After this many ms without a new frame there is nobody to show: half a second, as on the overlay. */
const STALE_AFTER = 500;

/**
 * Draws people as skeletons on a transparent canvas, as sharp as the screen is. Give it a stream (`frames`) and it
 * shows it at the screen's rate, interpolated between results, and nothing at all once the stream has fallen
 * silent; or give it one `frame`, which stays until it is changed.
 *
 * @element pose-skeleton
 * @attr {'contain' | 'cover' | 'crop'} [fit=contain] - how the source's picture lies in the element
 * @attr {boolean} mirror - left and right exchanged
 * @attr {boolean} trails - wrists and ankles leave trails
 * @attr {number} [line-width=4] - width of a bone in CSS pixels
 * @attr {string} color - one colour for the whole skeleton
 * @attr {string} label - what a screen reader says for the canvas
 * @attr {number} [stale-after=500] - ms without a new frame until nothing is drawn
 * @csspart canvas - the canvas
 * @cssproperty [--pose-left-color=#38bdf8] - the person's own left side
 * @cssproperty [--pose-right-color=#fb923c] - the person's own right side
 * @cssproperty [--pose-middle-color=#f1f5f9] - head and trunk
 * @cssproperty [--pose-left-hand-color=#a78bfa] - left hand
 * @cssproperty [--pose-right-hand-color=#fde047] - right hand
 * @cssproperty [--pose-outline-color=rgb(2 6 23 / 0.55)] - rim around every bone
 */
export class PoseSkeletonElement extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      overflow: hidden;
    }
    :host([hidden]) {
      display: none !important;
    }
    canvas {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      display: block;
    }
  `;

  @property({ converter: (value) => oneOf(FITS, value, 'contain') }) fit: Fit = 'contain';
  @property({ converter: switchAttribute }) mirror: boolean | undefined;
  @property({ converter: switchAttribute }) trails: boolean | undefined;
  @property({ attribute: 'line-width', type: Number }) lineWidth: number | undefined;
  @property({ converter: textAttribute }) color: string | undefined;
  @property({ attribute: 'stale-after', type: Number }) staleAfter: number | undefined;

  /** A stream of frames, for example `coach.frames`. The element subscribes while it is in the document. */
  @property({ attribute: false }) frames: Observable<CoachFrame | PoseFrame> | undefined;
  /** One frame, shown until it is changed; `undefined` shows nothing. Not used while `frames` is set. */
  @property({ attribute: false }) frame: PoseFrame | undefined;
  /** Colours and sizes beyond what attributes and custom properties say; they win. */
  @property({ attribute: false }) drawStyle: DrawStyleOptions | undefined;
  /** The text that a screen reader gives for the canvas. */
  @property() label = 'Skeleton of the people in view';
  /** The time of drawing: another one for tests. */
  @property({ attribute: false }) clock: Clock = systemClock;

  #display: FrameDisplay | undefined;
  #shown: PoseFrame | undefined;
  #trails = NO_TRAILS;
  #size = { width: 0, height: 0 };
  #inView = true;
  #resizing: ResizeObserver | undefined;
  #viewing: IntersectionObserver | undefined;
  #cancelDraw: (() => void) | undefined;
  #pageColors: DrawStyleOptions = {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizing = new ResizeObserver(([entry]) => {
      if (entry) this.#size = { width: entry.contentRect.width, height: entry.contentRect.height };
      this.#pageColors = this.#readColors();
      this.#drawSoon();
    });
    this.#resizing.observe(this);
    this.#viewing = new IntersectionObserver(([entry]) => {
      this.#inView = entry?.isIntersecting ?? true;
      this.#updateVisibility();
    });
    this.#viewing.observe(this);
    document.addEventListener('visibilitychange', this.#updateVisibility);
    this.#connectFrames();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing?.disconnect();
    this.#viewing?.disconnect();
    document.removeEventListener('visibilitychange', this.#updateVisibility);
    this.#display?.dispose();
    this.#display = undefined;
    this.#cancelDraw?.();
    this.#cancelDraw = undefined;
    this.#shown = undefined;
  }

  override render() {
    return html`<canvas part=${PARTS.canvas} role="img" aria-label=${this.label}></canvas>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('frames') || changed.has('clock') || changed.has('staleAfter')) this.#connectFrames();
    if (changed.has('frame') && !this.frames) this.#shown = this.frame;
    this.#pageColors = this.#readColors();
    this.#drawSoon();
  }

  #connectFrames(): void {
    this.#display?.dispose();
    this.#display = undefined;
    this.#trails = NO_TRAILS;
    if (!this.isConnected) return;
    if (!this.frames) {
      this.#shown = this.frame;
      return;
    }
    this.#shown = undefined;
    this.#display = new FrameDisplay(this.frames, {
      clock: this.clock,
      staleAfter: this.staleAfter ?? STALE_AFTER,
      show: (frame) => {
        this.#shown = frame;
        // A frame comes from the interpolation, which is already in step with the screen.
        if (frame) this.#draw();
        else this.#drawSoon();
      },
    });
    this.#updateVisibility();
  }

  readonly #updateVisibility = (): void => {
    if (this.#display) this.#display.visible = this.#inView && document.visibilityState === 'visible';
  };

  #drawSoon(): void {
    this.#cancelDraw ??= this.clock.nextFrame(() => this.#draw());
  }

  #draw(): void {
    this.#cancelDraw?.();
    this.#cancelDraw = undefined;
    const canvas = this.renderRoot?.querySelector?.('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const density = devicePixelRatio || 1;
    const width = Math.round(this.#size.width * density);
    const height = Math.round(this.#size.height * density);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, this.#size.width, this.#size.height);
    const frame = this.#shown;
    if (!frame) {
      this.#trails = NO_TRAILS;
      return;
    }
    if (this.trails) this.#trails = nextTrails(this.#trails, frame);
    const viewport = { ...this.#size, fit: this.fit, mirror: this.mirror ?? false };
    draw(context, frame, this.#style(), viewport, this.trails ? this.#trails : undefined);
  }

  #style() {
    return drawStyle({
      // One colour for all is nearer to the element than the page's colours for parts.
      ...(this.color ? { color: this.color } : this.#pageColors),
      ...(this.lineWidth ? { lineWidth: this.lineWidth } : undefined),
      ...this.drawStyle,
    });
  }

  /** The page's custom properties, read when the element changes: reading them for every frame would be slow. */
  #readColors(): DrawStyleOptions {
    const computed = getComputedStyle(this);
    const colors: Record<string, string> = {};
    for (const [key, name] of Object.entries(COLOR_PROPERTIES)) {
      const value = computed.getPropertyValue(name).trim();
      if (value) colors[key] = value;
    }
    return colors;
  }
}

define(TAGS.skeleton, PoseSkeletonElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-skeleton': PoseSkeletonElement;
  }
}
