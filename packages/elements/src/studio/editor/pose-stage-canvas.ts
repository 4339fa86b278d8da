import type { MetricDeclaration } from '@pose-coach/core';
import type { LiveSubscriber } from '@pose-coach/core/live';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import {
  RESIZE_HANDLES,
  type ResizeHandle,
  SAFE_MARGIN,
  type Scene,
  type StageItem,
  type StageRectangle,
} from '@pose-coach/core/stage';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { define } from '../../base/define.ts';
import { CanvasDrag, type DragStep } from './canvas-drag.ts';
import { itemTitle, itemWords } from './item-words.ts';
import { LivePicture } from './live-picture.ts';
import { stageCanvasStyles } from './pose-stage-canvas.styles.ts';

/** What the canvas asks for. */
export interface CanvasActions {
  select(item: string | undefined): void;
  /** @param step one for all edits of one drag */
  place(item: string, rectangle: StageRectangle, step: string): void;
}

/** CSS pixels that an item's name takes above it: nearer to the edge of the canvas it would be cut off. */
const NAME_HEIGHT = 24;

/** CSS pixels that are left free around a canvas that is made to fit. */
const SURROUND = 24;

/**
 * The canvas of the editor: the scene as it is on the stream, each item a button that can be dragged and resized.
 * A part of `<pose-stage-editor>`.
 */
export class StageCanvasElement extends LitElement {
  static override styles = stageCanvasStyles;

  @property({ attribute: false }) scene: Scene | undefined;
  @property({ attribute: false }) selected: string | undefined;
  @property({ attribute: false }) parts: OverlayParts | undefined;
  @property({ attribute: false }) subscriber: LiveSubscriber | undefined;
  @property({ attribute: false }) sample: string | undefined;
  /** What is known to be read once somebody is live. */
  @property({ attribute: false }) metrics: readonly MetricDeclaration[] = [];
  @property({ attribute: false }) actions: CanvasActions | undefined;
  @property({ type: Boolean }) margins = false;
  @property({ type: Boolean }) snap = true;
  /** CSS pixels per stage pixel; undefined: as large as it fits. */
  @property({ attribute: false }) zoom: number | undefined;

  /** CSS pixels that are there for the canvas. */
  @state() private room = { width: 0, height: 0 };
  @state() private drag: DragStep | undefined;
  @query('.picture') private place!: HTMLElement | null;

