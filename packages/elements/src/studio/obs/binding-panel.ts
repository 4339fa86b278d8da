import type { FilterBinding, ObsBinding, Scene, TextBinding } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import { choiceField, numberField, textField } from '../shared/fields.ts';
import { metricSelect } from '../shared/metric-select.ts';
import { bindingWords, filterSettings } from './binding-draft.ts';
import type { ObsView } from './obs-view.ts';

/** Kinds of text sources, as OBS names them on all its systems. */
const TEXT_KINDS = /^text_/;

export interface BindingPanel {
  readonly view: ObsView;
  readonly scene: Scene;
  /** The binding that is being written. */
  readonly draft: ObsBinding | undefined;
  /** Why it cannot be kept, once somebody has tried. */
  readonly fault: string | undefined;
  chooseScene(id: string): void;
  add(kind: ObsBinding['kind']): void;
  edit(binding: ObsBinding): void;
  remove(binding: ObsBinding): void;
  change(binding: ObsBinding): void;
  save(): void;
  cancel(): void;
}

/** Texts and filters in OBS that follow a metric. */
export function bindingPanel(panel: BindingPanel): TemplateResult {
  const { view, scene, draft } = panel;
  const isNew = draft !== undefined && !scene.bindings.some(({ id }) => id === draft.id);
  return html`<section class="card glass" aria-labelledby="bindings-title">
    <h3 id="bindings-title">OBS follows the dance</h3>
    <p class="help">A text in OBS says a metric’s value, or a filter’s setting follows it, while this scene is on the stream.</p>
    ${choiceField({
      title: 'Scene of the overlay',
      value: scene.id,
      choices: new Map(view.stage.scenes.map(({ id, name }) => [id, name])),
      choose: panel.chooseScene,
    })}
    <ul class="plain bindings">
      ${scene.bindings.map((binding) =>
        draft?.id === binding.id
          ? html`<li>${form(draft, false, panel)}</li>`
          : html`<li class="row">
              <span class="grow">${bindingWords(binding, view.metrics)}</span>
              <button type="button" class="small" data-edit=${binding.id} aria-label=${`Edit: ${bindingWords(binding, view.metrics)}`} @click=${() => panel.edit(binding)}>
                Edit
              </button>
              <button type="button" class="small" aria-label=${`Remove: ${bindingWords(binding, view.metrics)}`} @click=${() => panel.remove(binding)}>
                Remove
              </button>
            </li>`,
      )}
      ${draft && isNew ? html`<li>${form(draft, true, panel)}</li>` : nothing}
    </ul>
    ${
      draft
        ? nothing
        : html`<div class="row">
            <button type="button" class="add-text" @click=${() => panel.add('text')}>A text says a metric</button>
            <button type="button" class="add-filter" @click=${() => panel.add('filter')}>A filter follows a metric</button>
          </div>`
    }
  </section>`;
}

function form(draft: ObsBinding, isNew: boolean, panel: BindingPanel): TemplateResult {
  const { view, fault, change } = panel;
  return html`<form
    class="binding"
    aria-label=${draft.kind === 'text' ? 'A text says a metric' : 'A filter follows a metric'}
    @submit=${(event: Event) => {
      event.preventDefault();
      panel.save();
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      panel.cancel();
    }}
  >
    <div class="fields">
      ${metricSelect({
        title: 'Metric',
        metrics: view.metrics,
        chosen: draft.metric,
        choose: (metric) => {
          const range = view.metrics.find(({ id }) => id === metric)?.range;
          change({ ...draft, metric, ...(draft.kind === 'filter' && range ? { from: range } : {}) });
        },
      })}
      ${draft.kind === 'text' ? textFields(draft, panel) : filterFields(draft, panel)}
    </div>
    ${
      view.sources
        ? nothing
        : html`<p class="help">OBS is not connected: names are taken as you type them.</p>`
    }
    ${fault === undefined ? nothing : html`<p class="fault" role="alert">${fault}</p>`}
    <div class="row">
      <button type="submit" class="primary">${isNew ? 'Add' : 'Save'}</button>
      <button type="button" @click=${panel.cancel}>Cancel</button>
      ${view.sources ? html`<button type="button" class="small" @click=${view.readSources}>Read OBS’s sources again</button>` : nothing}
    </div>
  </form>`;
}

function textFields(draft: TextBinding, { view, change }: BindingPanel): TemplateResult {
  const texts = (view.sources ?? []).filter(({ kind }) => TEXT_KINDS.test(kind));
  return html`${textField({
    title: 'Text source in OBS',
    name: 'binding-input',
    value: draft.input,
    choices: texts.map(({ name }) => name),
    placeholder: texts.length === 0 ? 'name of a text source' : 'choose or type',
    longest: 200,
    set: (input) => change({ ...draft, input }),
  })}
  ${textField({
    title: 'Says ({value} and {unit} are filled in)',
    name: 'binding-text',
    value: draft.text,
    longest: 500,
    set: (text) => change({ ...draft, text }),
  })}`;
}

function filterFields(draft: FilterBinding, { view, change }: BindingPanel): TemplateResult {
  const sources = (view.sources ?? []).filter(({ filters }) => filters.length > 0);
  const source = sources.find(({ name }) => name === draft.source);
  const filter = source?.filters.find(({ name }) => name === draft.filter);
  const unit = view.metrics.find(({ id }) => id === draft.metric)?.unit;
  const pair = (title: string, key: 'from' | 'to', place: 0 | 1, of?: string) =>
    numberField({
      title,
      value: draft[key][place],
      unit: of,
      set: (value) => {
        const [first, second] = draft[key];
        change({ ...draft, [key]: place === 0 ? [value, second] : [first, value] });
      },
    });
  return html`${textField({
    title: 'Source in OBS',
    name: 'binding-source',
    value: draft.source,
    choices: sources.map(({ name }) => name),
    placeholder: 'one that has filters',
    longest: 200,
    set: (name) => change({ ...draft, source: name }),
  })}
  ${textField({
    title: 'Filter',
    name: 'binding-filter',
    value: draft.filter,
    choices: (source?.filters ?? []).map(({ name }) => name),
    longest: 200,
    set: (name) => change({ ...draft, filter: name }),
  })}
  ${textField({
    title: 'Setting',
    name: 'binding-setting',
    value: draft.setting,
    choices: filterSettings(filter?.kind),
    longest: 100,
    set: (setting) => change({ ...draft, setting }),
  })}
  ${pair('From: metric', 'from', 0, unit)} ${pair('From: setting', 'to', 0)}
  ${pair('To: metric', 'from', 1, unit)} ${pair('To: setting', 'to', 1)}`;
}
