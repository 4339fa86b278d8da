import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../build/assemble.ts';
import { modelManifest } from './manifest.ts';

/** What the page would have to load if it loaded everything. */
async function bytesBelow(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

interface Answer {
  readonly status: number;
  readonly printed: string;
  readonly failed: string;
}

describe('models, the command', () => {
  const here = fileURLToPath(new URL('..', import.meta.url));
  let folder = '';

  /** The package as it is published, in a folder of its own: built code, `bin`, models, and what it depends on. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pose-coach-command-'));
    const installed = join(folder, 'package');
    await build({
      entryPoints: [join(here, 'src/command.ts')],
      outfile: join(installed, 'dist/command.js'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
    });
    await assemble(join(installed, 'dist/files'));
    for (const name of ['bin', 'package.json', 'THIRD_PARTY_NOTICES.md', 'LICENSE-APACHE-2.0.txt']) {
      await cp(join(here, name), join(installed, name), { recursive: true });
    }
    await symlink(join(here, 'node_modules'), join(installed, 'node_modules'), 'junction');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const models = (...words: string[]) =>
    new Promise<Answer>((resolve) => {
      const program = join(folder, 'package/bin/models.js');
      // Without NODE_PATH, which package managers set for what they start: it would find what is not installed.
      const env = { ...process.env, NODE_PATH: '' };
      execFile(process.execPath, [program, ...words], { cwd: folder, env }, (error, printed, failed) => {
        resolve({ status: error ? Number(error.code) : 0, printed, failed });
      });
    });

  it('copies and prints each file with its size, and the total', async () => {
    const { status, printed, failed } = await models('copy', 'site');
    expect({ status, failed }).toEqual({ status: 0, failed: '' });
    const lines = printed.trimEnd().split('\n');
    for (const { path } of [...modelManifest.models, ...modelManifest.wasm]) {
      expect(lines.filter((line) => line.endsWith(`  ${path}`))).toHaveLength(1);
    }
    expect(lines).toContain(' 9.41 MB  models/pose_landmarker_full.task');
    const megabytes = (await bytesBelow(join(folder, 'site'))) / 1e6;
    expect(lines).toContain(`${megabytes.toFixed(2)} MB  in site`);
    expect(lines.at(-1)).toMatch(
      /^One engine's files alone: --engine mediapipe 34\.\d\d MB, --engine onnx \S+ MB\.$/,
    );
    expect((await readdir(join(folder, 'site'))).sort()).toEqual(['models', 'wasm']);
  });

  it.each([
    ['mediapipe', 'vision_wasm_module_internal.wasm', 'ort-wasm-simd-threaded.wasm'],
    ['onnx', 'ort-wasm-simd-threaded.wasm', 'vision_wasm_module_internal.wasm'],
  ])('copies what %s needs and nothing of the other, and says its size', async (engine, own, foreign) => {
    const { printed } = await models('copy', `only ${engine}`, '--engine', engine);
    const copied = await readdir(join(folder, `only ${engine}`), { recursive: true });
    expect(copied).toContain(join('wasm', own));
    expect(copied).not.toContain(join('wasm', foreign));
    expect(copied).toContain(join('models', 'manifest.json'));
    const extensions = copied
      .map((path) => extname(path))
      .filter((end) => end === '.task' || end === '.onnx');
    expect(new Set(extensions)).toEqual(new Set([engine === 'onnx' ? '.onnx' : '.task']));
    const megabytes = (await bytesBelow(join(folder, `only ${engine}`))) / 1e6;
    expect(printed.trimEnd().split('\n').at(-1)).toBe(`${megabytes.toFixed(2)} MB  in only ${engine}`);
  });

  it.each([[[]], [['--help']], [['-h']], [['copy', '--help']]])('explains itself for %j', async (words) => {
    const { status, printed } = await models(...words);
    expect(status).toBe(0);
    expect(printed).toContain('Usage: models copy <folder>');
  });

  it.each([
    [['copi', 'site'], 'there is no command "copi"'],
    [['copy'], 'the folder to copy to is missing'],
    [['copy', ''], 'the folder to copy to is missing'],
    [['copy', 'a', 'b'], 'one folder is enough, "b" is too much'],
    [['copy', 'site', '--engine', 'tflite'], 'there is no engine "tflite", only mediapipe and onnx'],
    [['copy', 'site', '--engine'], '--engine wants mediapipe or onnx behind it'],
    [['copy', '--force', 'site'], 'there is no option "--force"'],
    [['copy', join('package', 'package.json')], 'a file stands where a folder is needed'],
  ])('answers %j in one plain line, with status 1', async (words, fault) => {
    const { status, printed, failed } = await models(...words);
    expect({ status, printed }).toEqual({ status: 1, printed: '' });
    expect(failed.trimEnd().split('\n')).toHaveLength(1);
    expect(failed).toMatch(/^models: /);
    expect(failed).toContain(fault);
  });

  it('answers in one line when the engine is not installed', async () => {
    await rm(join(folder, 'package/node_modules'));
    const { status, failed } = await models('copy', 'elsewhere');
    await symlink(join(here, 'node_modules'), join(folder, 'package/node_modules'), 'junction');
    expect(status).toBe(1);
    expect(failed.trimEnd()).toMatch(/^models: vision_wasm_module_internal\.js is missing: .* Install .*\.$/);
  });
});
