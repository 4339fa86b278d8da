import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assemble } from '../build/assemble.ts';
import { sha256 } from './checksum.ts';
import { copyAssets, locateAssets } from './copy.ts';
import { modelFile, modelManifest } from './index.ts';

/** Every file below a folder, with forward slashes. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

describe('copyAssets', () => {
  let folder = '';

  beforeAll(async () => {
    await assemble(fileURLToPath(new URL('.', modelFile('manifest.json'))));
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pose-coach-copy-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lays out models/ and wasm/ as an assets address has them, in a folder that it makes', async () => {
    const target = join(folder, 'public', 'pose coach');
    await copyAssets(target);
    expect(await filesBelow(target)).toEqual([
      'models/LICENSE-APACHE-2.0.txt',
      'models/THIRD_PARTY_NOTICES.md',
      'models/hand_detector.onnx',
      'models/hand_landmarker.task',
      'models/hand_landmarks.onnx',
      'models/manifest.json',
      'models/pose_detector.onnx',
      'models/pose_landmarker_full.task',
      'models/pose_landmarker_lite.task',
      'models/pose_landmarks_full.onnx',
      'models/pose_landmarks_lite.onnx',
      'wasm/ort-wasm-simd-threaded.asyncify.mjs',
      'wasm/ort-wasm-simd-threaded.asyncify.wasm',
      'wasm/ort-wasm-simd-threaded.mjs',
      'wasm/ort-wasm-simd-threaded.wasm',
      'wasm/vision_wasm_module_internal.js',
      'wasm/vision_wasm_module_internal.wasm',
    ]);
    for (const file of [...modelManifest.models, ...modelManifest.wasm]) {
      expect(sha256(await readFile(join(target, file.path))), file.path).toBe(file.sha256);
    }
  });

  it('replaces what an older version left there', async () => {
    await mkdir(join(folder, 'models'));
    await writeFile(join(folder, 'models', 'manifest.json'), 'old');
    await copyAssets(folder);
    expect(JSON.parse(await readFile(join(folder, 'models', 'manifest.json'), 'utf8'))).toEqual(
      modelManifest,
    );
  });

  it('writes nothing when one of the files is not the one that was pinned', async () => {
    const broken = join(folder, 'truncated.task');
    const content = await readFile(modelFile('hand_landmarker.task'));
    await writeFile(broken, content.subarray(0, 1_000_000));
    const files = locateAssets().map((file) =>
      file.path === 'models/hand_landmarker.task' ? { ...file, location: pathToFileURL(broken) } : file,
    );
    const target = join(folder, 'target');
    await expect(copyAssets(target, files)).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringMatching(/models\/hand_landmarker\.task.*\(1000000 bytes\)/),
    });
    expect(await readdir(folder)).toEqual(['truncated.task']);
  });

  it('names a file that is missing and says what to do', async () => {
    const files = [{ path: 'models/absent.task', location: pathToFileURL(join(folder, 'absent.task')) }];
    await expect(copyAssets(join(folder, 'target'), files)).rejects.toMatchObject({
      code: 'ASSET_NOT_FOUND',
      message: expect.stringMatching(
        /^models\/absent\.task is missing \(no such file\)\. .*build it first\.$/,
      ),
    });
  });

  it('leaves no part of a file behind where it cannot write', async () => {
    // A folder in the place of the file: the move onto it fails after everything else went well.
    await mkdir(join(folder, 'models', 'pose_landmarker_full.task', 'inside'), { recursive: true });
    await expect(copyAssets(folder)).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringContaining('pose_landmarker_full.task'),
    });
    expect(await filesBelow(folder)).toEqual(['models/pose_landmarker_lite.task']);
  });

  it('says so when a file stands where the folder should be', async () => {
    await copyFile(modelFile('manifest.json'), join(folder, 'taken'));
    await expect(copyAssets(join(folder, 'taken'))).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringContaining('a file stands where a folder is needed'),
    });
  });
});