  readonly #sizes = new ResizeObserver(() => this.#measure());
  readonly #dragging = new CanvasDrag();
  #picture: LivePicture | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#endPicture();
  }

  /** CSS pixels per stage pixel. */
  get scale(): number {
    if (this.zoom !== undefined || !this.scene) return this.zoom ?? 1;
    const { width, height } = this.scene.canvas;
    const scale = Math.min((this.room.width - SURROUND) / width, (this.room.height - SURROUND) / height);
    return Math.max(scale, 0.02);
  }

  /** Gives the keyboard to an item. */
  focusItem(id: string): void {
    this.shadowRoot?.querySelector<HTMLElement>(`.item[data-item="${id}"]`)?.focus();
  }

  protected override render() {
    const { scene } = this;
    if (!scene) return nothing;
    const { width, height } = scene.canvas;
    const board = { width: `${width * this.scale}px`, height: `${height * this.scale}px` };
    return html`<div class="viewport" @pointerdown=${this.#pressBeside}>
      <div class="board" style=${styleMap(board)}>
        <div class="picture" aria-hidden="true"></div>
        ${this.margins ? html`<div class="margin" style=${styleMap({ inset: `${SAFE_MARGIN * 100}%` })}></div>` : nothing}
        <div class="items" role="group" aria-label="Items on the canvas">
          ${repeat(
            scene.items,
            ({ id }) => id,
            (item) => this.#item(item, scene),
          )}
        </div>
        ${this.drag?.guides.map((guide) => {
          const at = `${(guide.at / (guide.axis === 'x' ? width : height)) * 100}%`;
          return html`<div class="guide ${guide.axis}" style=${styleMap(guide.axis === 'x' ? { left: at } : { top: at })}></div>`;
        })}
        ${this.#frame(scene)}
      </div>
    </div>`;
  }

  #item(item: StageItem, scene: Scene) {
    const selected = item.id === this.selected;
    return html`<button
      type="button"
      class="item ${item.visible ? '' : 'unseen'} ${item.locked ? 'locked' : ''} ${item.y * this.scale < NAME_HEIGHT ? 'inside' : ''}"
      data-item=${item.id}
      style=${styleMap(placeOn(scene.canvas, item))}
      aria-label=${itemWords(item, scene, this.parts)}
      aria-pressed=${selected}
      @focus=${() => this.actions?.select(item.id)}
      @pointerdown=${(event: PointerEvent) => this.#press(event, item, 'move')}
    >
      <span class="name">${itemTitle(item, this.parts)}</span>
    </button>`;
  }

  /** Around the selected item, above all others, with its handles. */
  #frame(scene: Scene) {
    const item = scene.items.find(({ id }) => id === this.selected);
    if (!item) return nothing;
    const { width, height } = item;
    return html`<div class="frame" style=${styleMap(placeOn(scene.canvas, item))} aria-hidden="true">
      ${
        item.locked
          ? nothing
          : RESIZE_HANDLES.map(
              (handle) =>
                html`<span
                  class="handle ${handle}"
                  @pointerdown=${(event: PointerEvent) => this.#press(event, item, handle)}
                ></span>`,
            )
      }
      ${this.drag ? html`<span class="size">${Math.round(width)} × ${Math.round(height)}</span>` : nothing}
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { parts, subscriber, sample, place, scene } = this;
    // Nobody sees it behind another tab of the page, where painting would be taken from the engine.
    const seen = this.isConnected && this.room.width > 0;
    if (!seen || changed.has('parts') || changed.has('subscriber') || changed.has('sample'))
      this.#endPicture();
    if (seen && parts && place) this.#picture ??= new LivePicture(place, { parts, subscriber, sample });
    this.#picture?.expect(this.metrics);
    this.#picture?.show(scene);
  }

  #endPicture(): void {
    this.#picture?.dispose();
    this.#picture = undefined;
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this;
    if (width !== this.room.width || height !== this.room.height) this.room = { width, height };
  }

  #pressBeside(event: PointerEvent): void {
    const beside = !event
      .composedPath()
      .some((one) => one instanceof Element && one.matches('.item, .handle'));
    if (beside) this.actions?.select(undefined);
  }

  #press(event: PointerEvent, item: StageItem, handle: ResizeHandle | 'move'): void {
    if (event.button !== 0) return;
    this.actions?.select(item.id);
    if (item.locked || !this.scene) return;
    const target = event.currentTarget as HTMLElement;
    this.#dragging.begin({ event, handle, item, scale: this.scale });
    const listeners = new AbortController();
    const on = (
      type: 'pointermove' | 'pointerup' | 'pointercancel',
      listener: (event: PointerEvent) => void,
    ) => target.addEventListener(type, listener, { signal: listeners.signal });
    const end = () => {
      listeners.abort();
      this.drag = undefined;
    };
    target.setPointerCapture(event.pointerId);
    on('pointermove', (move) => {
      if (move.pointerId !== event.pointerId || !this.scene) return;
      const step = this.#dragging.move(move, this.scene, this.snap);
      if (!step) return;
      this.drag = step;
      this.actions?.place(item.id, step.rectangle, step.step);
    });
    on('pointerup', end);
    on('pointercancel', end);
  }
}

/** Where an item lies on the board. */
function placeOn(canvas: Scene['canvas'], { x, y, width, height }: StageRectangle) {
  return {
    left: `${(x / canvas.width) * 100}%`,
    top: `${(y / canvas.height) * 100}%`,
    width: `${(width / canvas.width) * 100}%`,
    height: `${(height / canvas.height) * 100}%`,
  };
}

define('pose-stage-canvas', StageCanvasElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-stage-canvas': StageCanvasElement;
  }
}
