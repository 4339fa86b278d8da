import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelFileName, type ModelManifest, modelManifest } from '../src/manifest.ts';
import { assemble, assembleHeavy } from './assemble.ts';

describe('assemble', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pose-coach-assemble-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('writes lite, full and hands for both engines, ONNX Runtime and a manifest, and nothing else', async () => {
    const written = await assemble(folder);
    expect((await readdir(folder)).sort()).toEqual([
      'hand_detector.onnx',
      'hand_landmarker.task',
      'hand_landmarks.onnx',
      'manifest.json',
      'ort-wasm-simd-threaded.asyncify.mjs',
      'ort-wasm-simd-threaded.asyncify.wasm',
      'ort-wasm-simd-threaded.mjs',
      'ort-wasm-simd-threaded.wasm',
      'pose_detector.onnx',
      'pose_landmarker_full.task',
      'pose_landmarker_lite.task',
      'pose_landmarks_full.onnx',
      'pose_landmarks_lite.onnx',
    ]);
    for (const { path, bytes } of written) expect((await stat(path)).size).toBe(bytes);
  });

  it('writes the manifest that the code exports', async () => {
    await assemble(folder);
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual(modelManifest);
  });

  it('writes nothing when a bundle is not the one that the manifest names', async () => {
    await expect(assemble(folder, otherwisePinned('pose_landmarker_full.task'))).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringMatching(/pose_landmarker_full\.task.*expected SHA-256 0{64}, found 178e4135/),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes nothing when a network comes out otherwise than the manifest says', async () => {
    await expect(assemble(folder, otherwisePinned('hand_landmarks.onnx'))).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringMatching(/hand_landmarks\.onnx.*expected SHA-256 0{64}/),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes the heavy bundle and network on request', async () => {
    await assembleHeavy(folder);
    expect((await readdir(folder)).sort()).toEqual([
      'pose_landmarker_heavy.task',
      'pose_landmarks_heavy.onnx',
    ]);
  });
});

/** The manifest, but for the checksum of one model. */
function otherwisePinned(name: ModelFileName): ModelManifest {
  const models = modelManifest.models.map((model) =>
    model.name === name ? { ...model, sha256: '0'.repeat(64) } : model,
  );
  return { ...modelManifest, models };
}
