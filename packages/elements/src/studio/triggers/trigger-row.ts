import type { TriggerOutcome } from '@pose-coach/core/protocol';
import type { Trigger } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { askButton, askFault } from '../shared/ask-button.ts';
import type { Asking } from '../shared/asking.ts';
import type { TriggerView } from './trigger-view.ts';
import { outcomeWords, type TriggerNames, triggerSentence } from './trigger-words.ts';

/** What a test of a trigger did, or would do. */
export interface TriggerTest {
  readonly dry: boolean;
  readonly outcomes: readonly TriggerOutcome[];
}

/** A trigger in the list, and what can be done with it. */
export interface TriggerRow {
  readonly trigger: Trigger;
  readonly view: TriggerView;
  readonly asking: Asking;
  /** Whether it has just fired. */
  readonly fired: boolean;
  readonly test: TriggerTest | undefined;
  enable(on: boolean): void;
  edit(): void;
  remove(): void;
  tryOut(dry: boolean): void;
}

export function triggerRow(row: TriggerRow): TemplateResult {
  const { trigger, view, asking, test } = row;
  const { id, name, enabled } = trigger;
  return html`<article class="card glass trigger ${enabled ? '' : 'off'} ${row.fired ? 'fired' : ''}" aria-label=${name}>
    <div class="row">
      <input
        type="checkbox"
        role="switch"
        class="switch"
        aria-label=${`“${name}” is on`}
        .checked=${live(enabled)}
        @change=${(event: Event) => row.enable((event.target as HTMLInputElement).checked)}
      />
      <h3 class="grow">${name}</h3>
      ${row.fired ? html`<span class="badge good">fired</span>` : nothing}
    </div>
    <p class="sentence">${triggerSentence(trigger, view)}</p>
    <div class="row">
      <button type="button" class="small" data-edit=${id} aria-label=${`Edit “${name}”`} @click=${row.edit}>Edit</button>
      ${askButton(asking, {
        about: `dry ${id}`,
        words: 'What would it do?',
        kind: 'small',
        label: `What would it do? – “${name}”`,
        run: () => row.tryOut(true),
      })}
      ${askButton(asking, {
        about: `test ${id}`,
        words: 'Test now',
        kind: 'small',
        label: `Test now – “${name}”`,
        run: () => row.tryOut(false),
      })}
      <button type="button" class="small" aria-label=${`Delete “${name}”`} @click=${row.remove}>Delete</button>
    </div>
    <div role="status">${test ? outcomeList(test, view) : nothing}</div>
    ${askFault(asking, `dry ${id}`, `test ${id}`)}
  </article>`;
}

/** What became of each action, in words; as the server has them when the scene is not there any more. */
export function outcomeList({ outcomes, dry }: TriggerTest, names: TriggerNames | undefined): TemplateResult {
  return html`<ul class="plain outcomes">
    ${outcomes.map(
      (outcome) => html`<li class=${outcome.ok ? 'ok' : 'failed'}>
        <span class="mark" aria-hidden="true">${outcome.ok ? '✓' : '✕'}</span>
        <span>${outcomeWords(outcome, dry, names)}</span>
      </li>`,
    )}
  </ul>`;
}
