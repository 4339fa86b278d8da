import type { MetricDeclaration, MetricId } from '@pose-coach/core';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** A choice of metrics; one that nobody declares now is kept, because its extension may come back. */
export interface MetricSelect {
  readonly title: string;
  readonly metrics: readonly MetricDeclaration[];
  readonly chosen: MetricId;
  choose(metric: MetricId): void;
}

export function metricSelect({ title, metrics, chosen, choose }: MetricSelect): TemplateResult {
  return html`<label class="field">
    <span>${title}</span>
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as MetricId)}>
      ${
        metrics.some(({ id }) => id === chosen)
          ? nothing
          : html`<option value=${chosen} .selected=${live(true)}>${chosen} (nobody who is live reads it)</option>`
      }
      ${metrics.map(
        (metric) =>
          html`<option value=${metric.id} .selected=${live(metric.id === chosen)}>${metricTitle(metric, metrics)}</option>`,
      )}
    </select>
  </label>`;
}

/** A metric's title and unit, and its id where two extensions give theirs the same title. */
function metricTitle({ id, title, unit }: MetricDeclaration, metrics: readonly MetricDeclaration[]): string {
  const isTwin = metrics.some((other) => other.title === title && other.id !== id);
  return `${title}${unit ? ` (${unit})` : ''}${isTwin ? ` – ${id}` : ''}`;
}
