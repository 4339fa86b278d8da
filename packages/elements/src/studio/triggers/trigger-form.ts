import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { numberField, textField } from '../shared/fields.ts';
import { actionFields, firstOf } from './action-fields.ts';
import type { Question } from './question.ts';
import { questionFields } from './question-fields.ts';
import { type TriggerDraft, triggerOf } from './trigger-draft.ts';
import type { TriggerView } from './trigger-view.ts';
import { triggerSentence } from './trigger-words.ts';

/** As many conditions, and actions, as a trigger has at most. */
const MOST_PARTS = 8;

/** Longest cool-down in seconds that the stage takes: a day. */
const LONGEST_COOL_DOWN = 86_400;

/** A trigger that is being written. */
export interface TriggerForm {
  readonly draft: TriggerDraft;
  readonly isNew: boolean;
  readonly view: TriggerView;
  /** Why it cannot be kept, once somebody has tried. */
  readonly fault: string | undefined;
  change(draft: TriggerDraft): void;
  save(): void;
  cancel(): void;
}

export function triggerForm(form: TriggerForm): TemplateResult {
  const { draft, isNew, view, fault, change } = form;
  return html`<form
    class="card glass writing"
    aria-label=${isNew ? 'New trigger' : `Trigger “${draft.name}”`}
    @submit=${(event: Event) => {
      event.preventDefault();
      form.save();
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      form.cancel();
    }}
  >
    <div class="fields">
      ${textField({
        title: 'Name',
        name: 'trigger-name',
        value: draft.name,
        longest: 80,
        set: (name) => change({ ...draft, name }),
      })}
      ${numberField({
        title: 'Cool-down: not again for',
        value: draft.coolDown,
        unit: 's',
        least: 0,
        most: LONGEST_COOL_DOWN,
        set: (coolDown) => change({ ...draft, coolDown }),
      })}
    </div>
    ${questions(form)} ${actions(form)}
    <p class="sentence" aria-live="polite">${triggerSentence(triggerOf(draft), view)}</p>
    ${fault === undefined ? nothing : html`<p class="fault" role="alert">${fault}</p>`}
    <div class="row">
      <button type="submit" class="primary">${isNew ? 'Add trigger' : 'Save'}</button>
      <button type="button" @click=${form.cancel}>Cancel</button>
    </div>
  </form>`;
}

function questions({ draft, view, change }: TriggerForm): TemplateResult {
  const all = draft.questions;
  const set = (questions: readonly Question[]) => change({ ...draft, questions });
  // “Between” is two of the stage’s conditions.
  const isFull = triggerOf(draft).when.length >= MOST_PARTS;
  return html`<fieldset>
    <legend>Conditions</legend>
    ${repeat(
      all,
      (_, place) => place,
      (question, place) =>
        questionFields({
          question,
          place,
          metrics: view.metrics,
          change: (changed) => set(all.map((each) => (each === question ? changed : each))),
          remove: all.length > 1 ? () => set(all.filter((each) => each !== question)) : undefined,
        }),
    )}
    <button
      type="button"
      class="small"
      ?disabled=${isFull}
      @click=${() => {
        const last = all.at(-1);
        if (last) set([...all, { ...last }]);
      }}
    >
      Add a condition
    </button>
    ${all.length > 1 ? html`<p class="help">All of them must hold at once, of one person.</p>` : nothing}
  </fieldset>`;
}

function actions({ draft, view, change }: TriggerForm): TemplateResult {
  const all = draft.actions;
  const set = (changed: TriggerDraft['actions']) => change({ ...draft, actions: changed });
  return html`<fieldset>
    <legend>Actions</legend>
    ${repeat(
      all,
      (_, place) => place,
      (action, place) =>
        actionFields({
          action,
          place,
          view,
          change: (changed) => set(all.map((each) => (each === action ? changed : each))),
          remove: all.length > 1 ? () => set(all.filter((each) => each !== action)) : undefined,
        }),
    )}
    <button
      type="button"
      class="small"
      ?disabled=${all.length >= MOST_PARTS}
      @click=${() => set([...all, firstOf('sound', view)])}
    >
      Add an action
    </button>
  </fieldset>`;
}
