import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INPUTS, packageFolder, readInput } from './inputs.ts';

describe('readInput', () => {
  const { source } = INPUTS.handLandmarks;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pose-coach-inputs-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('takes a file whose checksum is the pinned one', async () => {
    await copyFile(join(packageFolder(source.package), source.file), join(folder, source.file));
    const bytes = await readInput(INPUTS.handLandmarks, () => folder);
    expect(bytes.length).toBe(5_478_688);
  });

  it('refuses a file of which one bit differs, and names it, what was expected and what was found', async () => {
    const changed = await readFile(join(packageFolder(source.package), source.file));
    changed.writeUInt8(changed.readUInt8(3_000_000) ^ 1, 3_000_000);
    await writeFile(join(folder, source.file), changed);
    const refusal = await readInput(INPUTS.handLandmarks, () => folder).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'ASSET_INVALID' });
    expect(String(refusal)).toContain('@mediapipe/hands@0.4.1675469240/hand_landmark_full.tflite');
    expect(String(refusal)).toContain(`expected SHA-256 ${source.sha256}`);
    expect(String(refusal)).toMatch(/found [0-9a-f]{64} /);
  });

  it('says which file is missing', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    await expect(readInput(INPUTS.handLandmarks, () => empty)).rejects.toMatchObject({
      code: 'ASSET_NOT_FOUND',
      message: expect.stringContaining('hand_landmark_full.tflite'),
    });
  });

  it('says which package is missing', () => {
    expect(() => packageFolder('@mediapipe/nothing')).toThrow(
      expect.objectContaining({
        code: 'ASSET_NOT_FOUND',
        message: expect.stringContaining('@mediapipe/nothing'),
      }),
    );
  });

  it('cuts the full palm detector, a TFLite model of its own, out of the packed assets', async () => {
    const bytes = await readInput(INPUTS.palmDetector);
    expect(bytes.length).toBe(2_341_280);
    expect(new TextDecoder().decode(bytes.subarray(4, 8))).toBe('TFL3');
  });
});
