import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** A number, with its unit behind it. */
export interface NumberField {
  readonly title: string;
  readonly value: number;
  readonly unit?: string | undefined;
  readonly least?: number;
  readonly most?: number;
  set(value: number): void;
}

/** Goes back to what it was when no number is typed, and to the nearest that can be where it is too small or large. */
export function numberField(field: NumberField): TemplateResult {
  const { title, value, unit, least, most, set } = field;
  return html`<label class="field">
    <span>${title}</span>
    <span class="pair">
      <input
        type="number"
        step="any"
        min=${least ?? nothing}
        max=${most ?? nothing}
        .value=${live(String(value))}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          const typed = input.valueAsNumber;
          const wanted = Number.isFinite(typed)
            ? Math.min(most ?? Infinity, Math.max(least ?? -Infinity, typed))
            : value;
          input.value = String(wanted);
          set(wanted);
        }}
      />
      ${unit ? html`<span>${unit}</span>` : nothing}
    </span>
  </label>`;
}

/** A text; with `choices` some are offered, and any other can be typed. */
export interface TextField {
  readonly title: string;
  readonly value: string;
  /** The same name in the whole element: what is offered is found by it. */
  readonly name: string;
  readonly choices?: readonly string[];
  readonly placeholder?: string;
  readonly longest?: number;
  set(value: string): void;
}

export function textField(field: TextField): TemplateResult {
  const { title, value, name, choices, placeholder, longest, set } = field;
  return html`<label class="field">
    <span>${title}</span>
    <input
      type="text"
      name=${name}
      autocomplete="off"
      spellcheck="false"
      list=${choices ? `${name}-choices` : nothing}
      maxlength=${longest ?? nothing}
      placeholder=${placeholder ?? nothing}
      .value=${live(value)}
      @input=${(event: Event) => set((event.target as HTMLInputElement).value)}
    />
    ${
      choices
        ? html`<datalist id=${`${name}-choices`}>
            ${choices.map((choice) => html`<option value=${choice}></option>`)}
          </datalist>`
        : nothing
    }
  </label>`;
}

/** One of a few. */
export interface ChoiceField {
  readonly title: string;
  readonly value: string;
  /** By value, what is read. */
  readonly choices: ReadonlyMap<string, string>;
  choose(value: string): void;
}

/** One that is none of the choices stays chosen until another is. */
export function choiceField({ title, value, choices, choose }: ChoiceField): TemplateResult {
  return html`<label class="field">
    <span>${title}</span>
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${choices.has(value) ? nothing : html`<option value=${value} .selected=${live(true)}>${value || 'Choose one'}</option>`}
      ${[...choices].map(
        ([each, words]) => html`<option value=${each} .selected=${live(each === value)}>${words}</option>`,
      )}
    </select>
  </label>`;
}
