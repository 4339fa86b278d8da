import type { StageItem, WidgetItem } from '@pose-coach/core/stage';
import { setItem } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import type { EditorView } from './editor-view.ts';
import { itemTitle } from './item-words.ts';
import { partSettings, type RefusedEntries } from './part-settings.ts';
import { placeFields } from './place-fields.ts';
import { scoringFields } from './scoring-fields.ts';
import { skeletonFields } from './skeleton-fields.ts';
import { themePicker, withSetting } from './theme-picker.ts';

/** What the inspector needs besides the scene. */
export interface InspectorFields {
  readonly refused: RefusedEntries;
  refusalChanged(): void;
  duplicate(): void;
  remove(): void;
}

/** Everything that can be set of what is selected, and of the scene. */
export function inspector(view: EditorView, fields: InspectorFields): TemplateResult {
  const { selected } = view;
  return html`${selected ? itemFields(selected, view, fields) : nothing}
    <section class="of-scene" aria-labelledby="look-title">
      <h3 id="look-title">Scene</h3>
      ${themePicker(view, fields.refused, fields.refusalChanged)} ${scoringFields(view)}
    </section>`;
}

function itemFields(item: StageItem, view: EditorView, fields: InspectorFields): TemplateResult {
  const title = itemTitle(item, view.parts);
  return html`<section class="of-item" aria-labelledby="item-title">
    <header>
      <h3 id="item-title">${title}</h3>
      <button type="button" class="small" @click=${fields.duplicate} ?hidden=${item.kind === 'skeleton'}>Duplicate</button>
      <button type="button" class="small" @click=${fields.remove}>Delete</button>
    </header>
    ${item.kind === 'skeleton' ? skeletonFields(item, view) : widgetFields(item, view, fields)}
    ${placeFields(item, view)}
  </section>`;
}

function widgetFields(item: WidgetItem, view: EditorView, fields: InspectorFields): TemplateResult {
  const declared = view.parts?.widgets.find(({ value }) => value.id === item.widget)?.value;
  if (!declared) {
    return html`<p class="help warn">
      This widget, ${item.widget}, is of an extension that is not here. It stays in the scene and shows nothing.
    </p>`;
  }
  return html`${declared.description ? html`<p class="help about">${declared.description}</p>` : nothing}
    <fieldset>
      <legend>Settings</legend>
      ${partSettings({
        prefix: item.id,
        declarations: declared.settings,
        chosen: item.settings,
        metrics: view.metrics,
        refused: fields.refused,
        refusalChanged: fields.refusalChanged,
        change: (name, value) =>
          view.session.edit(
            (now) => setItem(now, item.id, { settings: withSetting(item.settings, name, value) }),
            `setting ${item.id} ${name}`,
          ),
      })}
      <div class="setting">
        <div class="line"><label for="item-name">Name in the list of layers</label></div>
        <input
          id="item-name"
          type="text"
          maxlength="80"
          placeholder=${declared.title}
          .value=${item.name ?? ''}
          @change=${(event: Event) => {
            const name = (event.target as HTMLInputElement).value.trim();
            view.session.edit((now) => setItem(now, item.id, { name: name || declared.title }));
          }}
        />
      </div>
    </fieldset>`;
}
