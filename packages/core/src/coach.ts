import {
  BehaviorSubject,
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  Subject,
  share,
  switchMap,
  take,
  takeUntil,
  tap,
} from 'rxjs';
import {
  type Clock,
  type Disposable,
  type PoseCoachError,
  systemClock,
  toPoseCoachError,
} from './base/index.ts';
import type { CapturedFrame, FrameImage } from './capture/captured-frame.ts';
import { type EngineSwitch, ExchangeableEngine } from './coach-engine.ts';
import { type FrameOrigin, SourceRun } from './coach-run.ts';
import { renumber } from './coach-sequence.ts';
import { type CoachStats, StatsWindow } from './coach-stats.ts';
import type { Extensions } from './extensions/index.ts';
import type { CoachFrame } from './feedback/index.ts';
import {
  type EstimatorEvent,
  type EstimatorInfo,
  estimatePoses,
  type PoseEstimatorFactory,
} from './inference/index.ts';
import type { PoseFrame } from './pose/index.ts';
import { type FilterFactory, oneEuro, smooth } from './smoothing/index.ts';

export type { EngineSwitch } from './coach-engine.ts';
export type { CoachStats } from './coach-stats.ts';

/** Where a coach gets its people from: pixels to look at, or poses that were found before (a recording). */
export type CoachSource =
  | { readonly kind: 'pixels'; readonly frames: Observable<CapturedFrame> }
  | { readonly kind: 'poses'; readonly frames: Observable<PoseFrame> };

export interface CoachOptions {
  /** The engine; made when the first pixels are wanted, kept across sources, released with the last subscriber. */
  readonly estimator: PoseEstimatorFactory;
  readonly source?: CoachSource;
  /** Default: `oneEuro()`. `null` leaves the landmarks as the engine gives them. */
  readonly filter?: FilterFactory | null;
  /** What makes readings and cues of the frames: made by `createExtensions`, and disposed by whoever made it. */
  readonly extensions?: Pick<Extensions, 'step'>;
  /** Told when the engine dies and comes back, or gives something up. */
  onEstimatorEvent?(event: EstimatorEvent): void;
  readonly clock?: Clock;
}

export type CoachState =
  | { readonly status: 'idle' }
  /** Waiting for the engine and the source. Bytes of models and WASM; `total` is 0 while unknown. */
  | { readonly status: 'loading'; readonly loaded: number; readonly total: number }
  /**
   * `info` is undefined for poses that were found before. `switching` is there while another engine loads, and
   * after one could not be had, until the next is set.
   */
  | {
      readonly status: 'running';
      readonly info: EstimatorInfo | undefined;
      readonly switching?: EngineSwitch | undefined;
    }
  | { readonly status: 'paused' }
  /** The source has come to its end: a file, a recording. */
  | { readonly status: 'ended' }
  /** The source or the engine gave up. `setSource` tries again; so does another engine, where the engine was it. */
  | { readonly status: 'error'; readonly error: PoseCoachError };

/** One pipeline, run once and shared by everybody who looks: element, recorder, publisher. */
export interface Coach extends Disposable {
  /** Smoothed frames. Subscribing starts the pipeline; the last to leave releases camera and engine. Never errors: see `state`. */
  readonly frames: Observable<CoachFrame>;
  /** The same frames before smoothing, as recordings store them. */
  readonly rawFrames: Observable<PoseFrame>;
  /** The current state at once, then every change. Subscribing starts nothing. */
  readonly state: Observable<CoachState>;
  /** Twice a second while the pipeline runs. Subscribing starts nothing. */
  readonly stats: Observable<CoachStats>;
  /** Switches the source in a running pipeline; the engine stays. `null` goes idle. Also how to try again after an error. */
  setSource(source: CoachSource | null): void;
  /**
   * Switches the engine in a running pipeline; the source stays. The engine before goes on until the new one is
   * ready, and the stream goes on across the change, in the same epoch. If the new one cannot be had, the one before
   * stays: see `switching` in `state`. Of several, the last wins; setting the one in use takes a change back.
   */
  setEstimator(estimator: PoseEstimatorFactory): void;
  /** Lets the source go (the camera's light goes out) and keeps the engine. */
  pause(): void;
  resume(): void;
}

/** How often the numbers are summed up, in ms: more often cannot be read. */
const STATS_PERIOD = 500;

