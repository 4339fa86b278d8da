import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { declarationShape } from './declaration-shape.ts';
import {
  announcedIn,
  announcement,
  EXTENSION_API,
  extensionApiShape,
  SHAPE_FILE,
  shapeHash,
} from './extension-api.ts';

const HOW =
  'The API that extensions see has changed. If that is meant: `npm run api-shape` writes its shape down and prints the line for a changeset of @pose-coach/core.';

describe('the API for extensions', () => {
  it('has the shape that was written down, and a changeset or the changelog announces it', () => {
    const shape = extensionApiShape();
    expect(shape, HOW).toBe(readFileSync(SHAPE_FILE, 'utf8'));
    const line = announcement(shape);
    const announced = [...announcedIn().values()].some((text) => text.includes(line));
    expect(announced, `${HOW} No changeset of @pose-coach/core has the line "${line}".`).toBe(true);
  });

  it('shows every change of its own declarations, and none of their comments', () => {
    const path = join(dirname(EXTENSION_API), 'extension-api.ts');
    const text = readFileSync(path, 'utf8');
    const shapeWith = (from: string, to: string) => {
      expect(text, 'the test edits a line that is there').toContain(from);
      return extensionApiShape(new Map([[path, text.replace(from, to)]]));
    };
    const shape = extensionApiShape();
    expect(
      shapeWith(
        '  info(message: string): void;',
        '  info(message: string): void;\n  fine?(message: string): void;',
      ),
    ).not.toBe(shape);
    expect(shapeWith('  warn(message: string): void;\n', '')).not.toBe(shape);
    expect(shapeWith('  readonly status: number;', '  readonly status: string;')).not.toBe(shape);
    expect(shapeWith('/** Settings by id', '/** All settings by id')).toBe(shape);
  });
});

describe('the shape of a module', () => {
  const entry = '/shape-test/entry.ts';
  const reached = '/shape-test/reached.ts';
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  };
  const base = {
    entry:
      "import type { Inner } from './reached.ts';\nexport interface Outer { readonly inner: Inner; name?: string }\nexport type Say = (word: 'yes' | 'no') => void;\n",
    reached: 'export interface Inner { size: number }\n',
  };
  const shapeOf = (sources: Partial<typeof base> = {}) => {
    const { entry: first, reached: second } = { ...base, ...sources };
    return declarationShape(
      entry,
      options,
      new Map([
        [entry, first],
        [reached, second],
      ]),
    );
  };
  const shape = shapeOf();

  it('is the same text whatever the comments, the layout and the order of members are', () => {
    expect(
      shapeOf({
        entry:
          "import type { Inner } from './reached.ts';\n/** Says. */\nexport type Say = (word: 'no' | 'yes') => void;\nexport interface Outer {\n  // a name\n  name?: string;\n  readonly inner: Inner;\n}\n",
      }),
    ).toBe(shape);
  });

  it('writes one line per member', () => {
    expect(shape).toBe(
      'type Inner = {\n  size: number;\n}\n\ntype Outer = {\n  readonly inner: Inner;\n  name?: string;\n}\n\ntype Say = (word: "no" | "yes") => void\n',
    );
  });

  it.each([
    [
      'an added optional member',
      { entry: base.entry.replace('name?: string', 'name?: string; nick?: string') },
    ],
    ['a removed member', { entry: base.entry.replace('; name?: string', '') }],
    ['a changed type', { entry: base.entry.replace('name?: string', 'name?: number') }],
    [
      'a member that may now be undefined',
      { entry: base.entry.replace('name?: string', 'name?: string | undefined') },
    ],
    ['a member that became necessary', { entry: base.entry.replace('name?:', 'name:') }],
    ['a member that is no longer readonly', { entry: base.entry.replace('readonly inner', 'inner') }],
    ['a further word in a union', { entry: base.entry.replace("'no'", "'no' | 'maybe'") }],
    ['a removed export', { entry: base.entry.replace(/export type Say.*\n/, '') }],
    [
      'a change of a type that is not exported but reached',
      { reached: 'export interface Inner { size: string }\n' },
    ],
    ['a parameter that became optional', { entry: base.entry.replace('(word:', '(word?:') }],
  ])('notices %s', (_change, sources) => {
    const changed = shapeOf(sources);
    expect(changed).not.toBe(shape);
    expect(shapeHash(changed)).not.toBe(shapeHash(shape));
  });

  it('is refused for a module that does not compile', () => {
    expect(() => shapeOf({ reached: 'export interface Other { size: number }\n' })).toThrow(/Inner/);
  });
});
