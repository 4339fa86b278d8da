import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const dance = join(repository, 'packages/extension-dance');
const SNIPPET = /<!-- Run by tests\/packaging\/dance-readme\.test\.ts\. -->\s+```js\n([\s\S]*?)```/;

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pose-coach-dance-')));
  const packages = join(folder, 'node_modules/@pose-coach');
  mkdirSync(packages, { recursive: true });
  for (const name of ['core', 'extension-dance']) {
    symlinkSync(join(repository, 'packages', name), join(packages, name));
  }
  cpSync(join(repository, 'packages/elements/assets/sample-dance.poses'), join(folder, 'take.poses'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the README of the dance extension', () => {
  it('has a program for Node that sums up a real take with the built packages', () => {
    const program = SNIPPET.exec(readFileSync(join(dance, 'README.md'), 'utf8'))?.[1] ?? '';
    writeFileSync(join(folder, 'take.mjs'), program);
    const printed = execFileSync(process.execPath, ['take.mjs'], { cwd: folder, encoding: 'utf8' });
    // The sample is eighteen seconds of somebody who dances.
    const intensity = Number(/intensity ([\d.]+)/.exec(printed)?.[1]);
    const [danced, inView] = (/danced for ([\d.]+) of ([\d.]+) ms/.exec(printed) ?? []).slice(1).map(Number);
    expect(intensity).toBeGreaterThan(20);
    expect(intensity).toBeLessThan(80);
    expect(danced).toBeGreaterThan(0.5 * (inView ?? Number.NaN));
  });
});
