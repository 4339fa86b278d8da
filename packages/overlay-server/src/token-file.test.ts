import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptToken, tokenFile } from './token-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overlay-token-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the kept token', () => {
  it('is made at the first start, and the same at the next', async () => {
    const file = join(folder, 'deep', 'state.json');
    const first = await keptToken(file, false);
    expect(first.warning).toBeUndefined();
    expect(first.token).toMatch(/^[\w-]{24}$/);
    expect(await keptToken(file, false)).toEqual(first);
  });

  it('can be read by its owner only', async () => {
    const file = join(folder, 'deep', 'state.json');
    await keptToken(file, false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is another one when a new one is asked for, and stays that', async () => {
    const file = join(folder, 'state.json');
    const { token: old } = await keptToken(file, false);
    const { token: renewed } = await keptToken(file, true);
    expect(renewed).not.toBe(old);
    expect(await keptToken(file, false)).toEqual({ token: renewed });
  });

  it('is made anew when the file holds none', async () => {
    const file = join(folder, 'state.json');
    for (const text of ['', '{"token":', '{"token":"short"}', '{"token":5}', 'null']) {
      writeFileSync(file, text);
      const { token, warning } = await keptToken(file, false);
      expect(warning).toBeUndefined();
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ token });
    }
  });

  it('says that links will change when it cannot be kept', async () => {
    // A folder where the file should be: not even an administrator can write it.
    const file = join(folder, 'state.json');
    mkdirSync(file);
    const { token, warning } = await keptToken(file, false);
    expect(token).toMatch(/^[\w-]{24}$/);
    expect(warning).toContain('links will change');
  });

  it('lies where each system keeps settings', () => {
    expect(tokenFile('linux', {}, '/home/ada')).toBe('/home/ada/.config/pose-coach/overlay-server.json');
    expect(tokenFile('linux', { XDG_CONFIG_HOME: '/conf' }, '/home/ada')).toBe(
      '/conf/pose-coach/overlay-server.json',
    );
    expect(tokenFile('darwin', {}, '/Users/ada')).toBe(
      '/Users/ada/Library/Application Support/pose-coach/overlay-server.json',
    );
    expect(tokenFile('win32', { APPDATA: 'C:/Users/ada/AppData/Roaming' }, 'C:/Users/ada')).toBe(
      join('C:/Users/ada/AppData/Roaming', 'pose-coach', 'overlay-server.json'),
    );
  });
});
