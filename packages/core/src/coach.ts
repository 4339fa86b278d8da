import {
  BehaviorSubject,
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  type Observable,
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
import type { CapturedFrame } from './capture/captured-frame.ts';
import { type CoachStats, StatsWindow } from './coach-stats.ts';
import {
  type EstimatorEvent,
  type EstimatorInfo,
  estimatePoses,
  type PoseEstimatorFactory,
} from './inference/index.ts';
import type { PoseFrame } from './pose/index.ts';
import { type FilterFactory, oneEuro, smooth } from './smoothing/index.ts';

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
  /** Told when the engine dies and comes back, or gives something up. */
  onEstimatorEvent?(event: EstimatorEvent): void;
  readonly clock?: Clock;
}

/** What a coach says of one moment. */
export interface CoachFrame {
  readonly frame: PoseFrame;
}

export type CoachState =
  | { readonly status: 'idle' }
  /** Waiting for the engine and the source. Bytes of models and WASM; `total` is 0 while unknown. */
  | { readonly status: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly status: 'running'; readonly info: EstimatorInfo | undefined }
  | { readonly status: 'paused' }
  /** The source has come to its end: a file, a recording. */
  | { readonly status: 'ended' }
  /** The source or the engine gave up; `setSource` tries again. */
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
  /** Switches the engine in a running pipeline; the source stays. */
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
  const engines = new BehaviorSubject({ factory: options.estimator });
  const paused = new BehaviorSubject(false);
  // While the engine has failed nobody looks at the pixels: the source is let go until somebody tries again.
  const failed = new BehaviorSubject(false);

  let info: EstimatorInfo | undefined;
  let progress = { loaded: 0, total: 0 };
  let subscribed = false;
  let sourceEnded = false;

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

  /** The request that should be running now; null while paused, and after the engine has failed. */
  const active = merge(requests, paused, failed).pipe(
    map(() => (paused.value || failed.value ? null : requests.value)),
    distinctUntilChanged(),
  );
  const starts = active.pipe(
    tap(() => {
      window.reset();
      sourceEnded = false;
      if (!failed.value) wait();
    }),
    ignoreElements(),
  );

  const watched = <T>(frames: Observable<T>): Observable<T> =>
    frames.pipe(
      tap({
        complete: () => {
          sourceEnded = true;
          // Otherwise a last result is still under way: it brings the end with it.
          if (state.value.status === 'running') setState({ status: 'ended' });
        },
      }),
      catchError((error: unknown) => {
        fail(error);
        return EMPTY;
      }),
    );

  // The engine listens here rather than to the source itself, so that it can be switched under a running camera.
  const pixels = new Subject<CapturedFrame>();
  const capture = active.pipe(
    switchMap((request) => (request?.source?.kind === 'pixels' ? watched(request.source.frames) : EMPTY)),
    tap((captured) => {
      if (pixels.observed) pixels.next(captured);
      else captured.image.close();
    }),
    ignoreElements(),
  );

  const engine = engines.pipe(
    switchMap(({ factory }) => {
      info = undefined;
      progress = { loaded: 0, total: 0 };
      return pixels.pipe(
        estimatePoses(factory, {
          onProgress: (loaded, total) => {
            progress = { loaded, total };
            if (state.value.status === 'loading') setState({ status: 'loading', loaded, total });
          },
          onReady: (ready) => {
            info = ready;
          },
          onEvent: (event) => options.onEstimatorEvent?.(event),
        }),
        catchError((error: unknown) => {
          fail(error);
          failed.next(true);
          return EMPTY;
        }),
      );
    }),
    // What was in the engine when the source was switched off belongs to nobody.
    filter(() => !paused.value && requests.value.source?.kind === 'pixels'),
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
    const stopStats = every(clock, STATS_PERIOD, () => stats.next(window.summarize(clock.now(), info)));
    return merge(starts, estimated, replayed, capture).pipe(
      renumber(() => requests.value),
      tap((frame) => {
        window.add(frame, clock.now());
        const status = sourceEnded ? 'ended' : 'running';
        if (state.value.status !== status) setState(status === 'ended' ? { status } : { status, info });
      }),
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
    smoothing ? smooth(smoothing) : tap(),
    map((frame): CoachFrame => ({ frame })),
    share(),
  );

  return {
    frames,
    rawFrames,
    state: state.asObservable(),
    stats: stats.asObservable(),
    setSource(source) {
      requests.next({ source });
      if (!failed.value) return;
      engines.next(engines.value);
      failed.next(false);
    },
    setEstimator(factory) {
      engines.next({ factory });
      failed.next(false);
      if (state.value.status === 'running') wait();
    },
    pause: () => paused.next(true),
    resume: () => paused.next(false),
    dispose() {
      disposed.next();
      disposed.complete();
      for (const subject of [requests, engines, paused, failed, state, stats, pixels]) subject.complete();
    },
  };
}

/**
 * Makes one strictly counted stream of several sources' frames: sequence goes up by one, and another request
 * or another epoch of the same source is another epoch of the stream.
 */
function renumber(request: () => object): (frames: Observable<PoseFrame>) => Observable<PoseFrame> {
  let sequence = -1;
  let epoch = 0;
  let last: { request: object; epoch: number } | undefined;
  return map((frame) => {
    const current = request();
    if (last && (last.request !== current || last.epoch !== frame.epoch)) epoch += 1;
    last = { request: current, epoch: frame.epoch };
    sequence += 1;
    return { ...frame, sequence, epoch };
  });
}

/** Calls back every `period` milliseconds until the returned function is called. */
function every(clock: Clock, period: number, callback: () => void): () => void {
  let cancel = clock.delay(period, function tick() {
    cancel = clock.delay(period, tick);
    callback();
  });
  return () => cancel();
}
