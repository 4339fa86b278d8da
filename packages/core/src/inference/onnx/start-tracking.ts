import type { FrameImage } from '../../capture/index.ts';
import {
  BODY_LANDMARK_COUNT,
  type EngineFiles,
  type EngineSettings,
  HAND_LANDMARK_COUNT,
  type Landmarker,
  packDetections,
} from '../engine/index.ts';
import type { EstimatorInfo } from '../pose-estimator.ts';
import {
  HAND_DETECTOR,
  HAND_LANDMARKS,
  HandTracker,
  POSE_DETECTOR,
  POSE_LANDMARKS,
  PoseTracker,
  type Tracker,
} from './blazepose/index.ts';
import { DescribedTracker, describedSpec, type NetworkDescription } from './described-network/index.ts';
import type { Backend, Network, NetworkSpec, Picture } from './network.ts';
import type { OnnxModel } from './options.ts';

export interface TrackingSettings extends EngineSettings {
  /** What finds bodies: one of BlazePose's landmark networks behind its detector, or a network told as data. */
  readonly model: OnnxModel | NetworkDescription;
}

/** The networks of a task: first what searches the whole picture, then what finds landmarks; or one that does both. */
export function networksOf({
  task,
  model,
}: Pick<TrackingSettings, 'task' | 'model'>): readonly NetworkSpec[] {
  if (task === 'hands') return [HAND_DETECTOR, HAND_LANDMARKS];
  return typeof model === 'string' ? [POSE_DETECTOR, POSE_LANDMARKS[model]] : [describedSpec(model)];
}

/** What `info` says of a model. */
export function describeModel(model: TrackingSettings['model']): Pick<EstimatorInfo, 'model' | 'landmarks'> {
  if (typeof model === 'string') return { model, landmarks: BODY_LANDMARK_COUNT };
  return { model: model.name, landmarks: model.landmarks.filter((name) => name !== null).length };
}

/**
 * Loads the networks of a task and follows people, or hands, with them. The landmarker owns the backend from then
 * on, also when this fails.
 * @param files the models, by the names of their files
 * @param blank a small picture, on which every network runs once, because the first run is slower than all later
 * ones; it stays the caller's
 * @throws Error when a model is missing or cannot be calculated on this backend
 */
export async function startTracking<Source extends Picture>(
  backend: Backend<Source>,
  settings: TrackingSettings,
  files: EngineFiles,
  blank: FrameImage,
): Promise<Landmarker<Source>> {
  try {
    const loading = networksOf(settings).map((spec) => loadNetwork(backend, spec, files));
    // All of them, also when one fails: a backend that is disposed would not know of what is loaded later.
    await Promise.allSettled(loading);
    const networks = await Promise.all(loading);
    await warmUp(backend, networks, blank);
    return new TrackingLandmarker(backend, trackerOf(networks, settings), settings.task);
  } catch (error) {
    await backend.dispose();
    throw error;
  }
}

async function loadNetwork<Source extends Picture>(
  backend: Backend<Source>,
  spec: NetworkSpec,
  files: EngineFiles,
): Promise<Network<Source>> {
  const model = files[spec.file];
  if (!model) throw new Error(`The file ${spec.file} is missing.`);
  return backend.load(spec, new Uint8Array(await model.arrayBuffer()));
}

async function warmUp<Source extends Picture>(
  backend: Backend<Source>,
  networks: readonly Network<Source>[],
  blank: FrameImage,
): Promise<void> {
  const picture = await backend.picture(blank);
  const { width, height } = picture;
  const whole = { x: width / 2, y: height / 2, width, height, angle: 0 };
  try {
    for (const network of networks) await network.run(picture, whole);
  } finally {
    picture.release();
  }
}

function trackerOf<Source extends Picture>(
  [first, second]: readonly Network<Source>[],
  settings: TrackingSettings,
): Tracker<Source> {
  const { task, model } = settings;
  if (!first) throw new Error('A tracker is made of networks.');
  if (!second) {
    if (typeof model === 'string') throw new Error('BlazePose is made of two networks.');
    return new DescribedTracker(first, model, settings.presence);
  }
  const networks = { detector: first, landmarks: second };
  return task === 'body' ? new PoseTracker(networks, settings) : new HandTracker(networks, settings);
}

/** A tracker that is shown frames, on a backend of its own. */
class TrackingLandmarker<Source extends Picture> implements Landmarker<Source> {
  readonly #backend: Backend<Source>;
  readonly #tracker: Tracker<Source>;
  readonly #count: number;

  constructor(backend: Backend<Source>, tracker: Tracker<Source>, task: TrackingSettings['task']) {
    this.#backend = backend;
    this.#tracker = tracker;
    this.#count = task === 'body' ? BODY_LANDMARK_COUNT : HAND_LANDMARK_COUNT;
  }

  read(image: FrameImage): Promise<Source> {
    return this.#backend.picture(image);
  }

  async detect(picture: Source): Promise<Float32Array<ArrayBuffer>> {
    try {
      return packDetections(await this.#tracker.track(picture), this.#count);
    } finally {
      picture.release();
    }
  }

  reset(): void {
    this.#tracker.reset();
  }

  close(): Promise<void> {
    return this.#backend.dispose();
  }
}
