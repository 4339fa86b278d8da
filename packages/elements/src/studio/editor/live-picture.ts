import { type Disposable, interpolate, type PoseFrame } from '@pose-coach/core';
import type { LiveSource, LiveSubscriber } from '@pose-coach/core/live';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import { declaredMetrics } from '@pose-coach/core/protocol';
import type { Scene } from '@pose-coach/core/stage';
import { catchError, EMPTY, map, type Observable, of, Subscription, switchMap } from 'rxjs';
import { openRecording } from '../../coach/open-recording.ts';
import { StageView } from '../../stage/index.ts';

export interface LivePictureOptions {
  readonly parts: OverlayParts;
  /** Where people and readings come from. */
  readonly subscriber: LiveSubscriber | undefined;
  /** The address of a recording that moves while nobody is live. */
  readonly sample: string | undefined;
}

/** As on overlay pages: milliseconds over which a result glides to the next, and after which nobody is shown. */
const GLIDE = { over: 33, staleAfter: 400 };

/**
 * What the editor shows behind its handles: the scene with whoever is live, and with a sample of movement while
 * nobody is, so that there is always something to arrange around. Other than an overlay (`liveStage`) it shows the
 * scene as it is edited here, before the server has it, makes no sound, and tells nobody how late it paints.
 */
export class LivePicture implements Disposable {
  readonly #view: StageView;
  readonly #subscriptions = new Subscription();

  /** @param place a positioned element, filled with the scene's canvas */
  constructor(place: HTMLElement, { parts, subscriber, sample }: LivePictureOptions) {
    const view = new StageView(place, { parts });
    this.#view = view;
    this.#subscriptions.add(() => view.dispose());
    const source: Observable<LiveSource> = subscriber?.source ?? of({ live: false, generation: 0 });
    const people = source.pipe(
      switchMap((now) => {
        view.setSource(now.live, sinceOnThisPage(now, subscriber));
        return peopleOf(now.live ? subscriber : undefined, sample);
      }),
    );
    this.#subscriptions.add(people.subscribe((frame) => view.setFrame(frame)));
    this.#subscriptions.add(subscriber?.readings.subscribe((readings) => view.addReadings(readings)));
    this.#subscriptions.add(subscriber?.state.subscribe((state) => view.setMetrics(declaredMetrics(state))));
    this.#subscriptions.add(everyRepaint((now) => view.paint(now)));
  }

  show(scene: Scene | undefined): void {
    this.#view.show(scene);
  }

  dispose(): void {
    this.#subscriptions.unsubscribe();
  }
}

/** The server's clock, to the one of `performance.now()`. */
function sinceOnThisPage({ liveSince }: LiveSource, subscriber: LiveSubscriber | undefined) {
  return liveSince === undefined || !subscriber
    ? undefined
    : performance.now() + liveSince - subscriber.serverNow();
}

/** The people between two results; undefined when they are out of date. */
function peopleOf(
  subscriber: LiveSubscriber | undefined,
  sample: string | undefined,
): Observable<PoseFrame | undefined> {
  const frames = subscriber ? subscriber.frames.pipe(map(({ frame }) => frame)) : played(sample);
  return frames.pipe(
    interpolate(GLIDE),
    map(({ frame, stale }) => (stale ? undefined : frame)),
  );
}

/** A recording over and over; nothing where it cannot be had, because it is only there to look at. */
function played(sample: string | undefined): Observable<PoseFrame> {
  if (sample === undefined) return EMPTY;
  return openRecording(sample, { loop: true, described: () => {} }).pipe(catchError(() => EMPTY));
}

/** @returns what ends it */
function everyRepaint(paint: (now: number) => void): () => void {
  let waiting = requestAnimationFrame(function next(now) {
    paint(now);
    waiting = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(waiting);
}
