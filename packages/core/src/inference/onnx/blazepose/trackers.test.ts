import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtures } from '../../../../../../tests/fixtures.ts';
import { RawImage } from '../../../capture/index.ts';
import type { Detection } from '../../engine/packed-landmarks.ts';
import { NativeBackend } from '../backends/native-backend.ts';
import type { Network, NetworkSpec } from '../network.ts';
import { BUILT_MODELS } from '../node/model-folder.test-support.ts';
import type { PixelPicture } from '../pixels/pixel-picture.ts';
import {
  HAND_DETECTOR,
  HAND_LANDMARKS,
  HandTracker,
  POSE_DETECTOR,
  POSE_LANDMARKS,
  PoseTracker,
  type TrackerNetworks,
} from './index.ts';

const OPTIONS = { limit: 1, detection: 0.5, presence: 0.5, tracking: 0.5 };

let backend: NativeBackend;
let lite: TrackerNetworks<PixelPicture>;
let full: TrackerNetworks<PixelPicture>;
let hands: TrackerNetworks<PixelPicture>;

beforeAll(async () => {
  // One thread: other tests run beside this one.
  backend = await NativeBackend.open({ threads: 1 });
  const load = async (spec: NetworkSpec) => backend.load(spec, await readFile(join(BUILT_MODELS, spec.file)));
  const detector = await load(POSE_DETECTOR);
  lite = { detector, landmarks: await load(POSE_LANDMARKS.lite) };
  full = { detector, landmarks: await load(POSE_LANDMARKS.full) };
  hands = { detector: await load(HAND_DETECTOR), landmarks: await load(HAND_LANDMARKS) };
});

afterAll(() => backend.dispose());

async function photo(name: string): Promise<PixelPicture | undefined> {
  if (!fixtures) return undefined;
  const image = await loadImage(join(fixtures, 'images', name));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  return backend.picture(new RawImage(data, width, height));
}

/** x and y of landmarks by their number. */
type Places = Readonly<Record<number, readonly [x: number, y: number]>>;

/** In shares of the picture: a thousandth is about a pixel of these photos. */
function expectPlaces(found: Detection | undefined, places: Places): void {
  for (const [index, [x, y]] of Object.entries(places)) {
    const landmark = found?.landmarks[Number(index)];
    expect(Math.abs((landmark?.x ?? Number.NaN) - x), `x of ${index}`).toBeLessThan(0.001);
    expect(Math.abs((landmark?.y ?? Number.NaN) - y), `y of ${index}`).toBeLessThan(0.001);
  }
}

// Places as @mediapipe/tasks-vision 0.10.35 gives them in IMAGE mode for the same pixels, in Chromium on the CPU.
describe('the trackers, beside MediaPipe', () => {
  it('find a person where MediaPipe does', async (context) => {
    const picture = (await photo('human_ai-body.jpg')) ?? context.skip('skipped: no fixtures');
    const [person, ...others] = await new PoseTracker(lite, OPTIONS).track(picture);
    expect(others).toEqual([]);
    expectPlaces(person, {
      0: [0.4737, 0.0965],
      11: [0.5887, 0.2006],
      12: [0.4293, 0.2009],
      15: [0.748, 0.4263],
      16: [0.246, 0.4131],
      23: [0.5471, 0.4719],
      24: [0.4595, 0.4704],
      27: [0.5525, 0.8971],
      28: [0.4921, 0.8937],
    });
    expect(person?.landmarks[0]?.z).toBeCloseTo(-0.5231, 2);
    expect(person?.landmarks[16]?.visibility).toBeCloseTo(0.966, 2);
    const ankle = person?.worldLandmarks[28];
    expect(
      Math.hypot((ankle?.x ?? 9) - 0.0107, (ankle?.y ?? 9) - 0.7985, (ankle?.z ?? 9) - 0.1536),
    ).toBeLessThan(0.01);
  });

  it('find a person whose legs are outside of the photo where MediaPipe does', async (context) => {
    const picture = (await photo('rock_6.jpg')) ?? context.skip('skipped: no fixtures');
    const [person] = await new PoseTracker(lite, OPTIONS).track(picture);
    expectPlaces(person, { 0: [0.5488, 0.3517], 11: [0.7428, 0.5324], 23: [0.6643, 0.8884] });
  });

  it('find the one of a group whom MediaPipe finds, and with the small network nobody, as it does', async (context) => {
    const picture = (await photo('human_group-1.jpg')) ?? context.skip('skipped: no fixtures');
    const [person] = await new PoseTracker(full, OPTIONS).track(picture);
    expectPlaces(person, { 0: [0.0903, 0.3296], 11: [0.1467, 0.3858], 23: [0.1305, 0.6009] });
    expect(await new PoseTracker(lite, OPTIONS).track(picture)).toEqual([]);
  });

  it('find both hands where MediaPipe does', async (context) => {
    const picture = (await photo('human_ai-body.jpg')) ?? context.skip('skipped: no fixtures');
    const [left, right, ...others] = await new HandTracker(hands, { ...OPTIONS, limit: 2 }).track(picture);
    expect(others).toEqual([]);
    expectPlaces(left, {
      0: [0.753, 0.4282],
      4: [0.7241, 0.4765],
      8: [0.7559, 0.5101],
      20: [0.7859, 0.5115],
    });
    expectPlaces(right, {
      0: [0.2406, 0.4225],
      4: [0.2171, 0.4521],
      8: [0.1839, 0.4778],
      20: [0.1971, 0.4795],
    });
    expect(left?.score).toBeCloseTo(0.99, 2);
    expect(left?.landmarks[8]?.z).toBeCloseTo(-0.027, 2);
    expect(left?.worldLandmarks[8]?.y).toBeCloseTo(0.0305, 2);
  });
});

