import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../../../tests/fixtures.ts';
import { PoseCoachError } from '../../../base/index.ts';
import { RawImage } from '../../../capture/index.ts';
import { BODY_LANDMARK_NAMES } from '../../../pose/index.ts';
import { NativeBackend } from '../backends/native-backend.ts';
import type { Network, Picture, Region } from '../network.ts';
import { BUILT_MODELS } from '../node/model-folder.test-support.ts';
import { checkDescription, DescribedTracker, describedSpec, type NetworkDescription } from './index.ts';

/** Four keypoints of three values each: score, y, x. */
const FOUR: NetworkDescription = {
  name: 'four',
  file: 'four.onnx',
  input: { name: 'image', width: 100, height: 200, range: [0, 255], fit: 'letterbox' },
  keypoints: { output: 'points', stride: 3, score: 0, y: 1, x: 2, units: 'pixels', scores: 'probabilities' },
  landmarks: ['nose', null, 'leftWrist', 'rightWrist'],
};

const PICTURE: Picture = { width: 400, height: 400, release: () => undefined };

/** A network that gives the same values for everything, and what it was shown last. */
function constant(description: NetworkDescription, values: readonly number[]) {
  let shown: Region | undefined;
  const network: Network = {
    spec: describedSpec(description),
    run: async (_, region) => {
      shown = region;
      return { [description.keypoints.output]: Float32Array.from(values) };
    },
    release: async () => undefined,
  };
  return { tracker: new DescribedTracker(network, description, 0.5), shown: () => shown };
}

const VALUES = [
  ...[0.5, 100, 50], // nose: the middle
  ...[0.9, 1, 1], // none of ours
  ...[0.75, 50, 100], // left wrist: a quarter up, at the right edge
  ...[1, 150, 0], // right wrist: a quarter down, at the left edge
];

