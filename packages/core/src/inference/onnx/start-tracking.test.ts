import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { RawImage } from '../../capture/index.ts';
import { NativeBackend } from './backends/native-backend.ts';
import { HAND_DETECTOR, HAND_LANDMARKS } from './blazepose/index.ts';
import { BUILT_MODELS } from './node/model-folder.test-support.ts';
import { startTracking, type TrackingSettings } from './start-tracking.ts';

const SETTINGS: TrackingSettings = {
  task: 'hands',
  model: 'lite',
  limit: 2,
  detection: 0.5,
  presence: 0.5,
  tracking: 0.5,
  inputSize: null,
};

const blank = () => new RawImage(new Uint8Array(64 * 64 * 4), 64, 64);

it('leaves nothing behind when one of two networks cannot be loaded', async () => {
  const backend = await NativeBackend.open({ threads: 1 });
  const landmarks = new Blob([await readFile(join(BUILT_MODELS, HAND_LANDMARKS.file))]);
  const start = (files: Record<string, Blob>) => startTracking(backend, SETTINGS, files, blank());
  const load = vi.spyOn(backend, 'load');
  // What is wrong with one is known before the other is read: that is waited for all the same.
  await expect(start({ [HAND_LANDMARKS.file]: landmarks })).rejects.toThrow(
    `The file ${HAND_DETECTOR.file} is missing.`,
  );
  expect(load).toHaveBeenCalledTimes(1);
  expect(backend.live).toEqual({ sessions: 0, tensors: 0 });
});
