import type { Disposable, MetricDeclaration, MetricId, PoseFrame, Reading } from '@pose-coach/core';
import type { OverlayLook } from '@pose-coach/core/extension';
import type { LiveReadings } from '@pose-coach/core/live';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import type { StageEffect } from '@pose-coach/core/protocol';
import { COMBO_METRIC, SCORE_METRIC, type Scene, STAGE_METRICS } from '@pose-coach/core/stage';
import { FollowedBeat } from './followed-beat.ts';
import { MediaTime } from './media-time.ts';
import { NewestReadings } from './newest-readings.ts';
import { placeStage, type StagePlacement } from './placement.ts';
import { PLAIN_LOOK, resolveLook, resolveSettings } from './resolved-settings.ts';
import { ShownCues } from './shown-cues.ts';
import { SoundBoard } from './sound-board.ts';
import { type SharedMoment, StageItemView } from './stage-item-view.ts';

/** Milliseconds after which an event is none any more: the slowest are told a second or two after they happened. */
const TOLD_WITHIN = 5000;

export interface StageViewOptions {
  /** Stays its owner's, who disposes of it. */
  readonly parts: OverlayParts;
  /** Less motion; default: as the system asks for. */
  readonly calm?: boolean;
}

/**
 * A scene in a page: its canvas whole and centred in an element, its items in their places, and all that parts are
 * told. It has no clock of its own and knows no server: its owner tells it what comes, and paints it with every
 * repaint (`liveStage` does both). Its time is that of `requestAnimationFrame` and `performance.now()`.
 */
export class StageView implements Disposable {
  /**
   * Whether anything is to be seen. Parts that are not keep what they remember, are not painted, and when they come
   * back nothing old is seen.
   */
  visible = true;
  readonly #parts: OverlayParts;
  readonly #calm: boolean | undefined;
  readonly #asksForCalm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #frameElement = document.createElement('div');
  readonly #canvas = document.createElement('div');
  readonly #resizing: ResizeObserver;
  readonly #items = new Map<string, StageItemView>();
  readonly #readings = new NewestReadings();
  readonly #cues = new ShownCues();
  readonly #beat = new FollowedBeat();
  readonly #mediaTime = new MediaTime();
  readonly #sounds = new SoundBoard();
  #scene: Scene | undefined;
  #look: OverlayLook = PLAIN_LOOK;
  #page = { width: 0, height: 0 };
  #placement: StagePlacement = { x: 0, y: 0, scale: 1 };
  #frame: PoseFrame | undefined;
  #epoch: number | undefined;
  /** The lowest id in view; who was it last while nobody is. */
  #person: number | undefined;
  #metrics: Readonly<Record<MetricId, MetricDeclaration>> = byId([]);
  #live = false;
  #liveSince: number | undefined;
  #isSeen = false;

