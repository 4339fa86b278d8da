import type { ScoringRule } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import type { EditorView } from './editor-view.ts';
import { metricWords } from './part-settings.ts';
import { toggle } from './skeleton-fields.ts';

/** What a scene scores that had none: movement on the beat of the music, in the window in which that is “on the beat”. */
const FIRST_RULE: ScoringRule = { metric: 'dance.onBeat.each', full: 30, none: 70, patience: 4 };

/** Where the scene's points come from. */
export function scoringFields({ session, scene, metrics }: EditorView): TemplateResult {
  const rule = scene.scoring;
  const change = (changes: Partial<ScoringRule>) =>
    session.edit(
      (now) => (now.scoring ? { ...now, scoring: { ...now.scoring, ...changes } } : now),
      'scoring',
    );
  const events = metrics.filter(({ kind }) => kind === 'event');
  const unit = metrics.find(({ id }) => id === rule?.metric)?.unit ?? '';
  return html`<fieldset>
    <legend>Score</legend>
    ${toggle('scored', 'Points and combo', rule !== undefined, (on) =>
      session.edit((now) => {
        const { scoring: _, ...rest } = now;
        return on ? { ...rest, scoring: FIRST_RULE } : rest;
      }),
    )}
    ${
      rule
        ? html`<div class="setting">
              <div class="line"><label for="scored-metric">Points come from</label></div>
              <select
                id="scored-metric"
                @change=${(event: Event) => change({ metric: (event.target as HTMLSelectElement).value as ScoringRule['metric'] })}
              >
                ${
                  events.some(({ id }) => id === rule.metric)
                    ? nothing
                    : html`<option value=${rule.metric} selected>${rule.metric}</option>`
                }
                ${events.map(
                  (metric) =>
                    html`<option value=${metric.id} .selected=${metric.id === rule.metric}>${metricWords(metric)}</option>`,
                )}
              </select>
              <p class="help">Each event counts by how far its value is from 0.</p>
            </div>
            <div class="sides">
              ${number('100 points up to', rule.full, unit, (full) => (full < rule.none ? change({ full }) : undefined))}
              ${number('None from', rule.none, unit, (none) => (none > rule.full ? change({ none }) : undefined))}
              ${number('Combo ends after', rule.patience, 's', (patience) => (patience > 0 ? change({ patience }) : undefined))}
            </div>`
        : nothing
    }
  </fieldset>`;
}

/** A number that goes back to what it was when it cannot be taken. */
function number(title: string, value: number, unit: string, set: (value: number) => void): TemplateResult {
  return html`<label>
    <span>${title}${unit ? ` (${unit})` : ''}</span>
    <input
      type="number"
      min="0"
      step="any"
      .value=${String(value)}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const wanted = input.valueAsNumber;
        input.value = String(value);
        if (Number.isFinite(wanted) && wanted >= 0) set(wanted);
      }}
    />
  </label>`;
}
