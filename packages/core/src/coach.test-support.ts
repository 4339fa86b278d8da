import { Observable, Subject } from 'rxjs';
import { PoseCoachError } from './base/index.ts';
import type { CapturedFrame, FrameImage } from './capture/captured-frame.ts';
import { type CoachState, createCoach } from './coach.ts';
import type {
  EstimatorEvent,
  EstimatorOptions,
  PoseEstimator,
  PoseEstimatorFactory,
} from './inference/index.ts';
import type { PoseFrame } from './pose/index.ts';

// Node has neither a camera nor the engine's browser: these two stand in for them and count what is done to them.

export class CountedSource {
  opened = 0;
  open = 0;
  /** How often each picture was closed that left the source. */
  readonly closings: number[] = [];
  closedImages = 0;
  takenImages = 0;
  readonly #frames = new Subject<CapturedFrame>();
  #time = 0;

  readonly frames = new Observable<CapturedFrame>((subscriber) => {
    this.opened += 1;
    this.open += 1;
    const subscription = this.#frames.subscribe(subscriber);
    return () => {
      this.open -= 1;
      subscription.unsubscribe();
    };
  });

  /** @param elapsed ms of media time since the frame before */
  give(elapsed = 33): void {
    this.#time += elapsed;
    this.takenImages += 1;
    const index = this.#frames.observed ? this.closings.push(0) - 1 : undefined;
    const image = {
      width: 640,
      height: 480,
      close: () => {
        this.closedImages += 1;
        if (index !== undefined) this.closings[index] = (this.closings[index] ?? 0) + 1;
      },
    } as unknown as FrameImage;
    this.#frames.next({
      image,
      timestamp: this.#time,
      epoch: 1,
      width: 640,
      height: 480,
      capturedAt: performance.timeOrigin + performance.now(),
      skipped: 0,
    });
  }

  end(): void {
    this.#frames.complete();
  }

  fail(error: unknown): void {
    this.#frames.error(error);
  }
}

export class CountedEngine implements PoseEstimatorFactory {
  created = 0;
  alive = 0;
  estimated = 0;
  resets = 0;
  /** What `create` throws. */
  fault: unknown;
  /** What `estimate` throws. */
  estimateFault: unknown;
  /** While true, pictures stay in work until `answer` is called. */
  holds = false;
  /** While true, engines stay in the making until `finishLoading` is called. */
  loads = false;
  /** How often the making was cancelled. */
  cancelled = 0;
  #held: (() => void)[] = [];
  #loading: (() => void)[] = [];

  constructor(readonly name: string) {}

  async create({ onProgress, signal }: EstimatorOptions): Promise<PoseEstimator> {
    this.created += 1;
    onProgress(50, 100);
    if (this.loads) await this.#load(signal);
    if (this.fault !== undefined) throw this.fault;
    this.alive += 1;
    let disposed = false;
    const dispose = async () => {
      if (!disposed) this.alive -= 1;
      disposed = true;
    };
    // As the contract says: aborting stops the loading, or disposes what was made.
    signal.addEventListener('abort', dispose);
    return {
      info: { engine: this.name, model: 'none', backend: 'wasm', landmarks: 33, why: 'a test' } as const,
      estimate: async (image: FrameImage) => {
        image.close();
        this.estimated += 1;
        if (this.holds) await new Promise<void>((resolve) => this.#held.push(resolve));
        if (this.estimateFault !== undefined) throw this.estimateFault;
        return { poses: [], hands: [], stages: { body: 1 } };
      },
      reset: () => {
        this.resets += 1;
      },
      events: () => ({ dispose() {} }),
      dispose,
    };
  }

  /** Lets every engine in the making be made, or fail. */
  finishLoading(): void {
    this.loads = false;
    for (const resolve of this.#loading.splice(0)) resolve();
  }

  #load(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#loading.push(resolve);
      signal.addEventListener('abort', () => {
        this.cancelled += 1;
        reject(new PoseCoachError('ABORTED', 'Loading was cancelled.'));
      });
    });
  }

  /** Answers for every picture in work. */
  answer(): void {
    for (const resolve of this.#held.splice(0)) resolve();
  }
}

export const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
};

export function setUp(
  source = new CountedSource(),
  engine = new CountedEngine('first'),
  onEstimatorEvent: (event: EstimatorEvent) => void = () => {},
) {
  const coach = createCoach({
    estimator: engine,
    source: { kind: 'pixels', frames: source.frames },
    onEstimatorEvent,
  });
  const states: CoachState[] = [];
  coach.state.subscribe((state) => states.push(state));
  return { coach, source, engine, states, statuses: () => states.map(({ status }) => status) };
}

export const frameOf = (timestamp: number, epoch = 0): PoseFrame => ({
  sequence: 7,
  epoch,
  timestamp,
  width: 640,
  height: 480,
  poses: [],
  hands: [],
  dropped: 0,
  timings: { capturedAt: performance.timeOrigin + performance.now(), stages: {} },
});
