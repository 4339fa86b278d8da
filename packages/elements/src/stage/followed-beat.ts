import type { MetricDeclaration, MetricId, Reading } from '@pose-coach/core';
import type { OverlayBeat } from '@pose-coach/core/extension';

/** Beats that may stay out before nobody knows one any more. */
const PATIENCE = 4;

const MINUTE = 60_000;

/**
 * The beat that pulses on the stage, of any metric that tells one: an event in BPM, whose time is that of a beat and
 * whose value is the tempo. Of several metrics the one that is followed is followed until it falls silent.
 */
export class FollowedBeat {
  #metric: MetricId | undefined;
  #beat: OverlayBeat | undefined;

  /**
   * @param reading of the person whose beat it is, or of nobody in particular
   * @param at when on the stage's clock its moment is seen
   */
  note(reading: Reading, metric: MetricDeclaration | undefined, at: number): void {
    if (!metric || !tellsBeat(metric)) return;
    const { value, status } = reading;
    if (status !== 'ok' || typeof value !== 'number' || !(value > 0)) return;
    if (this.at(at) && this.#metric !== metric.id) return;
    this.#metric = metric.id;
    this.#beat = { tempo: value, at };
  }

  /** The beat at this moment; undefined when four of them have stayed out. */
  at(now: number): OverlayBeat | undefined {
    const beat = this.#beat;
    if (beat && now - beat.at > (PATIENCE * MINUTE) / beat.tempo) this.#beat = undefined;
    return this.#beat;
  }

  clear(): void {
    this.#beat = undefined;
  }
}

function tellsBeat({ kind, unit }: MetricDeclaration): boolean {
  return kind === 'event' && unit?.toUpperCase() === 'BPM';
}
