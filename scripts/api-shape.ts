// `npm run api-shape`: writes down the shape of the API for extensions after it was changed on purpose, and prints the
// line that a changeset must carry.
import { writeFileSync } from 'node:fs';
import { announcedIn, announcement, extensionApiShape, SHAPE_FILE } from './api-shape/extension-api.ts';

const shape = extensionApiShape();
writeFileSync(SHAPE_FILE, shape);
const line = announcement(shape);
const said = [...announcedIn()].find(([, text]) => text.includes(line));
console.log(`Written: ${SHAPE_FILE}`);
console.log(
  said ? `Announced in ${said[0]}.` : `Now put this line into a changeset of @pose-coach/core:\n\n${line}\n`,
);
