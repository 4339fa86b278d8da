import { Emitter, type PoseCoachError } from '../../base/index.ts';
import type { EstimatorEvent, PoseEstimator } from '../pose-estimator.ts';

/** Events that happen while an engine is made are kept for the first listener, who cannot be there before. */
export class EventBuffer {
  readonly #emitter = new Emitter<EstimatorEvent>();
  #early: EstimatorEvent[] | undefined = [];

  readonly event: PoseEstimator['events'] = (listener) => {
    const subscription = this.#emitter.event(listener);
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const event of early) this.#emitter.fire(event);
    return subscription;
  };

  fire(event: EstimatorEvent): void {
    if (this.#early) this.#early.push(event);
    else this.#emitter.fire(event);
  }

  /** Says that something was given up. */
  degraded(error: PoseCoachError): void {
    this.fire({ type: 'degraded', error });
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}
