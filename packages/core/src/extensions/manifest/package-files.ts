import type { JsonSchema } from './json-schema.ts';

/** Folders and a name, none of which begins with a dot: nothing leads out of the package. Closed by what ends a name. */
const PATH = '^(\\./)?([A-Za-z0-9_@+~-][A-Za-z0-9._@+~-]*/)*[A-Za-z0-9_@+~-][A-Za-z0-9._@+~-]*';

/** Characters of a path at most. */
const LONGEST_PATH = 200;

/** `main` in a manifest. */
export const MAIN_SCHEMA: JsonSchema = {
  type: 'string',
  maxLength: LONGEST_PATH,
  pattern: `${PATH}\\.m?js$`,
  title: 'Main',
  description:
    'The module with the code, self-contained, relative to package.json. Absent when data is all there is.',
  examples: ['./dist/extension.js'],
  expected: 'the path of a .js file inside the package, such as ./dist/extension.js',
};

/** `overlay` in a manifest. */
export const OVERLAY_SCHEMA: JsonSchema = {
  type: 'string',
  maxLength: LONGEST_PATH,
  pattern: `${PATH}\\.m?js$`,
  title: 'Overlay',
  description:
    'The module that paints the overlay widgets and themes, self-contained, relative to package.json. It knows nothing of the one in main.',
  examples: ['./dist/overlay.js'],
  expected: 'the path of a .js file inside the package, such as ./dist/overlay.js',
};

/** `assets` in a manifest. Named beforehand, because a name made up at run time could carry poses to the package's server. */
export const ASSETS_SCHEMA: JsonSchema = {
  type: 'array',
  title: 'Assets',
  description:
    'The files of the package that the code may read with context.asset or overlay.asset, relative to package.json. Others are refused.',
  examples: [['./sounds/bell.mp3']],
  uniqueItems: true,
  maxItems: 200,
  items: {
    type: 'string',
    maxLength: LONGEST_PATH,
    pattern: `${PATH}$`,
    expected: 'the path of a file inside the package, such as ./sounds/bell.mp3',
  },
};
