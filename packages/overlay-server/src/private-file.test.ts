import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePrivateFile } from './private-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overlay-private-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('a private file', () => {
  it('is its owner’s alone, and so is the folder that is made for it', async () => {
    const file = join(folder, 'deep', 'secret.json');
    await writePrivateFile(file, 'secret');
    expect(readFileSync(file, 'utf8')).toBe('secret');
    expect(modeOf(file)).toBe(0o600);
    expect(modeOf(join(folder, 'deep'))).toBe(0o700);
  });

  it('takes the place of one that everybody could read', async () => {
    const file = join(folder, 'secret.json');
    writeFileSync(file, 'old');
    chmodSync(file, 0o644);
    await writePrivateFile(file, 'new');
    expect(modeOf(file)).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret.json']);
  });

  it('is one of those that were written at once, whole', async () => {
    const file = join(folder, 'secret.json');
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(300_000));
    await Promise.all(texts.map((text) => writePrivateFile(file, text)));
    expect(texts).toContain(readFileSync(file, 'utf8'));
    expect(readdirSync(folder)).toEqual(['secret.json']);
  });

  it('leaves nothing of a secret behind when it cannot be put in its place', async () => {
    // A folder where the file should be: not even an administrator can write it.
    mkdirSync(join(folder, 'secret.json'));
    await expect(writePrivateFile(join(folder, 'secret.json'), 'secret')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['secret.json']);
  });
});