describe('the trackers', () => {
  it('stay with a person who stands still, without searching again', async (context) => {
    const picture = (await photo('human_ai-body.jpg')) ?? context.skip('skipped: no fixtures');
    let searches = 0;
    const detector: Network<PixelPicture> = {
      spec: lite.detector.spec,
      run: (...shown) => {
        searches += 1;
        return lite.detector.run(...shown);
      },
      release: async () => undefined,
    };
    const tracker = new PoseTracker({ ...lite, detector }, OPTIONS);
    await tracker.track(picture);
    for (let frame = 0; frame < 3; frame += 1) {
      const [person] = await tracker.track(picture);
      expect(Math.abs((person?.landmarks[0]?.x ?? 0) - 0.4737)).toBeLessThan(0.01);
    }
    expect(searches).toBe(1);
    tracker.reset();
    await tracker.track(picture);
    expect(searches).toBe(2);
  });

  it('find in a mirror image the mirrored person, left and right changed over', async (context) => {
    const picture = (await photo('human_ai-body.jpg')) ?? context.skip('skipped: no fixtures');
    const { width, height, data } = picture;
    const pixels = new Uint32Array(data.slice().buffer);
    for (let row = 0; row < height; row += 1) pixels.subarray(row * width, (row + 1) * width).reverse();
    const bytes = new Uint8Array(pixels.buffer);
    const mirrored = await backend.picture(new RawImage(bytes, width, height));
    const [person] = await new PoseTracker(full, OPTIONS).track(picture);
    const [mirror] = await new PoseTracker(full, OPTIONS).track(mirrored);
    // Nose, then left and right: shoulders, wrists, hips, ankles.
    for (const [index, other] of [
      [0, 0],
      ...[11, 15, 23, 27].flatMap((left) => [
        [left, left + 1],
        [left + 1, left],
      ]),
    ] as const) {
      const [here, there] = [person?.landmarks[index ?? 0], mirror?.landmarks[other ?? 0]];
      const off = Math.hypot((here?.x ?? 9) + (there?.x ?? 9) - 1, (here?.y ?? 9) - (there?.y ?? 9));
      expect(off, `${index}`).toBeLessThan(0.015);
    }
  });

  it('find nobody in noise, in the dark and in the smallest pictures', async () => {
    const pose = new PoseTracker(lite, { ...OPTIONS, limit: 3 });
    const hand = new HandTracker(hands, { ...OPTIONS, limit: 3 });
    const pictures = fc.record({
      width: fc.constantFrom(1, 2, 3, 33, 257),
      height: fc.constantFrom(1, 2, 5, 47, 190),
      noise: fc.constantFrom(0, 40, 255),
      seed: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(pictures, async ({ width, height, noise, seed }) => {
        let state = seed;
        const data = new Uint8Array(width * height * 4).map(() => {
          // Numerical Recipes' linear congruential generator.
          state = (Math.imul(state, 1664525) + 1013904223) | 0;
          return ((state >>> 24) * noise) / 255;
        });
        const picture = await backend.picture(new RawImage(data, width, height));
        expect(await pose.track(picture)).toEqual([]);
        expect(await hand.track(picture)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('say so when a detector is another than theirs', async () => {
    const picture = await backend.picture(new RawImage(new Uint8Array(4), 1, 1));
    const another = (spec: NetworkSpec, outputs: Record<string, Float32Array>) => ({
      spec,
      run: async () => outputs,
      release: async () => undefined,
    });
    // The face detector of MediaPipe: 896 boxes of 16 numbers.
    const faces = { boxes: new Float32Array(896 * 16), scores: new Float32Array(896) };
    const wide = { boxes: new Float32Array(2254 * 16), scores: new Float32Array(2254) };
    const pose = (outputs: Record<string, Float32Array>) =>
      new PoseTracker({ ...lite, detector: another(POSE_DETECTOR, outputs) }, OPTIONS).track(picture);
    await expect(pose(faces)).rejects.toThrow('14336 values as "boxes"; 27048 were expected');
    await expect(pose(wide)).rejects.toThrow('36064 values as "boxes"; 27048 were expected');
    const hand = new HandTracker({ ...hands, detector: another(HAND_DETECTOR, wide) }, OPTIONS);
    await expect(hand.track(picture)).rejects.toThrow('36064 values as "boxes"; 36288 were expected');
  });

  it('take what overlaps by four tenths for two people, and for one hand', async () => {
    const picture = await backend.picture(new RawImage(new Uint8Array(224 * 224 * 4), 224, 224));
    // MediaPipe's defaults: `min_suppression_threshold` is 0.5 in pose_detector_graph_options.proto, and 0.3 in
    // hand_detector_graph.cc. Squares of 70 pixels, one 30 to the right of the other: 40 of 100 are both's.
    const place = (left: number) => [left, 96, 70, 70, ...Array(7).fill([left, 96, left, 56]).flat()];
    const looksOf = async (Tracker: typeof PoseTracker | typeof HandTracker, [find, look]: NetworkSpec[]) => {
      if (!find || !look) throw new Error('A tracker has two networks.');
      const [rows, numbers] = find === POSE_DETECTOR ? [2254, 12] : [2016, 18];
      let looks = 0;
      const boxes = new Float32Array(rows * numbers);
      boxes.set(place(70).slice(0, numbers), 0);
      boxes.set(place(100).slice(0, numbers), numbers);
      const detector: Network<PixelPicture> = {
        spec: find,
        run: async () => ({ boxes, scores: new Float32Array(rows).fill(-100).fill(5, 0, 2) }),
        release: async () => undefined,
      };
      const landmarks: Network<PixelPicture> = {
        spec: look,
        run: async () => {
          looks += 1;
          return { presence: Float32Array.of(0) };
        },
        release: async () => undefined,
      };
      await new Tracker({ detector, landmarks }, { ...OPTIONS, limit: 4 }).track(picture);
      return looks;
    };
    expect(await looksOf(PoseTracker, [POSE_DETECTOR, POSE_LANDMARKS.lite])).toBe(2);
    expect(await looksOf(HandTracker, [HAND_DETECTOR, HAND_LANDMARKS])).toBe(1);
  });

  it('neither fail nor give what is no number, whatever networks give', async () => {
    const picture = await backend.picture(new RawImage(new Uint8Array(64 * 48 * 4), 64, 48));
    const ordinary = fc.double({ min: 0, max: 200, noNaN: true });
    const nasty = fc.constantFrom(
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1e30,
      -1e30,
      0,
    );
    const values = fc.array(fc.oneof({ arbitrary: ordinary, weight: 20 }, { arbitrary: nasty, weight: 1 }), {
      minLength: 7,
      maxLength: 13,
    });
    let found = 0;
    const sizes: Readonly<Record<string, readonly [body: number, hand: number]>> = {
      boxes: [2254 * 12, 2016 * 18],
      scores: [2254, 2016],
      landmarks: [195, 63],
      presence: [1, 1],
      heatmap: [39 * 64 * 64, 0],
      world_landmarks: [117, 63],
      handedness: [0, 1],
    };
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        let next = 0;
        const network = (spec: NetworkSpec, task: 0 | 1): Network<PixelPicture> => ({
          spec,
          run: async () =>
            Object.fromEntries(
              spec.outputs.map((name) => {
                const filled = new Float32Array(sizes[name]?.[task] ?? 0).map(
                  () => given[next++ % given.length] ?? 0,
                );
                // Few candidates, and a person more often than not: otherwise hardly anything is ever decoded.
                if (name === 'scores') filled.fill(-100, 9);
                if (name === 'presence') filled.fill(0.9);
                return [name, filled];
              }),
            ),
          release: async () => undefined,
        });
        const options = { ...OPTIONS, limit: 2 };
        const body = { detector: network(POSE_DETECTOR, 0), landmarks: network(POSE_LANDMARKS.lite, 0) };
        const hand = { detector: network(HAND_DETECTOR, 1), landmarks: network(HAND_LANDMARKS, 1) };
        for (const tracker of [new PoseTracker(body, options), new HandTracker(hand, options)]) {
          for (let frame = 0; frame < 3; frame += 1) {
            for (const { score, landmarks, worldLandmarks } of await tracker.track(picture)) {
              found += 1;
              expect(score).toSatisfy(Number.isFinite);
              for (const { x, y, z, visibility } of [...landmarks, ...worldLandmarks]) {
                expect([x, y, z, visibility].every(Number.isFinite)).toBe(true);
              }
            }
          }
        }
      }),
    );
    expect(found).toBeGreaterThan(50);
  });
});
