import type { JsonValue } from '@pose-coach/core';
import type { SettingDeclaration } from '@pose-coach/core/extensions';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { PARTS } from '../base/names.ts';
import { type SettingControl, type SettingOption, settingControl, settingUnit } from './setting-control.ts';

/** Characters that fit on one line of a narrow field. */
const LONGEST_LINE = 40;

/** One setting as it stands, and what is called when somebody changes it. */
export interface SettingView {
  readonly setting: SettingDeclaration;
  readonly value: JsonValue;
  /** What somebody typed that could not be taken, and what was expected instead. */
  readonly refused: { readonly text: string; readonly message: string } | undefined;
  /** Sets a value, or refuses it with a message. */
  set(value: JsonValue): void;
  /** Says that what was typed is no value at all. */
  refuse(text: string, expected: string): void;
  reset(): void;
}

/** A setting's field, as its JSON Schema asks for. */
export function settingField(view: SettingView): TemplateResult {
  const { setting, refused } = view;
  const changed = JSON.stringify(view.value) !== JSON.stringify(setting.default);
  const names: FieldNames = { field: `${setting.id}-field`, help: `${setting.id}-help` };
  return html`<div class="setting">
    <div class="line">
      <label for=${names.field}>${setting.title}</label>
      ${
        changed || refused
          ? html`<button
              type="button"
              class="small"
              part=${PARTS.button}
              aria-label=${`Set ${setting.title} back to its default`}
              @click=${view.reset}
            >
              Default
            </button>`
          : nothing
      }
    </div>
    ${input(settingControl(setting), view, names)}
    <div id=${names.help} class="help">
      ${refused ? html`<p class="refused" role="alert">${refused.message}</p>` : nothing}
      ${setting.description ? html`<p>${setting.description}</p>` : nothing}
      ${optionHelp(settingControl(setting), view.value)}
    </div>
  </div>`;
}

interface FieldNames {
  readonly field: string;
  readonly help: string;
}

function input(control: SettingControl, view: SettingView, names: FieldNames): TemplateResult {
  switch (control.kind) {
    case 'switch':
      return html`<input
        id=${names.field}
        type="checkbox"
        role="switch"
        class="switch"
        aria-describedby=${names.help}
        .checked=${live(view.value === true)}
        @change=${(event: Event) => view.set(target(event).checked)}
      />`;
    case 'number':
      return numberInput(control, view, names);
    case 'choice':
      return html`<select
        id=${names.field}
        aria-describedby=${names.help}
        @change=${(event: Event) => {
          const chosen = control.options[Number((event.target as HTMLSelectElement).value)];
          if (chosen) view.set(chosen.value);
        }}
      >
        ${control.options.map(
          (option, index) =>
            html`<option value=${index} .selected=${same(option.value, view.value)}>${optionWords(option)}</option>`,
        )}
      </select>`;
    case 'color':
      return html`<input
        id=${names.field}
        type="color"
        aria-describedby=${names.help}
        .value=${plain(view.value)}
        @change=${(event: Event) => view.set(target(event).value)}
      />`;
    case 'text':
      return html`<input
        id=${names.field}
        type="text"
        maxlength=${control.maximumLength ?? nothing}
        aria-describedby=${names.help}
        aria-invalid=${view.refused ? 'true' : 'false'}
        .value=${view.refused?.text ?? plain(view.value)}
        @change=${(event: Event) => view.set(target(event).value)}
      />`;
    case 'json':
      return html`<textarea
        id=${names.field}
        rows="3"
        spellcheck="false"
        aria-describedby=${names.help}
        aria-invalid=${view.refused ? 'true' : 'false'}
        .value=${view.refused?.text ?? jsonText(view.value)}
        @change=${(event: Event) => readJson(target(event).value, view)}
      ></textarea>`;
  }
}

function numberInput(
  control: Extract<SettingControl, { readonly kind: 'number' }>,
  view: SettingView,
  names: FieldNames,
): TemplateResult {
  const { minimum, maximum, step } = control;
  const unit = settingUnit(view.setting);
  return html`<div class="line">
    ${
      control.slider
        ? html`<input
            type="range"
            aria-label=${view.setting.title}
            aria-valuetext=${`${plain(view.value)} ${unit}`}
            min=${minimum ?? nothing}
            max=${maximum ?? nothing}
            step=${step}
            .value=${plain(view.value)}
            @input=${(event: Event) => view.set(target(event).valueAsNumber)}
          />`
        : nothing
    }
    <input
      id=${names.field}
      type="number"
      inputmode="decimal"
      min=${minimum ?? nothing}
      max=${maximum ?? nothing}
      step=${control.slider ? 'any' : step}
      aria-describedby=${names.help}
      aria-invalid=${view.refused ? 'true' : 'false'}
      .value=${view.refused?.text ?? plain(view.value)}
      @change=${(event: Event) => {
        const { valueAsNumber, value } = target(event);
        if (Number.isFinite(valueAsNumber)) view.set(valueAsNumber);
        else view.refuse(value, 'Expected a number.');
      }}
    />
    ${unit ? html`<span class="unit">${unit}</span>` : nothing}
  </div>`;
}

function readJson(text: string, view: SettingView): void {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (error) {
    const { type } = view.setting.schema;
    const what =
      type === 'array' ? 'a list such as [1, 2]' : type === 'object' ? 'an object such as {"a": 1}' : 'JSON';
    view.refuse(text, `Expected ${what}. (${error instanceof Error ? error.message : String(error)})`);
    return;
  }
  view.set(value);
}

/** On one line where that can be read, otherwise one entry on each. */
function jsonText(value: JsonValue): string {
  const line = JSON.stringify(value);
  return line.length <= LONGEST_LINE ? line : JSON.stringify(value, undefined, 1);
}

/** An option with what it means, so that all can be compared before one is chosen. */
function optionWords({ value, description }: SettingOption): string {
  return description ? `${plain(value)} – ${description}` : plain(value);
}

/** What the chosen option means, where that may not fit into its field. */
function optionHelp(control: SettingControl, value: JsonValue): TemplateResult | typeof nothing {
  if (control.kind !== 'choice') return nothing;
  const chosen = control.options.find((option) => same(option.value, value));
  return chosen?.description && optionWords(chosen).length > LONGEST_LINE
    ? html`<p>${chosen.description}</p>`
    : nothing;
}

function target(event: Event): HTMLInputElement {
  return event.target as HTMLInputElement;
}

function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function same(one: JsonValue, other: JsonValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
