import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A repository with one example, which says what it was given, and with nothing to install or build. */
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'example-'));
  mkdirSync(join(folder, 'scripts'));
  mkdirSync(join(folder, 'examples', 'echo'), { recursive: true });
  cpSync(fileURLToPath(new URL('example.mjs', import.meta.url)), join(folder, 'scripts', 'example.mjs'));
  writeFileSync(
    join(folder, 'scripts', 'setup.mjs'),
    `export const [install, build] = [() => true, () => true];
    export const [environment, repository] = [process.env, ${JSON.stringify(folder)}];`,
  );
  const start = 'node echo.mjs';
  writeFileSync(join(folder, 'examples', 'echo', 'package.json'), JSON.stringify({ scripts: { start } }));
  writeFileSync(
    join(folder, 'examples', 'echo', 'echo.mjs'),
    `let typed = '';
    for await (const text of process.stdin) typed += text;
    console.log(JSON.stringify({ values: process.argv.slice(2), typed }));
    process.exit(3);`,
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run example', () => {
  it('hands an example its arguments and what is typed, and ends as it does', () => {
    const link = 'http://127.0.0.1:8787/overlay?channel=main&key=a_b-c';
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(folder, 'scripts', 'example.mjs'), 'echo', link, '--port', '9000'],
      { input: 'typed', encoding: 'utf8' },
    );
    expect(JSON.parse(stdout)).toEqual({ values: [link, '--port', '9000'], typed: 'typed' });
    expect(status).toBe(3);
  });
});
