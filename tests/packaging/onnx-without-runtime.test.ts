import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const core = fileURLToPath(new URL('../../packages/core/', import.meta.url));

/** A folder in which only the core package is installed, and RxJS. */
let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pose-coach-bare-')));
  const installed = join(folder, 'node_modules/@pose-coach/core');
  mkdirSync(installed, { recursive: true });
  cpSync(join(core, 'dist'), join(installed, 'dist'), { recursive: true });
  cpSync(join(core, 'package.json'), join(installed, 'package.json'));
  symlinkSync(realpathSync(join(core, 'node_modules/rxjs')), join(folder, 'node_modules/rxjs'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string): string {
  const options = ['--input-type=module', '--eval', program];
  return execFileSync(process.execPath, options, { cwd: folder, encoding: 'utf8' });
}

describe('the built ONNX engine where no ONNX Runtime is installed', () => {
  it('can be imported and asked for', () => {
    const program = `
      import { onnx } from '@pose-coach/core/onnx';
      console.log(typeof onnx({ model: 'full' }).create);
    `;
    expect(run(program)).toBe('function\n');
  });

  it('says what to install when it is made', () => {
    const program = `
      import { onnx } from '@pose-coach/core/onnx';
      const wishes = { signal: new AbortController().signal, onProgress() {} };
      await onnx().create(wishes).catch(({ code, message }) => console.log(code, message));
    `;
    expect(run(program)).toMatch(
      /^ENGINE_UNSUPPORTED .*onnxruntime-node is not installed.*"npm i onnxruntime-node@1\.30\.0"/,
    );
  });
});
