import { describe, expect, it } from 'vitest';
import { BODY_LANDMARKS, type BodyLandmark } from '../../pose/index.ts';
import { nodePictures } from '../conformance-node.ts';
import type { NetworkDescription } from './described-network/index.ts';
import { onnx } from './node.ts';

/** BlazePose's own landmark network, told as if it were a stranger's: it knows people who fill its picture. */
const STRANGER: NetworkDescription = {
  name: 'stranger',
  file: 'pose_landmarks_lite.onnx',
  input: { name: 'image', width: 256, height: 256, range: [0, 1], fit: 'letterbox' },
  keypoints: {
    output: 'landmarks',
    stride: 5,
    x: 0,
    y: 1,
    z: 2,
    score: 3,
    units: 'pixels',
    scores: 'logits',
  },
  landmarks: Object.keys(BODY_LANDMARKS) as BodyLandmark[],
};

function create(model: NetworkDescription) {
  return onnx({ model, threads: 1 }).create({
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

describe('a network told as data', () => {
  it('finds who fills the picture, and is named in the info', async (context) => {
    const clip = await nodePictures.clip('dance_phrase_talmolab', 1);
    if (typeof clip === 'string') return context.skip(clip);
    const [frame] = clip.frames;
    if (!frame) throw new Error('The clip is empty.');
    const estimator = await create(STRANGER);
    expect(estimator.info).toMatchObject({ engine: 'onnx', model: 'stranger', landmarks: 33 });
    const { poses } = await estimator.estimate(nodePictures.toFrame(frame, 0), 0);
    await estimator.dispose();
    const errors = [0, 11, 12, 23, 24].map((index) => {
      const [found, expected] = [poses[0]?.landmarks[index], clip.reference[0]?.landmarks[index]];
      return found && expected ? Math.hypot(found.x - expected.x, found.y - expected.y) : Number.NaN;
    });
    // Of the picture's size. The network wants people upright in the middle, and this one is not quite.
    expect(Math.max(...errors)).toBeLessThan(0.05);
  });

  it('counts the landmarks that it has', async () => {
    const estimator = await create({ ...STRANGER, landmarks: ['nose', null, 'leftEye'] });
    expect(estimator.info.landmarks).toBe(2);
    await estimator.dispose();
  });

  it('is refused when its description is wrong', () => {
    const wrong = { ...STRANGER, file: '../secret.onnx' };
    expect(() => onnx({ model: wrong })).toThrow(/"model\.file" is \.\.\/secret\.onnx/);
  });
});
