import { type Disposable, Interpolator, type PoseFrame } from '@pose-coach/core';
import type { LiveSource, LiveSubscriber } from '@pose-coach/core/live';
import { declaredMetrics } from '@pose-coach/core/protocol';
import type { Scene, Stage } from '@pose-coach/core/stage';
import { combineLatest, type Subscription } from 'rxjs';
import { PaintedDelays } from './painted-delays.ts';
import type { StageView } from './stage-view.ts';

/**
 * Milliseconds without a pose after which nobody is shown: under the half second that a frozen skeleton may be seen,
 * and over the time between results of an engine that finds three a second.
 */
const STALE_AFTER = 400;

/**
 * Milliseconds from one result to the next being shown whole: the time between two results of a camera at 30 Hz, so
 * that every refresh of the screen shows a step of the way. Half of it would be sooner, and stand still every other
 * refresh; a stream has time (OBS delays the camera's picture to match), and no patience with stutter.
 */
const GLIDE = 33;

/** Milliseconds by which a timer must be wrong to be corrected: less is not seen, and would make it tremble. */
const CLOCK_STEP = 50;

export interface LiveStageOptions {
  /** Id of the scene that is shown; default: the channel's current one. */
  readonly scene?: string;
}

/** A channel on a stage, painted with every repaint until it is disposed. */
export interface LiveStage extends Disposable {
  /** Nobody looks: nothing is painted, and nothing is to be seen when painting goes on until there is something new. */
  paused: boolean;
}

/**
 * Shows a channel on a stage: its people between two results, what is read and said, what happens, and the scene that
 * the channel is at. Nothing is seen while nobody is live, or while the streamer hides the overlay.
 * @param subscriber stays its owner's, who disposes of it
 */
export function liveStage(
  view: StageView,
  subscriber: LiveSubscriber,
  options: LiveStageOptions = {},
): LiveStage {
  return new SubscribedStage(view, subscriber, options);
}

/** The scene that an overlay of this address shows; undefined when the stage has none of that id. */
export function shownScene(stage: Stage, scene: string | undefined): Scene | undefined {
  const id = scene ?? stage.current;
  return stage.scenes.find((each) => each.id === id);
}

class SubscribedStage implements LiveStage {
  readonly #view: StageView;
  readonly #subscriber: LiveSubscriber;
  readonly #subscriptions: Subscription[];
  readonly #delays = new PaintedDelays();
  #interpolator = new Interpolator({ over: GLIDE });
  /** When the newest frame came; undefined: none is to be shown. */
  #arrivedAt: number | undefined;
  /** Of the moment that was painted last, ms since the Unix epoch. */
  #capturedAt: number | undefined;
  /** When the publisher went live, on the server's clock; and on the page's, as it was told last. */
  #liveSince: number | undefined;
  #toldSince: number | undefined;
  #shows = false;
  #paused = false;
  #repaint: number | undefined;

  constructor(view: StageView, subscriber: LiveSubscriber, { scene }: LiveStageOptions) {
    this.#view = view;
    this.#subscriber = subscriber;
    this.#subscriptions = [
      subscriber.state.subscribe((state) => view.setMetrics(declaredMetrics(state))),
      // Before readings and frames: those that come are the new publisher's.
      subscriber.source.subscribe((source) => this.#changeSource(source)),
      subscriber.frames.subscribe(({ frame }) => this.#receive(frame)),
      subscriber.readings.subscribe((readings) => view.addReadings(readings)),
      subscriber.effects.subscribe((effect) => view.effect(effect)),
      combineLatest([subscriber.stage, subscriber.source]).subscribe(([revised, source]) => {
        view.show(revised && shownScene(revised.stage, scene));
        this.#shows = source.live && revised?.stage.hidden === false;
        view.visible = this.#shows && !this.#paused;
      }),
    ];
    this.#paintNext();
  }

  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#view.visible = this.#shows && !paused;
    if (!paused) {
      this.#paintNext();
      return;
    }
    this.#stopPainting();
    this.#forgetPeople();
    // What stands in the page when it is looked at again must not be what is left there now.
    this.#view.paint(performance.now());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    this.#stopPainting();
  }

  #changeSource({ live, liveSince }: LiveSource): void {
    this.#forgetPeople();
    this.#liveSince = liveSince;
    this.#toldSince = this.#since();
    this.#view.setSource(live, this.#toldSince);
  }

  /** The server's clock, to the page's; how they differ is not known before the first answer, and better later. */
  #since(): number | undefined {
    return this.#liveSince === undefined
      ? undefined
      : performance.now() + this.#liveSince - this.#subscriber.serverNow();
  }

  #followClock(): void {
    const since = this.#since();
    if (since === undefined || this.#toldSince === undefined) return;
    if (Math.abs(since - this.#toldSince) < CLOCK_STEP) return;
    this.#toldSince = since;
    this.#view.correctLiveSince(since);
  }

  #receive(frame: PoseFrame): void {
    if (this.#paused) return;
    this.#arrivedAt = performance.now();
    this.#interpolator.push(frame, this.#arrivedAt);
  }

  #forgetPeople(): void {
    // Afresh: nothing may glide from one publisher's person to another's.
    this.#interpolator = new Interpolator({ over: GLIDE });
    this.#arrivedAt = undefined;
    this.#view.setFrame(undefined);
  }

  #paintNext(): void {
    this.#repaint ??= requestAnimationFrame((now) => {
      this.#repaint = undefined;
      this.#paint(now);
      this.#paintNext();
    });
  }

  #stopPainting(): void {
    if (this.#repaint !== undefined) cancelAnimationFrame(this.#repaint);
    this.#repaint = undefined;
  }

  #paint(now: number): void {
    this.#followClock();
    if (this.#arrivedAt !== undefined && now - this.#arrivedAt > STALE_AFTER) this.#forgetPeople();
    const frame = this.#interpolator.at(now)?.frame;
    if (frame) this.#view.setFrame(frame);
    this.#view.paint(now);
    if (frame && this.#view.visible) this.#tellDelay(frame.timings.capturedAt, now);
  }

  /** Tells how late people are shown; a moment that stands still is told once. */
  #tellDelay(capturedAt: number, now: number): void {
    if (capturedAt === this.#capturedAt) return;
    this.#capturedAt = capturedAt;
    const report = this.#delays.add(this.#subscriber.serverNow() - capturedAt, now);
    if (report) this.#subscriber.painted(report);
  }
}
