import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  BODY_LANDMARK_COUNT,
  BODY_LANDMARKS,
  type Landmark,
  type PoseFrame,
} from '../../packages/core/src/pose/index.ts';

/** Real motion as pose frames. One person, id 1; frames without anybody have no poses. */
export interface MotionSequence {
  readonly name: string;
  /** Frames per second. */
  readonly rate: number;
  readonly frames: readonly PoseFrame[];
}

/** A dance to music of known tempo (AIST++). */
export interface DanceSequence extends MotionSequence {
  /** One performance; seen from several cameras it makes several sequences. */
  readonly take: string;
  /** `3d`, or which camera saw it in 2-D. */
  readonly view: string;
  /** Of the music, in beats per minute. */
  readonly bpm: number;
}

/** An exercise whose repetitions were labelled by people (RepCount-A). */
export interface ExerciseSequence extends MotionSequence {
  readonly exercise: string;
  readonly count: number;
  /** First and last frame of every repetition. */
  readonly cycles: readonly (readonly [first: number, last: number])[];
}

type Triple = readonly [x: number, y: number, z: number];

/** Where COCO's 17 keypoints stand among the 33. */
const COCO_17 = [
  'nose',
  'leftEye',
  'rightEye',
  'leftEar',
  'rightEar',
  'leftShoulder',
  'rightShoulder',
  'leftElbow',
  'rightElbow',
  'leftWrist',
  'rightWrist',
  'leftHip',
  'rightHip',
  'leftKnee',
  'rightKnee',
  'leftAnkle',
  'rightAnkle',
] as const;

const AIST_SIZE = { width: 1920, height: 1080 };
/** Pixels that a metre of a 3-D dance is drawn with: a stage of 6.4 m fits the picture. */
const PIXELS_PER_METRE = 300;
/** Row of the picture on which height 0 of a 3-D dance lies. */
const FLOOR_ROW = 1000;
/** Metres from the hips' to the shoulders' middle of a grown-up: the scale of what was recorded without one. */
const TRUNK = 0.5;
/** A heatmap's score at which keypoints are taken for found by convention; it becomes a visibility of one half. */
const FOUND_SCORE = 0.3;
const SQUARE = { width: 1000, height: 1000 };

const unknown: Landmark = { x: 0, y: 0, z: 0, visibility: 0 };

/**
 * The dances of the fixtures: three in 3-D, and what one or more cameras saw of five takes in 2-D. World landmarks of
 * 2-D dances come from the pixels, with z = 0 and a trunk of 0.5 m on average.
 * @param folder the fixtures
 */
export function danceSequences(folder: string): DanceSequence[] {
  const from = join(folder, 'sequences', 'aist');
  return readdirSync(from)
    .sort()
    .flatMap((file) => {
      const { name, fps: rate, bpm, ...data } = readJson(join(from, file)) as AistFile;
      const sequence = (view: string, frames: PoseFrame[]): DanceSequence => ({
        name: `${name} ${view}`,
        take: name,
        view,
        rate,
        bpm,
        frames,
      });
      if (data.keypoints3d) return [sequence('3d', data.keypoints3d.map(spatialFrame(rate)))];
      const views = data.cameras ?? { ...data.views };
      return Object.entries(views).map(([view, frames]) => sequence(view, flatFrames(frames, rate)));
    });
}

/**
 * The labelled exercises, one at a time: together they would not fit into memory comfortably.
 * @param folder the fixtures
 */
export function* exerciseSequences(folder: string): Generator<ExerciseSequence> {
  const from = join(folder, 'sequences', 'repcount');
  for (const { file } of readJson(join(from, 'index.json')) as { file: string }[]) {
    const {
      name,
      fps: rate,
      exercise,
      count,
      cycles,
      landmarks,
    } = readJson(join(from, file)) as RepCountFile;
    const frames = landmarks.map((values, index) => {
      if (!values) return frame(index, rate, SQUARE);
      const world = triples(values).map(([x, y, z]) => landmark(x * TRUNK, y * TRUNK, z * TRUNK));
      return frame(index, rate, SQUARE, {
        world,
        image: world.map(({ x, y, z }) => landmark(0.5 + x * 0.4, 0.5 + y * 0.4, z * 0.4)),
      });
    });
    yield { name, rate, exercise, count, cycles, frames };
  }
}

/**
 * What MediaPipe's full model saw in the clips: image and world landmarks.
 * @param folder the fixtures
 */
export function recordedSequences(folder: string): MotionSequence[] {
  const from = join(folder, 'landmarks');
  return readdirSync(from)
    .sort()
    .map((file) => {
      const { fps: rate, width, height, frames } = readJson(join(from, file)) as RecordedFile;
      return {
        name: basename(file, '.full.json.gz'),
        rate,
        frames: frames.map((found, index) => {
          if (!found) return frame(index, rate, { width, height });
          const image = found.lm.map(([x, y, z, visibility]) => landmark(x, y, z, visibility));
          const world = found.wl.map(([x, y, z], at) => landmark(x, y, z, image[at]?.visibility ?? 0));
          return frame(index, rate, { width, height }, { image, world });
        }),
      };
    });
}

