import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelManifest } from '../src/manifest.ts';
import { assemble, assembleHeavy } from './assemble.ts';

describe('assemble', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pose-coach-assemble-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('writes lite, full, hands, ONNX Runtime and a manifest, and nothing else', async () => {
    const written = await assemble(folder);
    expect((await readdir(folder)).sort()).toEqual([
      'hand_landmarker.task',
      'manifest.json',
      'ort-wasm-simd-threaded.asyncify.mjs',
      'ort-wasm-simd-threaded.asyncify.wasm',
      'ort-wasm-simd-threaded.mjs',
      'ort-wasm-simd-threaded.wasm',
      'pose_landmarker_full.task',
      'pose_landmarker_lite.task',
    ]);
    for (const { path, bytes } of written) expect((await stat(path)).size).toBe(bytes);
  });

  it('writes the manifest that the code exports', async () => {
    await assemble(folder);
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual(modelManifest);
  });

  it('writes nothing when a bundle is not the one that the manifest names', async () => {
    const [first, second, ...rest] = modelManifest.models;
    if (!first || !second) throw new Error('The manifest lists too few models.');
    const models = [first, { ...second, sha256: '0'.repeat(64) }, ...rest];
    await expect(assemble(folder, { ...modelManifest, models })).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringMatching(/pose_landmarker_full\.task.*expected SHA-256 0{64}, found 178e4135/),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes the heavy bundle on request', async () => {
    await assembleHeavy(folder);
    expect(await readdir(folder)).toEqual(['pose_landmarker_heavy.task']);
  });
});
