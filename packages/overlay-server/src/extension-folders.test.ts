import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOverlayServer, type OverlayServer } from './overlay-server.ts';

let parent: string;
let server: OverlayServer | undefined;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'overlay-extension-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(parent, { recursive: true });
});

const MANIFEST = {
  name: '@example/hearts',
  version: '1.2.3',
  displayName: 'Hearts',
  scripts: { build: 'make it' },
  poseCoach: {
    apiVersion: 1,
    prefix: 'hearts',
    overlay: './dist/overlay.js',
    assets: ['./heart.png'],
    contributes: {
      overlayWidgets: [{ id: 'hearts.beat', title: 'Heart', size: { width: 200, height: 200 } }],
    },
  },
};

function write(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(parent, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const FILES = {
  'package.json': JSON.stringify(MANIFEST),
  'dist/overlay.js': 'export const widgets = {};',
  'heart.png': 'a picture',
  'secret.txt': 'not named anywhere',
};

async function start(...extensions: string[]): Promise<string> {
  server = createOverlayServer({ port: 0, extensions });
  return (await server.listen()).server;
}

describe('extensions of the operator’s', () => {
  it('are listed for the pages, and given out, file by file as their manifest names them', async () => {
    const base = await start(write('hearts', FILES));
    const listed = await fetch(`${base}/api/extensions`);
    expect(listed.headers.get('access-control-allow-origin')).toBeNull();
    const { name, version, displayName, poseCoach } = MANIFEST;
    expect(await listed.json()).toEqual([
      {
        id: '@example/hearts',
        url: '/extensions/hearts/package.json',
        manifest: { name, version, displayName, poseCoach },
      },
    ]);
    const module = await fetch(`${base}/extensions/hearts/dist/overlay.js`);
    expect(module.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await module.text()).toBe(FILES['dist/overlay.js']);
    expect(await (await fetch(`${base}/extensions/hearts/package.json`)).json()).toEqual(MANIFEST);
    expect((await fetch(`${base}/extensions/hearts/heart.png`)).headers.get('content-type')).toBe(
      'image/png',
    );
    for (const path of ['secret.txt', 'dist', '', '..%2fhearts%2fsecret.txt']) {
      expect((await fetch(`${base}/extensions/hearts/${path}`)).status, path).toBe(404);
    }
  });

  it('have nothing of this server when somebody opens one of their files by itself', async () => {
    const { poseCoach } = MANIFEST;
    const assets = ['./heart.svg', './heart.html'];
    const folder = write('hearts', {
      ...FILES,
      'package.json': JSON.stringify({ ...MANIFEST, poseCoach: { ...poseCoach, assets } }),
      'heart.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>',
      'heart.html': '<script src="./dist/overlay.js"></script>',
    });
    const base = await start(folder);
    for (const path of ['heart.svg', 'heart.html', 'dist/overlay.js', 'package.json']) {
      const { status, headers } = await fetch(`${base}/extensions/hearts/${path}`);
      expect(status).toBe(200);
      const policy = headers.get('content-security-policy')?.split('; ');
      // No origin of this server's, and no script: https://www.w3.org/TR/CSP3/#directive-sandbox.
      expect(policy, path).toEqual(["default-src 'none'", 'sandbox']);
    }
  });

  it('are none unless they are named', async () => {
    const base = await start();
    expect(await (await fetch(`${base}/api/extensions`)).json()).toEqual([]);
  });

  it.each([
    ['not there', () => join(parent, 'nowhere'), 'cannot be read'],
    ['no JSON', () => write('broken', { 'package.json': '{' }), 'not JSON'],
    [
      'no extension',
      () => write('other', { 'package.json': '{"name":"x","version":"1.0.0"}' }),
      '/poseCoach',
    ],
    [
      'not built',
      () => write('unbuilt', { 'package.json': FILES['package.json'], 'heart.png': 'x' }),
      join('dist', 'overlay.js'),
    ],
    [
      'one that leads out by a link',
      () => {
        const folder = write('linked', { ...FILES, 'dist/overlay.js': '' });
        rmSync(join(folder, 'heart.png'));
        writeFileSync(join(parent, 'outside.png'), 'secret');
        symlinkSync(join(parent, 'outside.png'), join(folder, 'heart.png'));
        return folder;
      },
      'leads out',
    ],
  ])('are refused in one line when a folder is %s', async (_, folder, word) => {
    const refused = start(folder());
    await expect(refused).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(word),
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('\n') });
  });

  it('are refused when two have the same prefix', async () => {
    await expect(start(write('one', FILES), write('two', FILES))).rejects.toMatchObject({
      message: expect.stringContaining('"hearts"'),
    });
  });
});