  /** @param root a positioned element that the stage fills; its size may change at any time */
  constructor(root: HTMLElement, { parts, calm }: StageViewOptions) {
    this.#parts = parts;
    this.#calm = calm;
    this.#frameElement.style.cssText = 'position:absolute;inset:0;overflow:hidden;contain:strict';
    this.#canvas.style.cssText =
      'position:absolute;left:0;top:0;overflow:hidden;transform-origin:0 0;visibility:hidden';
    this.#frameElement.append(this.#canvas);
    root.append(this.#frameElement);
    this.#resizing = new ResizeObserver(([entry]) => {
      if (!entry) return;
      this.#page = { width: entry.contentRect.width, height: entry.contentRect.height };
      this.#place();
    });
    this.#resizing.observe(this.#frameElement);
    this.#page = { width: this.#frameElement.clientWidth, height: this.#frameElement.clientHeight };
  }

  /** Where the scene's canvas lies in the root. */
  get placement(): StagePlacement {
    return this.#placement;
  }

  /**
   * Shows a scene, or none, in place of the one before. Parts of items that have the same id and show the same go on
   * with what they remember.
   */
  show(scene: Scene | undefined): void {
    const isAnother = scene?.id !== this.#scene?.id;
    this.#scene = scene;
    const kept = new Set(scene?.items.map(({ id }) => id));
    for (const [id, item] of this.#items) {
      if (kept.has(id)) continue;
      item.dispose();
      this.#items.delete(id);
    }
    if (!scene) return;
    this.#look = this.#lookOf(scene);
    this.#place();
    for (const [depth, item] of scene.items.entries()) {
      let view = this.#items.get(item.id);
      if (view && view.element.dataset.kind !== item.kind) {
        view.dispose();
        view = undefined;
      }
      if (!view) {
        view = new StageItemView(this.#parts, item);
        this.#items.set(item.id, view);
        this.#canvas.append(view.element);
      }
      view.update(item, scene, depth);
      // What a trigger of the scene before shows for a while is that scene's.
      if (isAnother) view.showUntil(0);
    }
  }

  /** The element of an item, for what is laid around it; undefined when the scene has none of that id. */
  itemElement(id: string): HTMLElement | undefined {
    return this.#items.get(id)?.element;
  }

  /** The people as they are to be seen at the next painting; undefined: nobody is known. */
  setFrame(frame: PoseFrame | undefined): void {
    this.#frame = frame && withoutWorld(frame);
    if (!frame) return;
    // The film jumped: its beats are elsewhere now.
    if (frame.epoch !== this.#epoch) this.#beat.clear();
    this.#epoch = frame.epoch;
    this.#mediaTime.shown(frame, performance.now());
    const ids = frame.poses.map(({ id }) => id);
    if (ids.length > 0) this.#person = Math.min(...ids);
  }

  /** Takes what has been read and said since the call before. */
  addReadings({ readings, cues }: LiveReadings): void {
    const now = performance.now();
    this.#readings.add(readings, now);
    this.#cues.add(cues, now);
    for (const reading of readings) {
      const metric = this.#metrics[reading.metric];
      if (metric?.kind === 'event') this.#noteEvent(reading, metric, now);
    }
  }

  /** What readings are declared as, besides those of the stage itself. */
  setMetrics(metrics: readonly MetricDeclaration[]): void {
    this.#metrics = byId(metrics);
  }

  /**
   * Told whenever the publisher comes, goes or changes: what the one before read and said is forgotten.
   * @param liveSince milliseconds on the clock of `performance.now()`
   */
  setSource(live: boolean, liveSince?: number): void {
    this.#live = live;
    this.#liveSince = live ? liveSince : undefined;
    this.#frame = undefined;
    this.#person = undefined;
    this.#readings.clear();
    this.#cues.clear();
    this.#beat.clear();
    this.#mediaTime.reset();
    this.#epoch = undefined;
  }

  /**
   * Corrects since when the present publisher is live, as clocks come to be known better; nothing else is forgotten.
   * @param liveSince as for `setSource`
   */
  correctLiveSince(liveSince: number | undefined): void {
    if (this.#live) this.#liveSince = liveSince;
  }

  /** Does what happens on the stage now. */
  effect(effect: StageEffect): void {
    switch (effect.kind) {
      case 'show-item':
        if (effect.scene !== this.#scene?.id) return;
        this.#items.get(effect.item)?.showUntil(performance.now() + effect.seconds * 1000);
        return;
      case 'sound':
        this.#sounds.play(effect.sound);
        return;
      case 'score-reset':
        this.#readings.forget([SCORE_METRIC, COMBO_METRIC]);
    }
  }

  /** Paints all items as they are at this moment, in milliseconds of `requestAnimationFrame`. */
  paint(now: number): void {
    const isSeen = this.visible && this.#scene !== undefined && this.#page.width > 0;
    // Once more when it disappears, so that an isolated part, which paints when it comes to it, has nothing old.
    if (isSeen || this.#isSeen) this.#paintItems(now);
    this.#isSeen = isSeen;
    this.#canvas.style.visibility = isSeen ? '' : 'hidden';
  }

  /** Takes everything out of the page. */
  dispose(): void {
    this.show(undefined);
    this.#resizing.disconnect();
    this.#sounds.dispose();
    this.#frameElement.remove();
  }

  #paintItems(now: number): void {
    this.#cues.step(now);
    const beat = this.#beat.at(now);
    const moment: SharedMoment = {
      now,
      look: this.#look,
      calm: this.#calm ?? this.#asksForCalm.matches,
      live: this.#live,
      readings: this.#readings.of(this.#person, now),
      metrics: this.#metrics,
      cues: this.#cues.cues,
      highlights: this.#cues.highlights,
      ...(this.#liveSince === undefined ? {} : { liveSince: this.#liveSince }),
      ...(this.#frame ? { frame: this.#frame } : {}),
      ...(beat ? { beat } : {}),
    };
    const pixelRatio = this.#placement.scale * (devicePixelRatio || 1);
    for (const item of this.#items.values()) item.paint(moment, pixelRatio);
  }

  /** What happened long ago, as whoever joins late is told of everything, or nobody knows when, is no news. */
  #noteEvent(reading: Reading, metric: MetricDeclaration, now: number): void {
    const at = this.#mediaTime.toNow(reading.timestamp, now);
    if (at === undefined || now - at > TOLD_WITHIN) return;
    for (const item of this.#items.values()) item.note(reading, now);
    const { poseId } = reading;
    if (poseId === undefined || poseId === this.#person) this.#beat.note(reading, metric, at);
  }

  #place(): void {
    const canvas = this.#scene?.canvas;
    if (!canvas || this.#page.width === 0 || this.#page.height === 0) return;
    this.#placement = placeStage(canvas, this.#page);
    const { x, y, scale } = this.#placement;
    const { style } = this.#canvas;
    style.width = `${canvas.width}px`;
    style.height = `${canvas.height}px`;
    style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  #lookOf({ theme }: Scene): OverlayLook {
    const found = this.#parts.themes.find(({ value }) => value.id === theme.id)?.value;
    return found ? resolveLook(found, resolveSettings(found.settings, theme.settings)) : PLAIN_LOOK;
  }
}

function byId(metrics: readonly MetricDeclaration[]): Readonly<Record<MetricId, MetricDeclaration>> {
  return Object.fromEntries([...STAGE_METRICS, ...metrics].map((metric) => [metric.id, metric]));
}

/** What parts are shown of people: the picture's landmarks, which are half of the data. */
function withoutWorld(frame: PoseFrame): PoseFrame {
  const people = [...frame.poses, ...frame.hands];
  if (people.every(({ worldLandmarks }) => worldLandmarks.length === 0)) return frame;
  return {
    ...frame,
    poses: frame.poses.map((pose) => ({ ...pose, worldLandmarks: [] })),
    hands: frame.hands.map((hand) => ({ ...hand, worldLandmarks: [] })),
  };
}
