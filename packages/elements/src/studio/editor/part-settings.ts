import type { JsonValue, MetricDeclaration } from '@pose-coach/core';
import { type SettingDeclaration, settingFault } from '@pose-coach/core/extensions';
import type { SettingsById } from '@pose-coach/core/stage';
import { html, type TemplateResult } from 'lit';
import { settingField } from '../../extensions/setting-field.ts';

/** What was typed and could not be taken, by field. */
export type RefusedEntries = Map<string, { readonly text: string; readonly message: string }>;

/** The settings of a widget or a theme as they stand, and what is called when somebody changes one. */
export interface PartSettingsView {
  /** What sets its fields apart from those of other parts on the page. */
  readonly prefix: string;
  readonly declarations: readonly SettingDeclaration[];
  readonly chosen: SettingsById;
  readonly metrics: readonly MetricDeclaration[];
  readonly refused: RefusedEntries;
  /** @param name undefined value: back to the default */
  change(name: string, value: JsonValue | undefined): void;
  /** Something that was typed is refused, or is no more. */
  refusalChanged(): void;
}

/** A field for each setting, in the order in which they are declared. */
export function partSettings(view: PartSettingsView): TemplateResult {
  return html`${view.declarations.map((setting) => field(setting, view))}`;
}

function field(setting: SettingDeclaration, view: PartSettingsView): TemplateResult {
  const id = `${view.prefix}-${setting.id}`;
  const chosen = Object.hasOwn(view.chosen, setting.id) ? view.chosen[setting.id] : undefined;
  const value = chosen === undefined || settingFault(setting, chosen) ? setting.default : chosen;
  const refuse = (text: string, message: string) => {
    view.refused.set(id, { text, message });
    view.refusalChanged();
  };
  const set = (next: JsonValue | undefined) => {
    const fault = next === undefined ? undefined : settingFault(setting, next);
    if (fault) {
      refuse(typeof next === 'string' ? next : JSON.stringify(next), `Expected ${fault}.`);
      return;
    }
    view.refused.delete(id);
    view.change(setting.id, next);
    view.refusalChanged();
  };
  const choices = describedChoices(setting);
  if (choices) return choiceField(id, setting, value, choices, set);
  switch (setting.schema.format) {
    case 'color':
      return colorField(id, setting, value, set);
    case 'metric':
      return metricField(id, setting, value, view.metrics, set);
    default:
      return settingField({
        setting: { ...setting, id },
        value,
        refused: view.refused.get(id),
        set,
        refuse,
        reset: () => set(undefined),
      });
  }
}

/** As `settingField` has it, but followed while the colour is being picked: it is seen on the stream at once. */
function colorField(
  id: string,
  setting: SettingDeclaration,
  value: JsonValue,
  set: (value: JsonValue | undefined) => void,
): TemplateResult {
  return html`<div class="setting color">
    <label for=${id}>${setting.title}</label>
    <span class="line">
      ${value === setting.default ? '' : back(setting.title, () => set(undefined))}
      <input
        id=${id}
        type="color"
        .value=${String(value)}
        @input=${(event: Event) => set((event.target as HTMLInputElement).value)}
      />
    </span>
  </div>`;
}

/** One of the values that a setting allows, in words. */
interface DescribedChoice {
  readonly value: JsonValue;
  readonly words: string;
}

/** The choices of a setting that says in words what each of them is. */
function describedChoices({ schema }: SettingDeclaration): readonly DescribedChoice[] | undefined {
  const { enum: values, enumDescriptions: words } = schema;
  if (!Array.isArray(values) || !Array.isArray(words) || words.length !== values.length) return undefined;
  return values.map((value, index) => ({ value, words: String(words[index]) }));
}

/** As `settingField` has it, but by their words alone: their values are for whoever writes extensions. */
function choiceField(
  id: string,
  setting: SettingDeclaration,
  value: JsonValue,
  choices: readonly DescribedChoice[],
  set: (value: JsonValue | undefined) => void,
): TemplateResult {
  return html`<div class="setting">
    <div class="line">
      <label for=${id}>${setting.title}</label>
      ${value === setting.default ? '' : back(setting.title, () => set(undefined))}
    </div>
    <select id=${id} @change=${(event: Event) => set(choices[(event.target as HTMLSelectElement).selectedIndex]?.value)}>
      ${choices.map((choice) => html`<option .selected=${choice.value === value}>${choice.words}</option>`)}
    </select>
    ${setting.description ? html`<p class="help">${setting.description}</p>` : ''}
  </div>`;
}

/** A list of everything that can be read; one that nobody declares now is kept, because its extension may come back. */
function metricField(
  id: string,
  setting: SettingDeclaration,
  value: JsonValue,
  metrics: readonly MetricDeclaration[],
  set: (value: JsonValue | undefined) => void,
): TemplateResult {
  const known = metrics.some((metric) => metric.id === value);
  return html`<div class="setting">
    <div class="line">
      <label for=${id}>${setting.title}</label>
      ${value === setting.default ? '' : back(setting.title, () => set(undefined))}
    </div>
    ${metricSelect(id, value, metrics, known, set)}
    ${setting.description ? html`<p class="help">${setting.description}</p>` : ''}
    ${known ? '' : html`<p class="help">Nobody who is live reads this metric now.</p>`}
  </div>`;
}

function metricSelect(
  id: string,
  value: JsonValue,
  metrics: readonly MetricDeclaration[],
  known: boolean,
  set: (value: JsonValue | undefined) => void,
): TemplateResult {
  return html`<select id=${id} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
    ${known ? '' : html`<option value=${String(value)} selected>${String(value)}</option>`}
    ${metrics.map(
      (metric) =>
        html`<option value=${metric.id} .selected=${metric.id === value}>${metricWords(metric)}</option>`,
    )}
  </select>`;
}

/** A metric's title, and its id, because two extensions may give theirs the same title. */
export function metricWords({ id, title, unit }: MetricDeclaration): string {
  return `${title}${unit ? ` (${unit})` : ''} – ${id}`;
}

function back(title: string, run: () => void): TemplateResult {
  return html`<button type="button" class="small" aria-label=${`Set ${title} back to its default`} @click=${run}>
    Default
  </button>`;
}
