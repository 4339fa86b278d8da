import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** One of several that can be on at a time. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** Names beside each other, of which one is on air; pressing another asks for that. */
export interface Choices {
  /** What screen readers call the group. */
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly current: string | undefined;
  readonly disabled: boolean;
  choose(choice: Choice): void;
}

/** The arrow keys go from one to the next, as the tab key does. */
export function choiceList({ label, choices, current, disabled, choose }: Choices): TemplateResult {
  return html`<div class="choices" role="group" aria-label=${label} @keydown=${moveByArrows}>
    ${repeat(
      choices,
      ({ id }) => id,
      (choice) => html`<button
        type="button"
        class="choice"
        aria-pressed=${choice.id === current ? 'true' : 'false'}
        ?disabled=${disabled}
        @click=${() => {
          if (choice.id !== current) choose(choice);
        }}
      >
        ${choice.name}
      </button>`,
    )}
  </div>`;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function moveByArrows(event: KeyboardEvent): void {
  const { key, currentTarget, target } = event;
  if (!(currentTarget instanceof Element) || !(target instanceof HTMLButtonElement)) return;
  const buttons = [...currentTarget.querySelectorAll('button')];
  const place = buttons.indexOf(target);
  const step = STEPS[key];
  const next =
    key === 'Home'
      ? 0
      : key === 'End'
        ? -1
        : step === undefined
          ? undefined
          : (place + step) % buttons.length;
  if (next === undefined || place < 0) return;
  event.preventDefault();
  buttons.at(next)?.focus();
}
