import {
  type Coach,
  type CoachFrame,
  type CoachOptions,
  type CoachState,
  type CoachStats,
  createCoach,
  type Disposable,
  type EstimatorEvent,
  type PoseCoachError,
  type PoseEstimatorFactory,
} from '@pose-coach/core';
import { Subscription } from 'rxjs';
import { cameraArrival } from './camera-choices.ts';
import type { PoseCoachState } from './coach-state.ts';
import { type EngineSettings, lazyEngine } from './lazy-engine.ts';
import { openSource, type SourceSettings } from './open-source.ts';
import type { VideoPicture } from './video-picture.ts';

/** Who is told what happens. */
export interface CoachSessionEvents {
  state(state: PoseCoachState): void;
  frame(frame: CoachFrame): void;
  stats(stats: CoachStats): void;
  /** A camera has got or lost its picture. */
  stream(stream: MediaStream | undefined): void;
  recordingLabel(label: string | undefined): void;
  estimator(event: EstimatorEvent): void;
}

/**
 * One run of a coach for one element: from the start to when the element is stopped or leaves the page. Owns the
 * coach, and with it camera, engine and picture; `dispose` releases them all.
 */
export class CoachSession implements Disposable {
  readonly coach: Coach;
  readonly #picture: VideoPicture;
  readonly #events: CoachSessionEvents;
  readonly #subscriptions = new Subscription();
  readonly #engines = new Map<string, PoseEstimatorFactory>();
  #coachState: CoachState = { status: 'idle' };
  #cameraLost: PoseCoachError | undefined;
  #told: PoseCoachState | undefined;
  #running = false;
  #arrival: Subscription | undefined;
  #settings: SourceSettings | undefined;

  constructor(
    engine: EngineSettings,
    picture: VideoPicture,
    extensions: NonNullable<CoachOptions['extensions']>,
    events: CoachSessionEvents,
  ) {
    this.#picture = picture;
    this.#events = events;
    this.coach = createCoach({
      estimator: this.#engineOf(engine),
      extensions,
      onEstimatorEvent: (event) => events.estimator(event),
    });
  }

  /** Looks at something else, or at the same again: after an error, that is how one tries again. */
  open(settings: SourceSettings): void {
    this.#settings = settings;
    this.#cameraLost = undefined;
    const opened = openSource(settings, this.#picture, {
      stream: (stream) => {
        if (stream) this.#cameraLost = undefined;
        this.#events.stream(stream);
        this.#tellState();
      },
      lost: (error) => {
        this.#cameraLost = error;
        this.#tellState();
      },
      recordingLabel: (label) => this.#events.recordingLabel(label),
    });
    this.coach.setSource(opened.source);
    this.#run();
  }

  setEngine(engine: EngineSettings): void {
    this.coach.setEstimator(this.#engineOf(engine));
  }

  dispose(): void {
    this.#subscriptions.unsubscribe();
    this.#arrival?.unsubscribe();
    this.coach.dispose();
    this.#picture.clear();
  }

  /** The same for the same settings: so the coach knows that a change is taken back. */
  #engineOf(settings: EngineSettings): PoseEstimatorFactory {
    const key = JSON.stringify(settings);
    const engine = this.#engines.get(key) ?? lazyEngine(settings);
    this.#engines.set(key, engine);
    return engine;
  }

  /** Subscribes once; from then on sources and engines change beneath. */
  #run(): void {
    if (this.#running) return;
    this.#running = true;
    const { coach } = this;
    this.#subscriptions.add(
      coach.state.subscribe((state) => {
        this.#coachState = state;
        this.#awaitCamera();
        this.#tellState();
      }),
    );
    this.#subscriptions.add(coach.stats.subscribe((stats) => this.#events.stats(stats)));
    this.#subscriptions.add(coach.frames.subscribe((frame) => this.#events.frame(frame)));
  }

  /** Where there was no camera to start with, it starts when one is plugged in, unless something else is done first. */
  #awaitCamera(): void {
    this.#arrival?.unsubscribe();
    this.#arrival = undefined;
    const state = this.#coachState;
    const settings = this.#settings;
    if (state.status !== 'error' || state.error.code !== 'CAMERA_NOT_FOUND' || !settings) return;
    this.#arrival = cameraArrival().subscribe(() => this.open(settings));
  }

  /** Tells each state once, however many of its causes come together. */
  #tellState(): void {
    const lost = this.#cameraLost;
    const waits = this.#coachState.status === 'running' || this.#coachState.status === 'loading';
    const before = this.#told;
    const still = before?.status === 'reconnecting' && before.error === lost;
    if (lost && waits) this.#told = still ? before : { status: 'reconnecting', error: lost };
    else this.#told = this.#coachState;
    if (this.#told !== before) this.#events.state(this.#told);
  }
}
