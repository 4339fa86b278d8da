import { DESCRIPTION_SCHEMA, ID_SCHEMA, TITLE_SCHEMA } from '../identifiers.ts';
import type { CommandDeclaration } from '../manifest.ts';
import { type ContributionPoint, listEntries, listSchema } from './contribution-point.ts';

/** Something that people, keys and other extensions can have done; registered in code. */
export const commands: ContributionPoint<'commands'> = {
  schema: listSchema(
    {
      type: 'object',
      required: ['id', 'title'],
      additionalProperties: false,
      properties: {
        id: { ...ID_SCHEMA, description: 'The id under which your code registers the command.' },
        title: { ...TITLE_SCHEMA, description: 'What it does, as a button would say it.' },
        description: DESCRIPTION_SCHEMA,
        takesValues: {
          type: 'boolean',
          default: false,
          title: 'Takes values',
          description: 'It cannot do without values: keys with `values` and code run it, no button.',
        },
      },
    },
    { title: 'Commands', description: 'What people, keys and other extensions can have done.' },
  ),
  entries: listEntries,
  read: (value) => value as unknown as CommandDeclaration,
  needsCode: () => true,
  activationEvent: ({ id }) => `onCommand:${id}`,
};
