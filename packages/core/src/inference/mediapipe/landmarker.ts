import type { FrameImage } from '../../capture/index.ts';
import type { EngineFiles, EngineSettings, Landmarker } from '../engine/index.ts';
import { FrameCanvas, type Picture } from '../engine/index.ts';
import { monotonicTimestamps } from './monotonic-timestamps.ts';
import type { Delegate } from './options.ts';
import { startTask, type Task } from './task.ts';

export interface MediapipeSettings extends EngineSettings {
  readonly delegate: Delegate;
}

/** Pictures a task is shown before its first frame: the first compiles, the second runs as all later ones. */
const WARM_UP_PICTURES = 2;

/** Starts MediaPipe with the files `wasm` and `model`, and warms it up. */
export async function startLandmarker(
  settings: MediapipeSettings,
  { wasm, model }: EngineFiles,
  onLost: (error: Error) => void,
): Promise<Landmarker<Picture>> {
  if (!wasm || !model) throw new Error('MediaPipe is made of the files "wasm" and "model".');
  const canvas = new FrameCanvas(settings.inputSize);
  const task = await startTask(settings, wasm, model, () =>
    onLost(new Error('The graphics context was lost.')),
  );
  const landmarker = new MediapipeLandmarker(task, canvas);
  for (let shown = 0; shown < WARM_UP_PICTURES; shown += 1) landmarker.reset();
  return landmarker;
}

/** A MediaPipe task that is shown frames of any form, at any time. */
class MediapipeLandmarker implements Landmarker<Picture> {
  readonly #task: Task;
  readonly #canvas: FrameCanvas;
  readonly #timestamps = monotonicTimestamps();

  constructor(task: Task, canvas: FrameCanvas) {
    this.#task = task;
    this.#canvas = canvas;
  }

  read(image: FrameImage): Picture {
    return this.#canvas.fit(image);
  }

  detect(picture: Picture, timestamp: number): Float32Array<ArrayBuffer> {
    return this.#task.detect(picture, this.#timestamps(timestamp));
  }

  /**
   * A black picture makes the task let go of whom it follows and start its smoothing anew, without the leak and
   * the delay of making it again.
   */
  reset(): void {
    this.#task.detect(this.#canvas.blank(), this.#timestamps(Number.NaN));
  }

  close(): void {
    this.#task.close();
  }
}
