import type { FrameImage } from '../../capture/index.ts';
import {
  BODY_LANDMARK_COUNT,
  type EngineFiles,
  type EngineSettings,
  HAND_LANDMARK_COUNT,
  type Landmarker,
  packDetections,
} from '../engine/index.ts';
import {
  HAND_DETECTOR,
  HAND_LANDMARKS,
  HandTracker,
  POSE_DETECTOR,
  POSE_LANDMARKS,
  PoseTracker,
  type Tracker,
  type TrackerNetworks,
} from './blazepose/index.ts';
import type { Backend, Network, NetworkSpec, Picture } from './network.ts';

export interface TrackingSettings extends EngineSettings {
  /** Which landmark network finds bodies. */
  readonly model: keyof typeof POSE_LANDMARKS;
}

/** The networks of a task: first what searches the whole picture, then what finds landmarks. */
export function networksOf({
  task,
  model,
}: Pick<TrackingSettings, 'task' | 'model'>): readonly [detector: NetworkSpec, landmarks: NetworkSpec] {
  return task === 'body' ? [POSE_DETECTOR, POSE_LANDMARKS[model]] : [HAND_DETECTOR, HAND_LANDMARKS];
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
    const [detector, landmarks] = await Promise.all(
      networksOf(settings).map((spec) => loadNetwork(backend, spec, files)),
    );
    if (!detector || !landmarks) throw new Error('A tracker is made of two networks.');
    await warmUp(backend, [detector, landmarks], blank);
    return new TrackingLandmarker(backend, { detector, landmarks }, settings);
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

/** A tracker that is shown frames, on a backend of its own. */
class TrackingLandmarker<Source extends Picture> implements Landmarker<Source> {
  readonly #backend: Backend<Source>;
  readonly #tracker: Tracker<Source>;
  readonly #count: number;

  constructor(backend: Backend<Source>, networks: TrackerNetworks<Source>, settings: TrackingSettings) {
    const isBody = settings.task === 'body';
    this.#backend = backend;
    this.#tracker = isBody ? new PoseTracker(networks, settings) : new HandTracker(networks, settings);
    this.#count = isBody ? BODY_LANDMARK_COUNT : HAND_LANDMARK_COUNT;
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
