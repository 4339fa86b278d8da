import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './command.ts';

let folder = '';
let built = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elements-copy-'));
  built = await mkdtemp(join(tmpdir(), 'elements-built-'));
  await writeFile(join(built, 'pose-coach.js'), 'export {};');
  await writeFile(join(built, 'pose-coach.js.map'), '{}');
  await writeFile(join(built, 'sample-dance.poses'), new Uint8Array([1, 2, 3]));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
  await rm(built, { recursive: true });
});

async function run(...words: string[]) {
  const printed: string[] = [];
  const failed: string[] = [];
  const output = { print: (line: string) => printed.push(line), fail: (line: string) => failed.push(line) };
  const status = await runCommand(words, output, pathToFileURL(`${built}/`));
  return { status, printed, failed };
}

describe('elements copy', () => {
  it('puts script, sample, models and WebAssembly into one folder', async (context) => {
    const target = join(folder, 'public', 'pose-coach');
    const { status, failed } = await run('copy', target);
    if (failed.some((line) => line.includes('build it first'))) context.skip('skipped: models are not built');
    expect(failed).toEqual([]);
    expect(status).toBe(0);
    expect((await readdir(target)).sort()).toEqual([
      'LICENSE-APACHE-2.0.txt',
      'THIRD_PARTY_NOTICES.md',
      'extension-frame.html',
      'mediapipe-worker.js',
      'models',
      'music-worklet.js',
      'onnx-worker.js',
      'pose-coach.js',
      'sample-dance.poses',
      'wasm',
    ]);
    expect(await readdir(join(target, 'models'))).toContain('pose_landmarker_lite.task');
    expect(await readdir(join(target, 'wasm'))).toContain('vision_wasm_module_internal.wasm');
    expect(await readdir(join(target, 'wasm'))).toContain('ort-wasm-simd-threaded.wasm');
    expect([...(await readFile(join(target, 'sample-dance.poses')))]).toEqual([1, 2, 3]);
    // The engine is in it, not only a reference to it.
    expect((await stat(join(target, 'mediapipe-worker.js'))).size).toBeGreaterThan(200_000);
    expect((await stat(join(target, 'onnx-worker.js'))).size).toBeGreaterThan(50_000);
  });

  it.each([
    ['mediapipe', ['vision_wasm_module_internal.js', 'vision_wasm_module_internal.wasm']],
    [
      'onnx',
      [
        'ort-wasm-simd-threaded.asyncify.mjs',
        'ort-wasm-simd-threaded.asyncify.wasm',
        'ort-wasm-simd-threaded.mjs',
        'ort-wasm-simd-threaded.wasm',
      ],
    ],
  ])('leaves out what only the other engine needs: %s', async (engine, wasm) => {
    const target = join(folder, engine);
    expect(await run('copy', target, '--engine', engine)).toMatchObject({ status: 0, failed: [] });
    expect((await readdir(join(target, 'wasm'))).sort()).toEqual(wasm);
    const files = await readdir(target);
    expect(files).toContain('pose-coach.js');
    expect(files.filter((name) => name.endsWith('-worker.js'))).toEqual([`${engine}-worker.js`]);
  });

  it('explains itself when asked, and when nothing is asked', async () => {
    expect((await run()).printed.join('\n')).toContain('elements copy <folder>');
    expect((await run('--help')).status).toBe(0);
  });

  it.each([
    [['copy'], 'the folder to copy to is missing'],
    [['paste', 'x'], 'there is no command "paste"'],
    [['copy', 'a', 'b'], 'one folder is enough'],
    [['copy', 'a', '--engine', 'tflite'], 'there is no engine "tflite"'],
    [['copy', 'a', '--engine'], '--engine wants mediapipe or onnx'],
    [['copy', '--force', 'a'], 'there is no option "--force"'],
  ])('answers %j with one plain line', async (words, fault) => {
    const { status, failed } = await run(...words);
    expect(status).toBe(1);
    expect(failed).toHaveLength(1);
    expect(failed[0]).toContain(fault);
  });

  it('says what to do when the script has not been built, and writes nothing', async () => {
    const output = { print: () => {}, fail: (line: string) => expect(line).toContain('build it first') };
    const status = await runCommand(['copy', join(folder, 'x')], output, pathToFileURL(join(built, 'none/')));
    expect(status).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });
});
