import { html, nothing, type TemplateResult } from 'lit';
import type { Asking } from './asking.ts';

/** A button that asks the server for something. */
export interface AskButton {
  /** What the question is about, as `Asking` has it. */
  readonly about: string;
  readonly words: unknown;
  readonly kind?: 'primary' | 'small' | 'big primary' | 'danger';
  /** What screen readers call it, where its words do not say enough. */
  readonly label?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  run(): void;
}

/** While the answer is waited for, the button is busy and does nothing; it keeps the keyboard. */
export function askButton(asking: Asking, button: AskButton): TemplateResult {
  const pending = asking.isPending(button.about);
  return html`<button
    type="button"
    class=${button.kind ?? ''}
    aria-busy=${pending ? 'true' : 'false'}
    aria-disabled=${pending ? 'true' : nothing}
    aria-label=${button.label ?? nothing}
    aria-pressed=${button.pressed ?? nothing}
    ?disabled=${button.disabled ?? false}
    @click=${() => {
      if (!pending) button.run();
    }}
  >
    ${button.words}
  </button>`;
}

/** Why the answer to any of these questions could not be had, where it could not. */
export function askFault(asking: Asking, ...about: readonly string[]): TemplateResult {
  return html`${about.map((each) => {
    const fault = asking.fault(each);
    return fault === undefined ? nothing : html`<p class="fault" role="alert">${fault}</p>`;
  })}`;
}