describe('a network described as data', () => {
  it('is shown the whole picture with black beside it, and its keypoints go back to where they are', async () => {
    const { tracker, shown } = constant(FOUR, VALUES);
    const [person, ...others] = await tracker.track(PICTURE);
    expect(others).toEqual([]);
    // The input is twice as high as wide: 400 × 800 pixels hold the picture.
    expect(shown()).toEqual({ x: 200, y: 200, width: 400, height: 800, angle: 0 });
    expect(person?.landmarks[0]).toEqual({ x: 0.5, y: 0.5, z: 0, visibility: 0.5 });
    expect(person?.landmarks[15]).toEqual({ x: 1, y: 0, z: 0, visibility: 0.75 });
    expect(person?.landmarks[16]).toEqual({ x: 0, y: 1, z: 0, visibility: 1 });
    expect(person?.score).toBeCloseTo(0.75, 6);
  });

  it('invents nothing: what it does not know has no visibility', async () => {
    const [person] = await constant(FOUR, VALUES).tracker.track(PICTURE);
    const unknown = person?.landmarks.filter((_, index) => ![0, 15, 16].includes(index));
    expect(unknown).toHaveLength(30);
    expect(unknown?.every(({ visibility }) => visibility === 0)).toBe(true);
    expect(person?.worldLandmarks).toHaveLength(33);
    expect(person?.worldLandmarks.every(({ visibility }) => visibility === 0)).toBe(true);
  });

  it('may have the picture fill its input, count in shares, know depths and give logits', async () => {
    const { tracker, shown } = constant(
      {
        ...FOUR,
        input: { ...FOUR.input, fit: 'stretch' },
        keypoints: {
          output: 'all',
          stride: 4,
          x: 0,
          y: 1,
          z: 2,
          score: 3,
          units: 'shares',
          scores: 'logits',
        },
        landmarks: ['leftHip'],
      },
      [0.25, 0.75, -0.5, Math.log(3)],
    );
    const [person] = await tracker.track({ ...PICTURE, height: 300 });
    expect(shown()).toEqual({ x: 200, y: 150, width: 400, height: 300, angle: 0 });
    const hip = person?.landmarks[23];
    expect([hip?.x, hip?.y, hip?.z]).toEqual([0.25, 0.75, -0.5]);
    expect(hip?.visibility).toBeCloseTo(0.75, 6);
  });

  it('finds nobody where its keypoints are not sure enough, and takes what is no number for unknown', async () => {
    const unsure = VALUES.map((value, index) => (index % 3 === 0 ? value * 0.6 : value));
    expect(await constant(FOUR, unsure).tracker.track(PICTURE)).toEqual([]);
    expect(await constant(FOUR, Array(12).fill(Number.NaN)).tracker.track(PICTURE)).toEqual([]);
    // The left wrist has no place; the nose is likelier, so that it is a person all the same.
    const broken = VALUES.map((value, index) => (index === 8 ? Number.NaN : index === 0 ? 0.8 : value));
    const [person] = await constant(FOUR, broken).tracker.track(PICTURE);
    expect(person?.landmarks[15]).toEqual({ x: 0, y: 0, z: 0, visibility: 0 });
    expect(person?.landmarks[16]?.visibility).toBe(1);
  });

  it('says so when there are fewer keypoints than described', async () => {
    await expect(constant(FOUR, VALUES.slice(0, 11)).tracker.track(PICTURE)).rejects.toThrow(
      '"points" has 11 values; 4 keypoints of 3 were described.',
    );
  });

  it('finds with BlazePose’s own network, described, a person who fills the photo', async (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const description = checkDescription({
      name: 'pose_landmarks_full',
      file: 'pose_landmarks_full.onnx',
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
      landmarks: [...BODY_LANDMARK_NAMES, null, null, null, null, null, null],
    });
    const image = await loadImage(join(fixtures, 'images', 'human_ai-body.jpg'));
    const drawing = createCanvas(image.width, image.height).getContext('2d');
    drawing.drawImage(image, 0, 0);
    const { data, width, height } = drawing.getImageData(0, 0, image.width, image.height);
    const backend = await NativeBackend.open({ threads: 1 });
    const model = await readFile(join(BUILT_MODELS, description.file));
    const network = await backend.load(describedSpec(description), model);
    const tracker = new DescribedTracker(network, description, 0.5);
    const [person] = await tracker.track(await backend.picture(new RawImage(data, width, height)));
    // Where @mediapipe/tasks-vision has them, whose crop is larger and whose heatmap refines: 3 % of the photo.
    const places = { 0: [0.4737, 0.0965], 15: [0.748, 0.4263], 23: [0.5471, 0.4719], 28: [0.4921, 0.8937] };
    for (const [index, [x = 0, y = 0]] of Object.entries(places)) {
      const landmark = person?.landmarks[Number(index)];
      expect(Math.hypot((landmark?.x ?? 9) - x, (landmark?.y ?? 9) - y), index).toBeLessThan(0.03);
    }
    await backend.dispose();
  });
});

