import engine from '@mediapipe/tasks-vision?url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bareEngine } from './bare-engine.ts';
import type { FoundLandmarks, Point } from './bare-engine-messages.ts';
import { modelManifest } from './manifest.ts';

const LITE = '/assets/models/pose_landmarker_lite.task';
const FULL = '/assets/models/pose_landmarker_full.task';
const HANDS = '/assets/models/hand_landmarker.task';
const GOOGLES_FULL = '/fixtures/models/pose_landmarker_full.task';

const PEOPLE = [
  'human_ai-body.jpg',
  'human_group-1.jpg',
  'astronaut_nasa.png',
  'pexels-barbara-olsen-7869592.jpg',
  'coco_000000000785.jpg',
  'coco_000000040083.jpg',
  'call_0.jpg',
  'four_3.jpg',
  'rock_6.jpg',
];

let hasFixtures = false;
beforeAll(async () => {
  hasFixtures = (await fetch('/fixtures/MANIFEST.md')).ok;
});

async function picture(name: string): Promise<ImageBitmap> {
  const address = `/fixtures/images/${name}`;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return createImageBitmap(await response.blob());
}

function emptyPicture(): ImageBitmap {
  const canvas = new OffscreenCanvas(640, 360);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no 2-D canvas here.');
  context.fillStyle = 'grey';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return canvas.transferToImageBitmap();
}

/** Every number of everything found, with where it stands. */
function numbers(found: FoundLandmarks[][]): ReadonlyArray<readonly [place: string, value: number]> {
  const places: Array<readonly [string, number]> = [];
  found.forEach((people, photo) => {
    people.forEach((person, index) => {
      for (const kind of ['image', 'world'] as const) {
        person[kind].forEach((point, landmark) => {
          const place = `picture ${photo}, person ${index}, ${kind} landmark ${landmark}`;
          for (const name of ['x', 'y', 'z', 'visibility'] as const)
            places.push([`${place}, ${name}`, point[name]]);
        });
      }
    });
  });
  return places;
}

const BUNDLES = modelManifest.models.filter(({ engine }) => engine === 'mediapipe');

