import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RawImage } from '../../../capture/index.ts';
import { HAND_LANDMARKS, POSE_DETECTOR } from '../blazepose/index.ts';
import type { NetworkSpec } from '../network.ts';
import { BUILT_MODELS } from '../node/model-folder.test-support.ts';
import { NativeBackend } from './native-backend.ts';

const WHOLE = { x: 8, y: 8, width: 16, height: 16, angle: 0 };

let backend: NativeBackend;
const open = async () => {
  backend = await NativeBackend.open({ threads: 1 });
  return backend;
};
afterEach(() => backend.dispose());

const model = (spec: NetworkSpec) => readFile(join(BUILT_MODELS, spec.file));
const grey = () => new RawImage(new Uint8Array(16 * 16 * 4).fill(128), 16, 16);

describe('a network on ONNX Runtime', () => {
  it('gives every output that is wanted, and no other', async () => {
    const network = await (await open()).load(HAND_LANDMARKS, await model(HAND_LANDMARKS));
    const outputs = await network.run(await backend.picture(grey()), WHOLE);
    expect(Object.fromEntries(Object.entries(outputs).map(([name, { length }]) => [name, length]))).toEqual({
      landmarks: 63,
      presence: 1,
      handedness: 1,
      world_landmarks: 63,
    });
    const few = await backend.load({ ...HAND_LANDMARKS, outputs: ['presence'] }, await model(HAND_LANDMARKS));
    expect(Object.keys(await few.run(await backend.picture(grey()), WHOLE))).toEqual(['presence']);
  });

  it('gives values that stay as they are when it runs again', async () => {
    const network = await (await open()).load(HAND_LANDMARKS, await model(HAND_LANDMARKS));
    const first = await network.run(await backend.picture(grey()), WHOLE);
    const copy = [...(first.landmarks ?? [])];
    await network.run(await backend.picture(grey()), { ...WHOLE, x: 40 });
    expect([...(first.landmarks ?? [])]).toEqual(copy);
  });

  it('refuses a model that is another than expected, and says what it lacks', async () => {
    await open();
    const bytes = await model(POSE_DETECTOR);
    const { input } = POSE_DETECTOR;
    const load = (spec: NetworkSpec) => backend.load(spec, bytes);
    await expect(load({ ...POSE_DETECTOR, outputs: ['boxes', 'heatmap'] })).rejects.toThrow(
      'pose_detector.onnx has no output "heatmap".',
    );
    await expect(load({ ...POSE_DETECTOR, input: { ...input, width: 256 } })).rejects.toThrow(
      'The input of pose_detector.onnx is [1, 3, 224, 224]; [1, 3, 224, 256] was expected.',
    );
    await expect(load({ ...POSE_DETECTOR, input: { ...input, name: 'frame' } })).rejects.toThrow(
      'pose_detector.onnx has the inputs image; one named "frame" was expected.',
    );
    await expect(backend.load(POSE_DETECTOR, bytes.subarray(0, 1000))).rejects.toThrow();
    expect(backend.live).toEqual({ sessions: 0, tensors: 0 });
  });

  it('leaves nothing behind when it is released, or its backend disposed', async () => {
    await open();
    const one = await backend.load(HAND_LANDMARKS, await model(HAND_LANDMARKS));
    await backend.load(POSE_DETECTOR, await model(POSE_DETECTOR));
    await one.run(await backend.picture(grey()), WHOLE);
    expect(backend.live).toEqual({ sessions: 2, tensors: 2 });
    await one.release();
    await one.release();
    expect(backend.live).toEqual({ sessions: 1, tensors: 1 });
    await expect(one.run(await backend.picture(grey()), WHOLE)).rejects.toThrow(
      'hand_landmarks.onnx was released.',
    );
    await backend.dispose();
    expect(backend.live).toEqual({ sessions: 0, tensors: 0 });
  });

  it('leaves nothing behind when its backend is disposed while it loads', async () => {
    await open();
    const loading = backend.load(HAND_LANDMARKS, await model(HAND_LANDMARKS));
    const broken = backend.load(POSE_DETECTOR, new Uint8Array(8)).catch(() => 'refused');
    await backend.dispose();
    expect(backend.live).toEqual({ sessions: 0, tensors: 0 });
    expect(await broken).toBe('refused');
    await expect((await loading).run(await backend.picture(grey()), WHOLE)).rejects.toThrow('was released');
  });

  it('ends the run that it is at before it is released', async () => {
    const network = await (await open()).load(HAND_LANDMARKS, await model(HAND_LANDMARKS));
    const running = network.run(await backend.picture(grey()), WHOLE);
    await backend.dispose();
    expect((await running).landmarks).toHaveLength(63);
    expect(backend.live).toEqual({ sessions: 0, tensors: 0 });
  });

  it('refuses frames that are closed', async () => {
    await open();
    const closed = grey();
    closed.close();
    await expect(backend.picture(closed)).rejects.toThrow('closed');
  });
});
