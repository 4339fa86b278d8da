import type { MetricDeclaration, MetricId } from '@pose-coach/core/analysis';
import { declaredMetrics, METRICS_KEY } from '@pose-coach/core/protocol';
import { STAGE_METRICS } from '@pose-coach/core/stage';
import type { Channel } from '../channel.ts';

/** What a channel's publisher declares of its metrics, and the stage of its own. */
export class DeclaredMetrics {
  readonly #channel: Pick<Channel, 'state'>;
  /** What was read of the state last, and what it said there. */
  #read: unknown;
  #metrics: ReadonlyMap<MetricId, MetricDeclaration> = byId([]);

  constructor(channel: Pick<Channel, 'state'>) {
    this.#channel = channel;
  }

  of(id: MetricId): MetricDeclaration | undefined {
    const { state } = this.#channel;
    // A value that does not change is the same object in every state.
    if (state[METRICS_KEY] !== this.#read) {
      this.#read = state[METRICS_KEY];
      this.#metrics = byId(declaredMetrics(state));
    }
    return this.#metrics.get(id);
  }
}

function byId(declared: readonly MetricDeclaration[]): ReadonlyMap<MetricId, MetricDeclaration> {
  return new Map([...declared, ...STAGE_METRICS].map((metric) => [metric.id, metric]));
}
