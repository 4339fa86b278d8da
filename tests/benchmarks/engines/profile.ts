import type { FrameImage } from '../../../packages/core/src/capture/index.ts';
import {
  POSE_DETECTOR,
  POSE_LANDMARKS,
  PoseTracker,
} from '../../../packages/core/src/inference/onnx/blazepose/index.ts';
import type { Backend, Network, Region } from '../../../packages/core/src/inference/onnx/network.ts';
import { cropRegion } from '../../../packages/core/src/inference/onnx/pixels/crop.ts';
import type { PixelPicture } from '../../../packages/core/src/inference/onnx/pixels/pixel-picture.ts';
import { frameAt } from './frames.ts';

/** Where the time of a tracking step goes: milliseconds, each in the median. */
export interface Profile {
  /** Bringing the frame's pixels into memory. */
  readonly pixels: number;
  /** Cutting the person's region out of them. */
  readonly crop: number;
  /** The landmark network. */
  readonly run: number;
  /** Reading its outputs, and where to look next. */
  readonly rest: number;
  /** Steps in which the whole picture was searched, which are left out of the others. */
  readonly searches: number;
}

/** Steps before counting. */
const WARM_UP = 10;

/**
 * Follows the person through the clip step by step with a clock in between, without worker, messages and the
 * estimator around it.
 * @param modelOf a model file's bytes by its name
 */
export async function profileTracking(
  backend: Backend<PixelPicture>,
  model: 'lite' | 'full',
  modelOf: (file: string) => Promise<Uint8Array>,
  frameOf: (index: number) => FrameImage,
  steps: number,
): Promise<Profile> {
  const load = async (spec: typeof POSE_DETECTOR) =>
    new TimedNetwork(await backend.load(spec, await modelOf(spec.file)));
  const detector = await load(POSE_DETECTOR);
  const landmarks = await load(POSE_LANDMARKS[model]);
  const thresholds = { limit: 1, detection: 0.5, presence: 0.5, tracking: 0.5 };
  const tracker = new PoseTracker({ detector, landmarks }, thresholds);
  const spent: Record<'pixels' | 'crop' | 'run' | 'rest', number[]> = {
    pixels: [],
    crop: [],
    run: [],
    rest: [],
  };
  const { width, height } = landmarks.spec.input;
  const values = new Float32Array(3 * width * height);
  let searches = 0;
  for (let step = -WARM_UP; step < steps; step += 1) {
    detector.begin();
    landmarks.begin();
    const frame = frameOf(frameAt(step + WARM_UP));
    const begun = performance.now();
    const picture = await backend.picture(frame);
    const read = performance.now();
    await tracker.track(picture);
    const tracked = performance.now();
    const region = landmarks.region;
    if (step >= 0 && detector.region) searches += 1;
    if (step >= 0 && !detector.region && region) {
      // What the network did at the beginning of its run, once more.
      const cutting = performance.now();
      cropRegion(picture, region, landmarks.spec.input, values);
      const crop = performance.now() - cutting;
      spent.pixels.push(read - begun);
      spent.crop.push(crop);
      spent.run.push(landmarks.spent - crop);
      spent.rest.push(tracked - read - landmarks.spent);
    }
    picture.release();
    frame.close();
  }
  await detector.release();
  await landmarks.release();
  const middle = (durations: readonly number[]) =>
    [...durations].sort((a, b) => a - b)[durations.length >> 1] ?? Number.NaN;
  return {
    pixels: middle(spent.pixels),
    crop: middle(spent.crop),
    run: middle(spent.run),
    rest: middle(spent.rest),
    searches,
  };
}

/** A network with a clock: how long it took since `begin`, and where it looked last. */
class TimedNetwork implements Network<PixelPicture> {
  spent = 0;
  region: Region | undefined;
  readonly #network: Network<PixelPicture>;

  constructor(network: Network<PixelPicture>) {
    this.#network = network;
  }

  get spec(): Network['spec'] {
    return this.#network.spec;
  }

  begin(): void {
    this.spent = 0;
    this.region = undefined;
  }

  async run(picture: PixelPicture, region: Region): Promise<Readonly<Record<string, Float32Array>>> {
    const begun = performance.now();
    const outputs = await this.#network.run(picture, region);
    this.spent += performance.now() - begun;
    this.region = region;
    return outputs;
  }

  release(): Promise<void> {
    return this.#network.release();
  }
}
