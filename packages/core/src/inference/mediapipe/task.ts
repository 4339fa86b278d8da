import { HandLandmarker, PoseLandmarker } from '@mediapipe/tasks-vision';
import moduleFactory from '@mediapipe/tasks-vision/vision_wasm_module_internal.js';
import type { Picture } from '../engine/index.ts';
import { BODY_LANDMARK_COUNT, type Detection, HAND_LANDMARK_COUNT, packDetections } from '../engine/index.ts';
import { webglCanvas } from './graphics.ts';
import type { MediapipeSettings } from './landmarker.ts';

/** One MediaPipe task, reduced to what we ask of it. */
export interface Task {
  /** `timestamp` strictly increases from call to call; the result is packed by `packDetections`. */
  detect(picture: Picture, timestamp: number): Float32Array<ArrayBuffer>;
  close(): void;
}

/** What the engine's own loader reads and writes on the global object, and forgets after each start. */
interface LoaderGlobals {
  ModuleFactory?: unknown;
  Module?: unknown;
  /** Where the running engine writes its log. */
  custom_dbg?: (line: string) => void;
}

/** Starts run one after the other: the loader keeps what it loads in globals. */
let starts: Promise<unknown> = Promise.resolve();

/**
 * Starts MediaPipe with `wasm` and `model`.
 * @param onContextLost called once when the graphics context, without which nothing is found any more, is gone
 */
export function startTask(
  settings: MediapipeSettings,
  wasm: Blob,
  model: Blob,
  onContextLost: () => void,
): Promise<Task> {
  const started = starts.then(() => start(settings, wasm, model, onContextLost));
  starts = started.catch(() => undefined);
  return started;
}

async function start(
  settings: MediapipeSettings,
  wasm: Blob,
  model: Blob,
  onContextLost: () => void,
): Promise<Task> {
  const canvas = webglCanvas();
  if (!canvas) throw new Error('There is no canvas with WebGL 2 here.');
  const [wasmBinary, modelAssetBuffer] = await Promise.all([
    wasm.arrayBuffer(),
    model.arrayBuffer().then((buffer) => new Uint8Array(buffer)),
  ]);
  canvas.addEventListener('webglcontextlost', onContextLost, { once: true });
  const common = {
    baseOptions: { modelAssetBuffer, delegate: settings.delegate },
    canvas,
    runningMode: 'VIDEO',
  } as const;
  return withLoader(wasmBinary, async () => {
    // The paths are never fetched: the loader finds its factory and the binary already there.
    const files = { wasmLoaderPath: '', wasmBinaryPath: '' };
    return settings.task === 'body'
      ? bodyTask(
          await PoseLandmarker.createFromOptions(files, {
            ...common,
            numPoses: settings.limit,
            minPoseDetectionConfidence: settings.detection,
            minPosePresenceConfidence: settings.presence,
            minTrackingConfidence: settings.tracking,
          }),
        )
      : handTask(
          await HandLandmarker.createFromOptions(files, {
            ...common,
            numHands: settings.limit,
            minHandDetectionConfidence: settings.detection,
            minHandPresenceConfidence: settings.presence,
            minTrackingConfidence: settings.tracking,
          }),
        );
  });
}

/** Lends the loader its globals, and gives a page that has globals of the same names its own back. */
async function withLoader<T>(wasmBinary: ArrayBuffer, run: () => Promise<T>): Promise<T> {
  const globals = globalThis as LoaderGlobals;
  const { ModuleFactory, Module } = globals;
  globals.ModuleFactory = moduleFactory;
  globals.custom_dbg = printFailures;
  globals.Module = { wasmBinary, print: () => undefined, printErr: printFailures };
  try {
    return await run();
  } finally {
    globals.ModuleFactory = ModuleFactory;
    globals.Module = Module;
  }
}

/** Of the engine's own log only errors and fatal errors reach the console; it reports every start otherwise. */
function printFailures(line: string): void {
  if (/^[EF]\d/.test(line)) console.error(line);
}

function bodyTask(task: PoseLandmarker): Task {
  return {
    detect(picture, timestamp) {
      const found: Detection[] = [];
      task.detectForVideo(picture, timestamp, ({ landmarks, worldLandmarks }) => {
        landmarks.forEach((image, index) => {
          const visibility = image.reduce((sum, landmark) => sum + landmark.visibility, 0);
          found.push({
            // The task keeps its own score to itself; how much of the body it sees is the nearest there is.
            score: visibility / image.length,
            landmarks: image,
            worldLandmarks: worldLandmarks[index] ?? [],
          });
        });
      });
      return packDetections(found, BODY_LANDMARK_COUNT);
    },
    close: () => task.close(),
  };
}

function handTask(task: HandLandmarker): Task {
  return {
    detect(picture, timestamp) {
      const { landmarks, worldLandmarks, handedness } = task.detectForVideo(picture, timestamp);
      const found = landmarks.map((image, index): Detection => {
        const score = handedness[index]?.[0]?.score ?? 0;
        // The hand network has no visibility per joint: the hand's own score says how far to trust each.
        const scored = (landmark: { x: number; y: number; z: number }) => ({
          x: landmark.x,
          y: landmark.y,
          z: landmark.z,
          visibility: score,
        });
        return {
          score,
          landmarks: image.map(scored),
          worldLandmarks: (worldLandmarks[index] ?? []).map(scored),
        };
      });
      return packDetections(found, HAND_LANDMARK_COUNT);
    },
    close: () => task.close(),
  };
}
