import type { JsonValue } from '@pose-coach/core';
import type { OverlayLook, SettingValues } from '@pose-coach/core/extension';
import {
  type OverlayThemeDeclaration,
  type SettingDeclaration,
  settingFault,
} from '@pose-coach/core/extensions';
import type { SettingsById } from '@pose-coach/core/stage';

/** How widgets look in a scene whose theme is not there. */
export const PLAIN_LOOK: OverlayLook = {
  accent: '#38bdf8',
  accent2: '#fb923c',
  text: '#f8fafc',
  muted: '#cbd5e1',
  surface: 'rgba(8, 14, 28, 0.8)',
  edge: 'rgba(148, 163, 184, 0.28)',
  good: '#4ade80',
  warning: '#fca5a5',
  font: 'system-ui, sans-serif',
  weight: 600,
  radius: 14,
  finish: 'flat',
};

/** The values of all declared settings: what was chosen where it is allowed, else the default. */
export function resolveSettings(
  declarations: readonly SettingDeclaration[],
  chosen: SettingsById,
): SettingValues {
  return Object.fromEntries(
    declarations.map((setting) => {
      const value = Object.hasOwn(chosen, setting.id) ? chosen[setting.id] : undefined;
      const fits = value !== undefined && settingFault(setting, value) === undefined;
      return [setting.id, fits ? value : setting.default];
    }),
  );
}

/** A theme's look with the streamer's own colours in it. */
export function resolveLook(theme: OverlayThemeDeclaration, settings: SettingValues): OverlayLook {
  const resolved = Object.entries(theme.look).map(([name, value]): [string, JsonValue | undefined] => [
    name,
    typeof value === 'object' ? settings[value.setting] : value,
  ]);
  // Of the right types: a manifest is refused whose look names a setting of another.
  return { ...PLAIN_LOOK, ...(Object.fromEntries(resolved) as Partial<OverlayLook>) };
}
