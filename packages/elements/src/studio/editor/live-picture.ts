import { type Disposable, interpolate, type MetricDeclaration, type PoseFrame } from '@pose-coach/core';
import type { LiveSource, LiveSubscriber } from '@pose-coach/core/live';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import { declaredMetrics } from '@pose-coach/core/protocol';
import type { Scene } from '@pose-coach/core/stage';
import {
  BehaviorSubject,
  catchError,
  combineLatest,
  EMPTY,
  map,
  type Observable,
  of,
  Subscription,
  switchMap,
} from 'rxjs';
import { openRecording } from '../../coach/open-recording.ts';
import { StageView } from '../../stage/index.ts';
import { knownMetrics } from '../shared/known-metrics.ts';
import { PaintPace } from './paint-pace.ts';

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
  readonly #expected = new BehaviorSubject<readonly MetricDeclaration[]>([]);

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
    const declared = subscriber?.state.pipe(map(declaredMetrics)) ?? of([]);
    this.#subscriptions.add(
      combineLatest([declared, this.#expected]).subscribe(([now, expected]) =>
        view.setMetrics(knownMetrics(now, expected)),
      ),
    );
    let live = false;
    this.#subscriptions.add(
      source.subscribe((now) => {
        live = now.live;
      }),
    );
    this.#subscriptions.add(
      everyRepaint(
        (now) => view.paint(now),
        () => live,
      ),
    );
  }

  /** What is known to be read once somebody is live, so that widgets can say what they will show. */
  expect(metrics: readonly MetricDeclaration[]): void {
    this.#expected.next(metrics);
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

/**
 * Paints with every repaint of the screen, or less often where the machine is needed for more than this picture.
 * @returns what ends it
 */
function everyRepaint(paint: (now: number) => void, shared: () => boolean): () => void {
  const pace = new PaintPace();
  const rendered = new MessageChannel();
  let [paintedAt, begunAt] = [0, 0];
  // Comes after the browser has put on the screen what was only noted down while it was painted.
  rendered.port1.onmessage = () => pace.painted(paintedAt, performance.now() - begunAt);
  let waiting = requestAnimationFrame(function next(now) {
    waiting = requestAnimationFrame(next);
    if (!pace.isDue(now, shared())) return;
    [paintedAt, begunAt] = [now, performance.now()];
    paint(now);
    rendered.port2.postMessage(undefined);
  });
  return () => {
    cancelAnimationFrame(waiting);
    rendered.port1.close();
  };
}