/** World: hips' middle as origin, y down, z away from who looks. Picture: from ahead, without perspective. */
function spatialFrame(rate: number) {
  return (centimetres: readonly number[], index: number): PoseFrame => {
    const points = triples(centimetres).map(([x, y, z]): Triple => [x / 100, -y / 100, -z / 100]);
    const hips = middle(points[11], points[12]);
    return frame(index, rate, AIST_SIZE, {
      world: as33(points, ([x, y, z]) => landmark(x - hips[0], y - hips[1], z - hips[2])),
      image: as33(points, ([x, y, z]) =>
        landmark(
          0.5 + (x * PIXELS_PER_METRE) / AIST_SIZE.width,
          (FLOOR_ROW + y * PIXELS_PER_METRE) / AIST_SIZE.height,
          ((z - hips[2]) * PIXELS_PER_METRE) / AIST_SIZE.width,
        ),
      ),
    });
  };
}

function flatFrames(frames: readonly (readonly number[] | readonly Triple[])[], rate: number): PoseFrame[] {
  const all = frames.map((values) => triples(values.flat()));
  const trunks = all.map((points) => {
    const [hips, shoulders] = [middle(points[11], points[12]), middle(points[5], points[6])];
    return Math.hypot(hips[0] - shoulders[0], hips[1] - shoulders[1]);
  });
  const known = trunks.filter((length) => Number.isFinite(length));
  const metresPerPixel = (TRUNK * known.length) / known.reduce((sum, length) => sum + length, 0);
  const seen = (score: number) => score / (score + FOUND_SCORE);
  return all.map((points, index) => {
    const hips = middle(points[11], points[12]);
    if (!Number.isFinite(hips[0])) return frame(index, rate, AIST_SIZE);
    return frame(index, rate, AIST_SIZE, {
      world: as33(points, ([x, y, score]) =>
        landmark((x - hips[0]) * metresPerPixel, (y - hips[1]) * metresPerPixel, 0, seen(score)),
      ),
      image: as33(points, ([x, y, score]) =>
        landmark(x / AIST_SIZE.width, y / AIST_SIZE.height, 0, seen(score)),
      ),
    });
  });
}

function as33(points: readonly Triple[], place: (point: Triple) => Landmark): Landmark[] {
  const landmarks: Landmark[] = Array.from({ length: BODY_LANDMARK_COUNT }, () => unknown);
  for (const [index, name] of COCO_17.entries()) {
    const point = points[index];
    if (point?.every(Number.isFinite)) landmarks[BODY_LANDMARKS[name]] = place(point);
  }
  return landmarks;
}

function frame(
  sequence: number,
  rate: number,
  size: { readonly width: number; readonly height: number },
  person?: { readonly image: readonly Landmark[]; readonly world: readonly Landmark[] },
): PoseFrame {
  const timestamp = (sequence * 1000) / rate;
  return {
    sequence,
    epoch: 1,
    timestamp,
    ...size,
    poses: person ? [{ id: 1, score: 1, landmarks: person.image, worldLandmarks: person.world }] : [],
    hands: [],
    dropped: 0,
    timings: { capturedAt: timestamp, stages: {} },
  };
}

function landmark(x: number, y: number, z: number, visibility = 1): Landmark {
  return { x, y, z, visibility };
}

function triples(values: readonly (number | null)[]): Triple[] {
  return Array.from({ length: values.length / 3 }, (_, index) => [
    values[3 * index] ?? Number.NaN,
    values[3 * index + 1] ?? Number.NaN,
    values[3 * index + 2] ?? Number.NaN,
  ]);
}

function middle(one: Triple | undefined, other: Triple | undefined): Triple {
  if (!one || !other) return [Number.NaN, Number.NaN, Number.NaN];
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2, (one[2] + other[2]) / 2];
}

function readJson(path: string): unknown {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

interface AistFile {
  readonly name: string;
  readonly fps: number;
  readonly bpm: number;
  readonly keypoints3d?: readonly (readonly number[])[];
  readonly cameras?: Readonly<Record<string, readonly (readonly Triple[])[]>>;
  readonly views?: readonly (readonly (readonly number[])[])[];
}

interface RepCountFile {
  readonly name: string;
  readonly exercise: string;
  readonly count: number;
  readonly fps: number;
  readonly cycles: readonly (readonly [number, number])[];
  readonly landmarks: readonly (readonly number[] | null)[];
}

interface RecordedFile {
  readonly fps: number;
  readonly width: number;
  readonly height: number;
  readonly frames: readonly (null | {
    readonly lm: readonly (readonly [number, number, number, number])[];
    readonly wl: readonly Triple[];
  })[];
}