describe.each(BUNDLES)('the bundle $name', ({ path, kind, bytes, sha256 }) => {
  it('is served as the manifest says', async () => {
    const content = await (await fetch(`/assets/${path}`)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
    const found = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    expect({ bytes: content.byteLength, sha256: found }).toEqual({ bytes, sha256 });
  });

  it('loads in the real engine, which finds nobody where nobody is', async () => {
    const task = kind === 'hand' ? 'hand' : 'pose';
    const found = await bareEngine({ task, model: `/assets/${path}`, pictures: [emptyPicture()] });
    expect(found).toEqual([[]]);
  });
});

describe('the assembled full bundle', () => {
  it("finds, to the last bit, the landmarks that Google's finds", async (context) => {
    if (!hasFixtures) return context.skip('skipped: no fixtures');
    const pictures = await Promise.all(PEOPLE.map(picture));
    const official = numbers(await bareEngine({ task: 'pose', model: GOOGLES_FULL, pictures }));
    const ours = numbers(await bareEngine({ task: 'pose', model: FULL, pictures }));
    // One person in each of the nine pictures, 33 landmarks in the image and 33 in space, four numbers each.
    expect(official).toHaveLength(PEOPLE.length * 33 * 2 * 4);
    expect(ours).toEqual(official);
  });
});

describe.each([
  ['lite', LITE],
  ['full', FULL],
])('the assembled %s bundle', (_size, model) => {
  it('finds the joints where people who labelled the picture saw them', async (context) => {
    if (!hasFixtures) return context.skip('skipped: no fixtures');
    const labels = await labelledJoints('coco_000000000785.jpg');
    const [people] = await bareEngine({
      task: 'pose',
      model,
      pictures: [await picture('coco_000000000785.jpg')],
    });
    const found = people?.[0]?.image ?? [];
    const misses = labels.joints.map(({ landmark, x, y }) => {
      const point = found[landmark];
      return point
        ? Math.hypot(point.x * labels.width - x, point.y * labels.height - y)
        : Number.POSITIVE_INFINITY;
    });
    // PCK@0.2, the measure of BlazePose's own figures: a joint counts as found within a fifth of the torso's size.
    const near = misses.filter((miss) => miss <= 0.2 * labels.torso).length;
    expect(labels.joints).toHaveLength(17);
    expect(near).toBeGreaterThanOrEqual(16);
  });
});

describe('the assembled hand bundle', () => {
  it('finds one hand in each photo of one, and which fingers are stretched', async (context) => {
    if (!hasFixtures) return context.skip('skipped: no fixtures');
    // What can be seen in the photos: each person holds up one hand, the right one.
    const stretched: Readonly<Record<string, readonly string[]>> = {
      'call_0.jpg': ['little'],
      'four_3.jpg': ['index', 'middle', 'ring', 'little'],
      'rock_6.jpg': ['index', 'little'],
    };
    const pictures = await Promise.all(Object.keys(stretched).map(picture));
    const found = await bareEngine({ task: 'hand', model: HANDS, pictures });
    expect(found.map((hands) => hands.map(({ side }) => side))).toEqual([['Right'], ['Right'], ['Right']]);
    expect(found.map(([hand]) => stretchedFingers(hand?.world ?? []))).toEqual(Object.values(stretched));
  });
});

describe('the module build of the engine', () => {
  it('runs on the main thread too, when it is given the factory that a script tag cannot load', async () => {
    const vision: typeof import('@mediapipe/tasks-vision') = await import(/* @vite-ignore */ engine);
    const loader = '/assets/wasm/vision_wasm_module_internal.js';
    const { default: factory } = await import(/* @vite-ignore */ loader);
    Object.assign(globalThis, { ModuleFactory: factory });
    const landmarker = await vision.PoseLandmarker.createFromOptions(
      { wasmLoaderPath: '', wasmBinaryPath: '/assets/wasm/vision_wasm_module_internal.wasm' },
      { baseOptions: { modelAssetPath: LITE, delegate: 'CPU' }, canvas: new OffscreenCanvas(1, 1) },
    );
    expect(landmarker.detect(emptyPicture()).landmarks).toEqual([]);
    landmarker.close();
  });
});

interface CocoLabels {
  readonly images: ReadonlyArray<{ id: number; file_name: string; width: number; height: number }>;
  readonly annotations: ReadonlyArray<{
    image_id: number;
    keypoints: readonly number[];
    num_keypoints: number;
  }>;
}

/** COCO's order of key points in BlazePose's numbers. */
const COCO_AS_BLAZEPOSE = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

/** The joints of the one labelled person of a COCO picture, in pixels. */
async function labelledJoints(name: string) {
  const labels: CocoLabels = await (await fetch('/fixtures/images/coco_gt.json')).json();
  const image = labels.images.find(({ file_name }) => name.endsWith(file_name));
  const person = labels.annotations.find((a) => a.image_id === image?.id && a.num_keypoints > 0);
  if (!image || !person) throw new Error(`Nobody labelled ${name}.`);
  const joints = COCO_AS_BLAZEPOSE.map((landmark, index) => ({
    landmark,
    x: person.keypoints[3 * index] ?? 0,
    y: person.keypoints[3 * index + 1] ?? 0,
  }));
  const joint = (landmark: number) =>
    joints.find((candidate) => candidate.landmark === landmark) ?? { x: 0, y: 0 };
  const torso = Math.hypot(joint(11).x - joint(24).x, joint(11).y - joint(24).y);
  return { width: image.width, height: image.height, torso, joints };
}

/** The fingers, without the thumb, whose tip is farther from the wrist than their middle joint. */
function stretchedFingers(hand: readonly Point[]): string[] {
  const fromWrist = (landmark: number) => {
    const [wrist, point] = [hand[0], hand[landmark]];
    return wrist && point ? Math.hypot(point.x - wrist.x, point.y - wrist.y, point.z - wrist.z) : Number.NaN;
  };
  const fingers = { index: 5, middle: 9, ring: 13, little: 17 };
  return Object.entries(fingers)
    .filter(([, knuckle]) => fromWrist(knuckle + 3) > fromWrist(knuckle + 1))
    .map(([name]) => name);
}
