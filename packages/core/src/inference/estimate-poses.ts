import { filter, from, map, Observable, type OperatorFunction, switchMap } from 'rxjs';
import { type Clock, PoseCoachError, reportUncaught, systemClock } from '../base/index.ts';
import type { CapturedFrame } from '../capture/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import { estimateFault } from './estimate-fault.ts';
import { FrameContinuity } from './frame-continuity.ts';
import { latestWins } from './latest-wins.ts';
import { lossless } from './lossless.ts';
import type { EstimatorEvent, EstimatorInfo, PoseEstimator, PoseEstimatorFactory } from './pose-estimator.ts';

export interface EstimatePosesOptions {
  /**
   * `latest` (the default) is for live sources: the newest frame wins, older ones are closed and counted in
   * `dropped`. `lossless` estimates every frame, and looks at the source only when the engine is ready.
   */
  readonly backpressure?: 'latest' | 'lossless';
  /** Bytes of models and WASM while they load. */
  onProgress?(loaded: number, total: number): void;
  /** The engine is loaded and warmed up. */
  onReady?(info: EstimatorInfo): void;
  /** The engine died and comes back, or gave something up. */
  onEvent?(event: EstimatorEvent): void;
  /** A frame was left out, because its result is unusable or the engine died of it; the next one counts it. */
  onFrameLost?(error: PoseCoachError): void;
  readonly clock?: Clock;
}

/** A frame that is let in: what the stream knew when it came. */
interface Arrival {
  readonly frame: CapturedFrame;
  readonly epoch: number;
  /** Milliseconds on the clock. */
  readonly arrived: number;
}

/**
 * Finds the people in every frame: makes an engine with `factory` when subscribed to and disposes it at the end.
 *
 * ```ts
 * camera({ width: 640 }).pipe(estimatePoses(mediapipe({ model: 'lite' }))).subscribe((frame) => …)
 * ```
 *
 * A frame whose result is unusable, or that the engine died of, is left out and counted in `dropped` of the next.
 * Errors with what `factory.create` throws, and with `ENGINE_FAILED` when the engine cannot be brought back.
 */
export function estimatePoses(
  factory: PoseEstimatorFactory,
  options: EstimatePosesOptions = {},
): OperatorFunction<CapturedFrame, PoseFrame> {
  return (source) =>
    new Observable((subscriber) => {
      const { backpressure = 'latest', clock = systemClock } = options;
      const loading = new AbortController();
      const making = factory.create({
        signal: loading.signal,
        onProgress: (loaded, total) => options.onProgress?.(loaded, total),
      });
      const estimator = making.then((made) => {
        if (subscriber.closed) return made;
        made.events((event) => options.onEvent?.(event));
        options.onReady?.(made.info);
        return made;
      });
      subscriber.add(() => {
        loading.abort();
        // A failed creation was reported as the stream's error, or nobody is left to hear of it.
        making.then(
          (made) => made.dispose().catch(reportUncaught),
          () => undefined,
        );
      });

      const stage = new EstimationStage(estimator, clock, (error) => options.onFrameLost?.(error));
      const continuity = new FrameContinuity();
      const arrivals = source.pipe(
        filter((frame) => stage.admits(frame)),
        map(
          (frame): Arrival => ({
            frame,
            epoch: continuity.step(frame.epoch, frame.timestamp),
            arrived: clock.now(),
          }),
        ),
      );
      const work = {
        project: (arrival: Arrival) => stage.estimate(arrival),
        discard: (arrival: Arrival) => stage.discard(arrival),
        ready: estimator,
      };
      const results =
        backpressure === 'latest'
          ? arrivals.pipe(latestWins(work))
          : from(estimator).pipe(switchMap(() => arrivals.pipe(lossless(work))));
      subscriber.add(results.pipe(filter((frame) => frame !== undefined)).subscribe(subscriber));
    });
}

/** One subscription's memory: numbers frames, counts what was left out, tells the engine of discontinuities. */
class EstimationStage {
  readonly #estimator: Promise<PoseEstimator>;
  readonly #clock: Clock;
  readonly #onFrameLost: (error: PoseCoachError) => void;
  readonly #continuity = new FrameContinuity();
  #arrivalEpoch: number | undefined;
  #sequence = 0;
  #dropped = 0;

  constructor(estimator: Promise<PoseEstimator>, clock: Clock, onFrameLost: (error: PoseCoachError) => void) {
    this.#estimator = estimator;
    this.#clock = clock;
    this.#onFrameLost = onFrameLost;
  }

  /** Refuses and closes a frame without a time, which nothing behind here could put in order. */
  admits(frame: CapturedFrame): boolean {
    if (Number.isFinite(frame.timestamp)) return true;
    this.#leaveOut(frame);
    return false;
  }

  /** Closes a frame that lost to a newer one. */
  discard({ frame }: Arrival): void {
    this.#leaveOut(frame);
  }

  #leaveOut(frame: CapturedFrame): void {
    frame.image.close();
    this.#dropped += 1 + frame.skipped;
  }

  /** The frame's people, or undefined when it had to be left out. */
  async estimate({ frame, epoch, arrived }: Arrival): Promise<PoseFrame | undefined> {
    // What is dropped from here on lies behind this frame: it is the next one's.
    const dropped = this.#dropped + frame.skipped;
    this.#dropped = 0;
    const estimator = await this.#estimator;
    if (this.#arrivalEpoch !== undefined && epoch !== this.#arrivalEpoch) estimator.reset();
    this.#arrivalEpoch = epoch;
    const begun = this.#clock.now();
    try {
      const estimate = await estimator.estimate(frame.image, frame.timestamp);
      const fault = estimateFault(estimate);
      if (fault) throw new PoseCoachError('FRAME_INVALID', `The engine's result is unusable: ${fault}.`);
      this.#sequence += 1;
      return {
        sequence: this.#sequence,
        epoch: this.#continuity.step(epoch, frame.timestamp),
        timestamp: frame.timestamp,
        width: frame.width,
        height: frame.height,
        poses: estimate.poses,
        hands: estimate.hands,
        dropped,
        timings: {
          capturedAt: frame.capturedAt,
          stages: { queue: begun - arrived, ...estimate.stages },
        },
      };
    } catch (error) {
      if (!isLossOfOneFrame(error)) throw error;
      this.#dropped += dropped + 1;
      this.#onFrameLost(error);
      return undefined;
    }
  }
}

function isLossOfOneFrame(error: unknown): error is PoseCoachError {
  return (
    error instanceof PoseCoachError && (error.code === 'FRAME_INVALID' || error.code === 'ENGINE_CRASHED')
  );
}
