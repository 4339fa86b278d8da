import type { FiredMessage } from '@pose-coach/core/protocol';
import type { Stage } from '@pose-coach/core/stage';
import { html, type TemplateResult } from 'lit';
import { outcomeList } from './trigger-row.ts';

/** The last firings, the newest first, whatever scene they were of. */
export function firingLog(fired: readonly FiredMessage[], stage: Stage): TemplateResult {
  return html`<section class="card glass log" aria-labelledby="log-title">
    <h3 id="log-title">Fired lately</h3>
    ${
      fired.length === 0
        ? html`<p class="none">Nothing has fired since this page was opened.</p>`
        : html`<ol class="plain">
            ${fired.map(
              (each) => html`<li>
                <div class="row">
                  <time datetime=${new Date(each.at).toISOString()}>${new Date(each.at).toLocaleTimeString()}</time>
                  <strong>${nameOf(each, stage)}</strong>
                </div>
                ${outcomeList(each.outcomes)}
              </li>`,
            )}
          </ol>`
    }
  </section>`;
}

function nameOf({ scene, trigger }: FiredMessage, stage: Stage): string {
  const found = stage.scenes.find(({ id }) => id === scene)?.triggers.find(({ id }) => id === trigger);
  return found?.name ?? trigger;
}