/**
 * Composes source → engine → tracking and smoothing into one shared pipeline.
 *
 * ```ts
 * const coach = createCoach({
 *   estimator: mediapipe({ model: 'lite' }),
 *   source: { kind: 'pixels', frames: camera() },
 * });
 * coach.frames.subscribe(({ frame }) => console.log(frame.poses.length));
 * ```
 */
export function createCoach(options: CoachOptions): Coach {
  const clock = options.clock ?? systemClock;
  const disposed = new Subject<void>();
  const state = new BehaviorSubject<CoachState>({ status: 'idle' });
  const stats = new Subject<CoachStats>();
  const window = new StatsWindow();
  // Wrapped, so that setting the same source again is a new request: that is how one tries again.
  const requests = new BehaviorSubject({ source: options.source ?? null });
  // Begins the engine's part anew, as opposed to an exchange while it runs.
  const restarts = new BehaviorSubject<void>(undefined);
  const paused = new BehaviorSubject(false);
  // While the engine has failed nobody looks at the pixels: their source is let go until somebody tries again.
  const failed = new BehaviorSubject(false);

  let factory = options.estimator;
  let exchangeable: ExchangeableEngine | undefined;
  let switching: EngineSwitch | undefined;
  let info: EstimatorInfo | undefined;
  let progress = { loaded: 0, total: 0 };
  let subscribed = false;
  let run = new SourceRun();

  const setState = (next: CoachState) => {
    if (!state.closed) state.next(next);
  };
  const fail = (thrown: unknown) =>
    setState({
      status: 'error',
      error: toPoseCoachError(
        thrown,
        'ENGINE_FAILED',
        'Something unexpected stopped the pipeline. Try again; the cause says more.',
      ),
    });
  const wait = () => {
    const { source } = requests.value;
    if (!subscribed || !source) setState({ status: 'idle' });
    else if (paused.value) setState({ status: 'paused' });
    else setState({ status: 'loading', ...progress });
  };
  const wantsPixels = () => requests.value.source?.kind === 'pixels';
  const infoInUse = () => (wantsPixels() ? info : undefined);
  const go = () =>
    setState({ status: 'running', info: infoInUse(), switching: wantsPixels() ? switching : undefined });
  const restart = () => {
    restarts.next();
    failed.next(false);
  };
  const endIfOver = () => {
    if (subscribed && run.over && state.value.status !== 'ended') setState({ status: 'ended' });
  };
  const ending = defer(() => {
    endIfOver();
    return EMPTY;
  });
  /** Begins anew with another engine, while the one before takes with it the pictures that it had. */
  const replaceEngine = () => {
    const before = run;
    restart();
    // After an error the source was opened again: of that run nothing is lost.
    if (!subscribed || !wantsPixels() || run !== before) return;
    run.loseAll();
    const { status } = state.value;
    // The only picture is asked for again.
    if (run.status === 'ended' && !run.hasAnswers) requests.next({ ...requests.value });
    else if (run.over) endIfOver();
    else if (status === 'running' || status === 'loading') wait();
  };
  const retryEngine = () => {
    if (failed.value && wantsPixels() && !paused.value) restart();
  };

  /** The request that should be running now; null while paused, and after the engine that it needs has failed. */
  const active = merge(requests, paused, failed).pipe(
    map(() => (paused.value || (failed.value && wantsPixels()) ? null : requests.value)),
    distinctUntilChanged(),
  );
  const starts = active.pipe(
    tap(() => {
      window.reset();
      run = new SourceRun();
      if (paused.value || !(failed.value && wantsPixels())) wait();
    }),
    ignoreElements(),
  );

  const watched = <T>(frames: Observable<T>): Observable<T> =>
    frames.pipe(
      tap({
        complete: () => {
          run.status = 'ended';
          // Otherwise the last picture is still under way: it brings the end with it.
          endIfOver();
        },
      }),
      catchError((error: unknown) => {
        run.status = 'failed';
        fail(error);
        return EMPTY;
      }),
    );

  // The engine listens here rather than to the source itself, so that it can be switched under a running camera.
  const pixels = new Subject<CapturedFrame>();
  const origins = new WeakMap<FrameImage, FrameOrigin>();
  const capture = active.pipe(
    switchMap((request) => (request?.source?.kind === 'pixels' ? watched(request.source.frames) : EMPTY)),
    tap((captured) => {
      // The engine's stage lets none in without a time, and closes it.
      if (Number.isFinite(captured.timestamp)) {
        origins.set(captured.image, { run, number: run.give(captured.skipped) });
      } else run.leaveOut(captured.skipped);
      if (pixels.observed) pixels.next(captured);
      else captured.image.close();
    }),
    ignoreElements(),
  );

  const engine = restarts.pipe(
    switchMap(() => {
      info = undefined;
      switching = undefined;
      progress = { loaded: 0, total: 0 };
      let origin: FrameOrigin | undefined;
      const current = new ExchangeableEngine(factory, {
        onPicture: (image) => {
          origin = origins.get(image);
        },
        onReady: (ready) => {
          info = ready;
          switching = undefined;
          if (state.value.status === 'running') go();
        },
        onRecovered: (now) => {
          if (now.backend === info?.backend && now.why === info.why) return;
          info = now;
          if (state.value.status === 'running') go();
        },
        onEvent: (event) => options.onEstimatorEvent?.(event),
        onSwitch: (change) => {
          if (change === switching) return;
          switching = change;
          if (change && 'error' in change) factory = current.factory;
          if (state.value.status === 'running') go();
        },
      });
      exchangeable = current;
      return pixels.pipe(
        estimatePoses(current, {
          clock,
          onProgress: (loaded, total) => {
            progress = { loaded, total };
            if (state.value.status === 'loading') wait();
          },
          onFrameLost: () => {
            if (origin?.run !== run) return;
            run.lose(origin.number);
            endIfOver();
          },
        }),
        // What was in the engine when its source was switched off, or paused, belongs to nobody.
        mergeMap((frame) => (origin?.run === run ? [{ ...frame, dropped: run.answer(origin.number) }] : [])),
        catchError((error: unknown) => {
          // Another one is on its way, or just there: that is the one to wait for.
          if (factory !== current.failed) {
            replaceEngine();
            return EMPTY;
          }
          failed.next(true);
          if (wantsPixels() && !paused.value) fail(error);
          return EMPTY;
        }),
      );
    }),
  );
  const estimated = active.pipe(
    filter((request) => request?.source?.kind === 'pixels'),
    take(1),
    switchMap(() => engine),
  );
  const replayed = active.pipe(
    switchMap((request) => (request?.source?.kind === 'poses' ? watched(request.source.frames) : EMPTY)),
  );

  const rawFrames = defer(() => {
    subscribed = true;
    failed.next(false);
    const stopStats = every(clock, STATS_PERIOD, () =>
      stats.next(window.summarize(clock.now(), infoInUse())),
    );
    return merge(starts, estimated, replayed, capture).pipe(
      renumber(() => run),
      tap((frame) => {
        window.add(frame, clock.now());
        if (run.status !== 'failed' && !run.over && state.value.status !== 'running') go();
      }),
      // The end is told behind the last frame: who leaves at the end has had it.
      mergeMap((frame) => concat(of(frame), ending)),
      finalize(() => {
        stopStats();
        subscribed = false;
        info = undefined;
        progress = { loaded: 0, total: 0 };
        wait();
      }),
    );
  }).pipe(takeUntil(disposed), share());

  const smoothing = options.filter === undefined ? oneEuro() : options.filter;
  const frames = rawFrames.pipe(
    smoothing ? smooth(smoothing, { clock }) : tap(),
    map((frame): CoachFrame => options.extensions?.step(frame) ?? { frame, readings: [], cues: [] }),
    share(),
  );

  return {
    frames,
    rawFrames,
    state: state.asObservable(),
    stats: stats.asObservable(),
    setSource(source) {
      requests.next({ source });
      retryEngine();
    },
    setEstimator(next) {
      factory = next;
      if (subscribed && !failed.value && exchangeable?.exchange(next)) return;
      replaceEngine();
    },
    pause: () => paused.next(true),
    resume() {
      paused.next(false);
      retryEngine();
    },
    dispose() {
      disposed.next();
      disposed.complete();
      for (const subject of [requests, restarts, paused, failed, state, stats, pixels]) subject.complete();
    },
  };
}

/** Calls back every `period` milliseconds until the returned function is called. */
function every(clock: Clock, period: number, callback: () => void): () => void {
  let cancel = clock.delay(period, function tick() {
    cancel = clock.delay(period, tick);
    callback();
  });
  return () => cancel();
}
