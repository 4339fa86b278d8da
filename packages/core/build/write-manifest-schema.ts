import { writeFileSync } from 'node:fs';
import { standardSchema } from '../src/extensions/manifest/json-schema.ts';
import { MANIFEST_SCHEMA } from '../src/extensions/manifest/manifest-schema.ts';

/**
 * Writes `extension-manifest.schema.json`, which editors complete and check manifests with, from the schema that
 * manifests are read with. `npm run schema` in this package runs it; a test says when the file is out of date.
 */
writeFileSync(
  new URL('../extension-manifest.schema.json', import.meta.url),
  `${JSON.stringify(standardSchema(MANIFEST_SCHEMA), null, 2)}\n`,
);
