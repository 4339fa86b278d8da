import type { OverlayThemeDeclaration } from '@pose-coach/core/extensions';
import type { SettingsById } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { resolveLook, resolveSettings } from '../../stage/resolved-settings.ts';
import type { EditorView } from './editor-view.ts';
import { partSettings, type RefusedEntries } from './part-settings.ts';

/** The look of the scene: a theme, and its colours. */
export function themePicker(
  { session, scene, parts, metrics }: EditorView,
  refused: RefusedEntries,
  refusalChanged: () => void,
): TemplateResult {
  const themes = parts?.themes ?? [];
  const chosen = themes.find(({ value }) => value.id === scene.theme.id)?.value;
  return html`<fieldset class="themes">
    <legend>Theme</legend>
    ${
      chosen
        ? nothing
        : html`<p class="help warn">This scene’s theme, ${scene.theme.id}, is of an extension that is not here.</p>`
    }
    <div class="cards">
      ${themes.map(({ value }) =>
        card(value, value.id === scene.theme.id ? scene.theme.settings : {}, value === chosen, () =>
          session.edit(
            (now) => ({ ...now, theme: { id: value.id, settings: {} } }),
            undefined,
            `Theme: ${value.title}.`,
          ),
        ),
      )}
    </div>
    ${chosen?.description ? html`<p class="help about">${chosen.description}</p>` : nothing}
    ${
      chosen
        ? partSettings({
            prefix: 'theme',
            declarations: chosen.settings,
            chosen: scene.theme.settings,
            metrics,
            refused,
            refusalChanged,
            change: (name, value) =>
              session.edit(
                (now) => ({
                  ...now,
                  theme: { ...now.theme, settings: withSetting(now.theme.settings, name, value) },
                }),
                `theme ${name}`,
              ),
          })
        : nothing
    }
  </fieldset>`;
}

/** Settings with one of them changed, or, without a value, back at its default. */
export function withSetting(
  settings: SettingsById,
  name: string,
  value: SettingsById[string] | undefined,
): SettingsById {
  const { [name]: _, ...rest } = settings;
  return value === undefined ? rest : { ...rest, [name]: value };
}

function card(
  theme: OverlayThemeDeclaration,
  settings: SettingsById,
  chosen: boolean,
  choose: () => void,
): TemplateResult {
  const look = resolveLook(theme, resolveSettings(theme.settings, settings));
  const sample = {
    background: `linear-gradient(120deg, color-mix(in srgb, ${look.accent} 26%, #0b1120), #0b1120 60%)`,
  };
  return html`<label class="card ${chosen ? 'chosen' : ''}">
    <input type="radio" name="theme" .checked=${chosen} @change=${choose} />
    <span class="sample" style=${styleMap(sample)} aria-hidden="true">
      ${[look.accent, look.accent2, look.good, look.warning].map(
        (color) => html`<i style=${styleMap({ background: color })}></i>`,
      )}
    </span>
    <span class="title">${theme.title}</span>
  </label>`;
}
