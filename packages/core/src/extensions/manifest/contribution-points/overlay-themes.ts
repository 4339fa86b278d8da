import type { JsonValue } from '../../../base/index.ts';
import type { OverlayLook } from '../../api/overlay-api.ts';
import { isObject } from '../check-json.ts';
import { DESCRIPTION_SCHEMA, ID_SCHEMA, TITLE_SCHEMA } from '../identifiers.ts';
import type { OverlayThemeDeclaration, SettingDeclaration } from '../manifest.ts';
import { type ContributionPoint, listEntries, listSchema, type ManifestScope } from './contribution-point.ts';
import { LOOK_SCHEMA, lookFault } from './overlay-look.ts';
import { checkPartSettings, PART_SETTINGS_SCHEMA, readPartSettings } from './part-settings.ts';

/** Looks for the skeleton, which the overlay module paints, and for the widgets beside it. */
export const overlayThemes: ContributionPoint<'overlayThemes'> = {
  schema: listSchema(
    {
      type: 'object',
      required: ['id', 'title', 'look'],
      additionalProperties: false,
      properties: {
        id: { ...ID_SCHEMA, description: 'The id under which your overlay module registers the theme.' },
        title: TITLE_SCHEMA,
        description: DESCRIPTION_SCHEMA,
        look: LOOK_SCHEMA,
        settings: PART_SETTINGS_SCHEMA,
      },
    },
    { title: 'Overlay themes', description: 'How the skeleton and everything beside it can look.' },
  ),
  entries: listEntries,
  read: (value) => ({ ...value, settings: readPartSettings(value) }) as unknown as OverlayThemeDeclaration,
  check(theme, path, scope) {
    checkPartSettings(theme.settings, path, scope.findings);
    const entries = Object.entries(theme.look) as [keyof OverlayLook, JsonValue][];
    for (const [name, value] of entries) {
      if (isObject(value)) checkChosen(name, String(value.setting), theme.settings, `${path}/look`, scope);
    }
  },
  needsOverlay: true,
};

/** That a setting which is to give part of the look is there, and can give nothing else. */
function checkChosen(
  name: keyof OverlayLook,
  chosen: string,
  settings: readonly SettingDeclaration[],
  path: string,
  { findings }: ManifestScope,
): void {
  const place = `${path}/${name}/setting`;
  const setting = settings.find(({ id }) => id === chosen);
  if (!setting) {
    findings.fault(
      place,
      "a setting that is declared in the theme's settings",
      `${place}: ${chosen} is not declared: add it to the theme's settings.`,
    );
    return;
  }
  const expected = lookFault(name, setting);
  if (expected === undefined) return;
  findings.fault(place, expected, `${place}: ${chosen} may hold what is no ${name}: expected ${expected}.`);
}
