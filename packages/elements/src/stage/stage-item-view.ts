import type { Disposable, Reading } from '@pose-coach/core';
import type { OverlayMoment, SettingValues } from '@pose-coach/core/extension';
import type { MountedPart, OverlayParts } from '@pose-coach/core/overlay-parts';
import type { Scene, StageItem } from '@pose-coach/core/stage';
import { resolveSettings } from './resolved-settings.ts';
import { skeletonPlace } from './skeleton-place.ts';

/** Milliseconds between two paintings from which on it was a pause: nothing has moved meanwhile. */
const PAUSE = 500;

/** Milliseconds for which an event is news; after a pause older ones are not told any more. */
const NEWS_FOR = 1000;

/** Events that wait for one painting at most. */
const MOST_EVENTS = 100;

/** A side of a canvas in its own pixels, at most: what graphics cards hold as one texture. */
const LONGEST_SIDE = 8192;

/** What all items of a moment have in common. */
export type SharedMoment = Omit<OverlayMoment, 'elapsed' | 'size' | 'settings' | 'skeleton' | 'events'> & {
  readonly highlights: readonly number[];
};

interface Happened {
  readonly reading: Reading;
  readonly at: number;
}

/** One item of a scene in the page: its place, and the part that is painted there. */
export class StageItemView implements Disposable {
  readonly element = document.createElement('div');
  readonly #parts: OverlayParts;
  #item: StageItem;
  /** What is painted: the widget, or the theme. */
  #part = '';
  #mounted: MountedPart | undefined;
  #settings: SettingValues = {};
  #onCanvas = true;
  #shownUntil = 0;
  #paintedAt: number | undefined;
  #events: Happened[] = [];

  constructor(parts: OverlayParts, item: StageItem) {
    this.#parts = parts;
    this.#item = item;
    this.element.style.position = 'absolute';
    this.element.dataset.item = item.id;
    this.element.dataset.kind = item.kind;
  }

  /** Takes the item as it is now. Its part goes on, unless it is another. */
  update(item: StageItem, { theme, canvas }: Scene, depth: number): void {
    const part = item.kind === 'skeleton' ? theme.id : item.widget;
    if (part !== this.#part) {
      this.#unmount();
      this.#part = part;
    }
    this.#item = item;
    this.#settings = this.#resolve(item.kind === 'skeleton' ? theme.settings : item.settings);
    this.#onCanvas =
      item.x < canvas.width && item.y < canvas.height && item.x + item.width > 0 && item.y + item.height > 0;
    const { style } = this.element;
    style.left = `${item.x}px`;
    style.top = `${item.y}px`;
    style.width = `${item.width}px`;
    style.height = `${item.height}px`;
    // Not by the order in the document: an isolated part's frame would be loaded anew when it is moved there.
    style.zIndex = String(depth);
    // Sized first: a part is put where it fits.
    this.#mounted ??= this.#parts.mount(item.kind === 'skeleton' ? 'theme' : 'widget', part, this.element);
  }

  /** Shows it until then, also when it is not visible otherwise. */
  showUntil(time: number): void {
    this.#shownUntil = time;
  }

  /** Keeps an event for the next painting. */
  note(reading: Reading, now: number): void {
    this.#events.push({ reading, at: now });
    if (this.#events.length > MOST_EVENTS) this.#events.shift();
  }

  /** @param pixelRatio canvas pixels per stage pixel */
  paint({ highlights, ...shared }: SharedMoment, pixelRatio: number): void {
    const { now, frame } = shared;
    const item = this.#item;
    const isShown = item.visible || now < this.#shownUntil;
    this.element.style.display = isShown ? '' : 'none';
    if (!isShown || !this.#onCanvas) {
      this.#events = [];
      this.#paintedAt = undefined;
      return;
    }
    const elapsed = this.#paintedAt === undefined ? 0 : now - this.#paintedAt;
    const events = this.#events.filter(({ at }) => now - at < NEWS_FOR);
    this.#paintedAt = now;
    this.#events = [];
    this.#mounted?.paint(
      {
        ...shared,
        elapsed: elapsed < PAUSE ? elapsed : 0,
        size: { width: item.width, height: item.height },
        settings: this.#settings,
        events: events.map(({ reading }) => reading),
        ...(item.kind === 'skeleton' ? { skeleton: skeletonPlace(item, frame, highlights) } : {}),
      },
      Math.min(pixelRatio, LONGEST_SIDE / Math.max(item.width, item.height)),
    );
  }

  dispose(): void {
    this.#unmount();
    this.element.remove();
  }

  #resolve(chosen: SettingValues): SettingValues {
    const { widgets, themes } = this.#parts;
    const declared = this.#item.kind === 'skeleton' ? themes : widgets;
    const found = declared.find(({ value }) => value.id === this.#part);
    return resolveSettings(found?.value.settings ?? [], chosen);
  }

  #unmount(): void {
    this.#mounted?.dispose();
    this.#mounted = undefined;
    this.#paintedAt = undefined;
    this.#events = [];
  }
}
