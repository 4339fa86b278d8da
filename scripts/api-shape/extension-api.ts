import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { declarationShape, type FileTexts } from './declaration-shape.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Where the API for extensions is declared, and where its shape is kept. */
export const EXTENSION_API = join(repository, 'packages/core/src/extensions/api/index.ts');
export const SHAPE_FILE = join(repository, 'packages/core/extension-api.shape.txt');

/** Enough hexadecimal digits that two shapes of one API will not share them. */
const HASH_DIGITS = 12;

/** The shape of `@pose-coach/core/extension` as it stands in the sources. */
export function extensionApiShape(texts?: FileTexts): string {
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    repository,
  );
  return declarationShape(EXTENSION_API, options, texts);
}

/** What a changeset names a shape by. */
export function shapeHash(shape: string): string {
  return createHash('sha256').update(shape).digest('hex').slice(0, HASH_DIGITS);
}

/** The line that a changeset announces a shape with. */
export function announcement(shape: string): string {
  return `Shape of the extension API: ${shapeHash(shape)}`;
}

/** Changesets of core that wait for a release, and core's changelog, by path. */
export function announcedIn(): ReadonlyMap<string, string> {
  const folder = join(repository, '.changeset');
  const changesets = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .filter((path) => /^['"]@pose-coach\/core['"]:/m.test(readFileSync(path, 'utf8')));
  const paths = [...changesets, join(repository, 'packages/core/CHANGELOG.md')].filter(existsSync);
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}
