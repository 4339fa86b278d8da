import type { FiredMessage } from '@pose-coach/core/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { outcomeList } from './trigger-row.ts';
import type { TriggerNames } from './trigger-words.ts';

/** A trigger that has fired, by itself or because somebody tried it. */
export interface Firing extends Omit<FiredMessage, 'type'> {
  readonly isTest: boolean;
}

/**
 * The last firings, the newest first, whatever scene they were of.
 * @param namesOf what things are called in a scene; undefined when there is no such scene any more
 */
export function firingLog(
  fired: readonly Firing[],
  namesOf: (scene: string) => TriggerNames | undefined,
): TemplateResult {
  return html`<section class="card glass log" aria-labelledby="log-title">
    <h3 id="log-title">Fired lately</h3>
    ${
      fired.length === 0
        ? html`<p class="none">Nothing has fired since this page was opened.</p>`
        : html`<ol class="plain">
            ${fired.map((each) => {
              const names = namesOf(each.scene);
              return html`<li>
                <div class="row">
                  <time datetime=${new Date(each.at).toISOString()}>${new Date(each.at).toLocaleTimeString()}</time>
                  <strong>${nameOf(each, names)}</strong>
                  ${each.isTest ? html`<span class="badge">test</span>` : nothing}
                </div>
                ${outcomeList({ outcomes: each.outcomes, dry: false }, names)}
              </li>`;
            })}
          </ol>`
    }
  </section>`;
}

function nameOf({ trigger }: Firing, names: TriggerNames | undefined): string {
  return names?.scene.triggers.find(({ id }) => id === trigger)?.name ?? trigger;
}
