import { type LiveSubscriber, subscribePoses } from '@pose-coach/core/live';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import { textAttribute } from '../base/attribute-values.ts';
import { define } from '../base/define.ts';
import { PARTS, TAGS } from '../base/names.ts';
import { type LiveStage, liveStage } from './live-stage.ts';
import { StageView } from './stage-view.ts';

/**
 * A channel of an overlay server on any page: the scene that its overlays show, with skeleton and widgets, live; empty
 * while nobody is. Give it the parts that scenes are made of (`createOverlayParts` of
 * `@pose-coach/core/overlay-parts`), and either the server's address or a connection of your own.
 *
 * It asks for the attributes when it is put into the page, and again when they change.
 *
 * @element pose-stage
 * @attr {string} url - the overlay server: `http://127.0.0.1:8787`
 * @attr {string} [channel=main] - which channel
 * @attr {string} key - the viewer key of the overlay link; the property is called `viewerKey`
 * @attr {string} scene - id of the scene to show; by default the channel's current one
 * @attr {string} label - what a screen reader says for it
 * @csspart stage - what the scene is laid into
 */
export class PoseStageElement extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      aspect-ratio: 16 / 9;
      overflow: hidden;
    }
    :host([hidden]) {
      display: none !important;
    }
    [part='stage'] {
      position: absolute;
      inset: 0;
    }
  `;

  @property({ converter: textAttribute }) url: string | undefined;
  @property({ converter: textAttribute }) channel: string | undefined;
  /** Not `key`, which React keeps for itself. */
  @property({ attribute: 'key', converter: textAttribute }) viewerKey: string | undefined;
  @property({ converter: textAttribute }) scene: string | undefined;
  /** The text that a screen reader gives for it. */
  @property() label = 'Live stage: people as skeletons, with what is measured of them';

  /** Widgets and themes that scenes can show. Its maker disposes of it. */
  @property({ attribute: false }) parts: OverlayParts | undefined;
  /** A connection of your own, instead of one to `url`. Its maker disposes of it. */
  @property({ attribute: false }) subscriber: LiveSubscriber | undefined;

  @query('[part=stage]') private readonly place: HTMLElement | null | undefined;

  #view: StageView | undefined;
  #own: LiveSubscriber | undefined;
  #live: LiveStage | undefined;
  #viewing: IntersectionObserver | undefined;
  #inView = true;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#viewing = new IntersectionObserver(([entry]) => {
      this.#inView = entry?.isIntersecting ?? true;
      if (this.#live) this.#live.paused = !this.#inView;
    });
    this.#viewing.observe(this);
    if (this.hasUpdated) this.#connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#viewing?.disconnect();
    this.#leave();
  }

  override render() {
    return html`<div part=${PARTS.stage} role="img" aria-label=${this.label}></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const connection = ['url', 'channel', 'viewerKey', 'scene', 'parts', 'subscriber'] as const;
    if (connection.some((name) => changed.has(name))) this.#connect();
  }

  #connect(): void {
    this.#leave();
    const { place, parts, url } = this;
    if (!this.isConnected || !place || !parts) return;
    if (!this.subscriber && url === undefined) return;
    const subscriber = this.subscriber ?? this.#subscribe(url ?? '/');
    this.#view = new StageView(place, { parts });
    this.#live = liveStage(this.#view, subscriber, this.scene === undefined ? {} : { scene: this.scene });
    this.#live.paused = !this.#inView;
  }

  #subscribe(url: string): LiveSubscriber {
    const { channel, viewerKey: key } = this;
    this.#own = subscribePoses({
      url,
      ...(channel === undefined ? {} : { channel }),
      ...(key === undefined ? {} : { key }),
    });
    return this.#own;
  }

  #leave(): void {
    this.#live?.dispose();
    this.#view?.dispose();
    this.#own?.dispose();
    this.#live = undefined;
    this.#view = undefined;
    this.#own = undefined;
  }
}

define(TAGS.stage, PoseStageElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-stage': PoseStageElement;
  }
}