describe('a description', () => {
  it('is taken as it is when nothing is wrong with it, without what does not belong', () => {
    expect(checkDescription({ ...FOUR, colour: 'red' })).toEqual(FOUR);
    const deep = { ...FOUR, keypoints: { ...FOUR.keypoints, stride: 4, z: 3 } };
    expect(checkDescription(JSON.parse(JSON.stringify(deep)))).toEqual(deep);
  });

  const { input, keypoints } = FOUR;
  it.each([
    ['"model" is undefined; give an object', undefined],
    ['"model.input" is undefined; give an object', { ...FOUR, input: undefined }],
    ['"model.name" is ; give a text', { ...FOUR, name: '' }],
    ['"model.file" is ../four.onnx; give the name of a file', { ...FOUR, file: '../four.onnx' }],
    ['"model.file" is https://a.example/b; give', { ...FOUR, file: 'https://a.example/b' }],
    ['"model.input.width" is 0; give a whole number from 1', { ...FOUR, input: { ...input, width: 0 } }],
    ['"model.input.height" is 1.5;', { ...FOUR, input: { ...input, height: 1.5 } }],
    [
      '"model.input.range" is something else; give two different',
      { ...FOUR, input: { ...input, range: [1, 1] } },
    ],
    ['"model.input.range" is', { ...FOUR, input: { ...input, range: [0, Number.NaN] } }],
    [
      '"model.input.fit" is crop; give one of letterbox, stretch',
      { ...FOUR, input: { ...input, fit: 'crop' } },
    ],
    [
      '"model.keypoints.x" is 3; give a whole number from 0 to 2',
      { ...FOUR, keypoints: { ...keypoints, x: 3 } },
    ],
    ['"model.keypoints.z" is -1;', { ...FOUR, keypoints: { ...keypoints, z: -1 } }],
    ['"model.keypoints.score" is undefined;', { ...FOUR, keypoints: { ...keypoints, score: undefined } }],
    ['"model.keypoints.units" is cm;', { ...FOUR, keypoints: { ...keypoints, units: 'cm' } }],
    ['"model.keypoints.scores" is 1;', { ...FOUR, keypoints: { ...keypoints, scores: 1 } }],
    [
      '"model.landmarks[1]" is tail; give the name of a body landmark',
      { ...FOUR, landmarks: ['nose', 'tail'] },
    ],
    ['"model.landmarks[0]" is toString;', { ...FOUR, landmarks: ['toString'] }],
    ['"model.landmarks" is nose; give every name once', { ...FOUR, landmarks: ['nose', null, 'nose'] }],
    ['"model.landmarks" is something else; give at least one', { ...FOUR, landmarks: [null] }],
    ['"model.landmarks" is nose; give a list', { ...FOUR, landmarks: 'nose' }],
  ])('is refused with the fault named: %s', (message, description) => {
    const check = () => checkDescription(description);
    expect(check).toThrow(PoseCoachError);
    expect(check).toThrow(`onnx: ${message}`);
    expect(check).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });

  /** Like what descriptions hold, and like nothing of it. */
  const anything = fc.oneof(
    fc.anything({ withSparseArray: true, withBigInt: true, withNullPrototype: true, withTypedArray: true }),
    fc.constantFrom(0, 1, 2, 3, 4096, 'nose', 'letterbox', 'pixels', 'logits', 'a/b.onnx', '..', Symbol('x')),
    fc.sparseArray(fc.constantFrom('nose', 'leftEye', 'rightEye', null)),
  );

  it('is refused in one way or usable, whatever it is', () => {
    fc.assert(
      fc.property(anything, (description) => {
        expect(() => checkDescription(description)).toThrow(
          expect.objectContaining({ code: 'OPTION_INVALID' }),
        );
      }),
    );
    const paths = ['', 'input', 'keypoints'].flatMap((part) =>
      Object.keys(part === '' ? FOUR : FOUR[part as 'input' | 'keypoints']).map((name) => [part, name]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, ([part = '', name = ''], value) => {
        const changed = structuredClone<object>(FOUR) as Record<string, object>;
        Object.assign(part === '' ? changed : (changed[part] ?? {}), { [name]: value });
        let taken: NetworkDescription;
        try {
          taken = checkDescription(changed);
        } catch (error) {
          expect(error).toMatchObject({ name: 'PoseCoachError', code: 'OPTION_INVALID' });
          return;
        }
        // It goes to a worker, and means the same there.
        expect(structuredClone(taken)).toEqual(taken);
        expect(checkDescription(taken)).toEqual(taken);
        expect(taken.file).not.toMatch(/^\/|\.\.|:/);
        expect(Array.from(taken.landmarks, (landmark) => typeof landmark)).not.toContain('undefined');
      }),
      { numRuns: 2000 },
    );
  });
});
