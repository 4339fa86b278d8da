import { DESCRIPTION_SCHEMA, ID_SCHEMA, TITLE_SCHEMA } from '../identifiers.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { OverlayWidgetDeclaration } from '../manifest.ts';
import { type ContributionPoint, listEntries, listSchema } from './contribution-point.ts';
import { checkPartSettings, PART_SETTINGS_SCHEMA, readPartSettings } from './part-settings.ts';

/** Stage pixels: less can be neither read nor taken hold of, more is twice the width of the largest stage. */
const SIDE: JsonSchema = {
  type: 'integer',
  minimum: 16,
  maximum: 3840,
  description: 'In stage pixels, on a canvas of 1920 × 1080.',
};

/** What can be put on the stage beside the skeleton, registered by the overlay module. */
export const overlayWidgets: ContributionPoint<'overlayWidgets'> = {
  schema: listSchema(
    {
      type: 'object',
      required: ['id', 'title', 'size'],
      additionalProperties: false,
      properties: {
        id: { ...ID_SCHEMA, description: 'The id under which your overlay module registers the widget.' },
        title: TITLE_SCHEMA,
        description: DESCRIPTION_SCHEMA,
        size: {
          type: 'object',
          title: 'Size',
          description: 'What it takes when it is put on the stage; anybody can make it larger or smaller.',
          examples: [{ width: 320, height: 120 }],
          required: ['width', 'height'],
          additionalProperties: false,
          properties: { width: SIDE, height: SIDE },
          expected: 'a width and a height in stage pixels, such as { "width": 320, "height": 120 }',
        },
        settings: PART_SETTINGS_SCHEMA,
      },
    },
    { title: 'Overlay widgets', description: 'What people can put on the stage of the overlay.' },
  ),
  entries: listEntries,
  read: (value) => ({ ...value, settings: readPartSettings(value) }) as unknown as OverlayWidgetDeclaration,
  check: ({ settings }, path, { findings }) => checkPartSettings(settings, path, findings),
  needsOverlay: true,
};
