import { DESCRIPTION_SCHEMA, ID_SCHEMA, TITLE_SCHEMA } from '../identifiers.ts';
import type { JsonSchema } from '../json-schema.ts';
import { listSchema } from './contribution-point.ts';

/** Engines and filters are declared alike: they are code, and all there is to know before is what they are. */
export function pipelinePartsSchema(about: { title: string; description: string }): JsonSchema {
  return listSchema(
    {
      type: 'object',
      required: ['id', 'title'],
      additionalProperties: false,
      properties: { id: ID_SCHEMA, title: TITLE_SCHEMA, description: DESCRIPTION_SCHEMA },
    },
    about,
  );
}
