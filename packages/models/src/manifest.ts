import { type AssetSource, SOURCES } from './sources.ts';

/** The names of the model files that this package carries. */
export type ModelFileName =
  | 'pose_landmarker_lite.task'
  | 'pose_landmarker_full.task'
  | 'hand_landmarker.task'
  | 'pose_detector.onnx'
  | 'pose_landmarks_lite.onnx'
  | 'pose_landmarks_full.onnx'
  | 'hand_detector.onnx'
  | 'hand_landmarks.onnx';

/** The names of the WebAssembly files that the engines need, each with the script that starts it. */
export type WasmFileName =
  | 'vision_wasm_module_internal.js'
  | 'vision_wasm_module_internal.wasm'
  | 'ort-wasm-simd-threaded.mjs'
  | 'ort-wasm-simd-threaded.wasm'
  | 'ort-wasm-simd-threaded.asyncify.mjs'
  | 'ort-wasm-simd-threaded.asyncify.wasm';

/** Which engine needs a file: MediaPipe's, or ours on ONNX Runtime. No file is needed by both. */
export type AssetEngine = (typeof ASSET_ENGINES)[number];
/** The engines, by the names that `engine` and `--engine` take. */
export const ASSET_ENGINES = ['mediapipe', 'onnx'] as const;

/** A file that an engine loads, as it stands below the `assets` address. */
export interface AssetFile<Name extends string = string> {
  readonly name: Name;
  /** Relative to the `assets` address, with forward slashes: `models/pose_landmarker_lite.task`. */
  readonly path: string;
  readonly kind: 'pose' | 'hand' | 'wasm';
  readonly engine: AssetEngine;
  /** Size, for progress. */
  readonly bytes: number;
  /** Checksum, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** What it was made of. */
  readonly sources: readonly AssetSource[];
}

/** What lies below an `assets` address; `models/manifest.json` there says the same as JSON. */
export interface ModelManifest {
  /** Of this form; a reader refuses one it does not know. */
  readonly version: 1;
  readonly models: ReadonlyArray<AssetFile<ModelFileName>>;
  readonly wasm: ReadonlyArray<AssetFile<WasmFileName>>;
}

const LICENCE = 'Apache-2.0';
/** ONNX Runtime's. */
const ONNX_RUNTIME_LICENCE = 'MIT';

/**
 * Every model file of this package, and the engines' WebAssembly files, with size, checksum, origin and licence.
 *
 * It is written down, not computed: a build whose result differs from it by one byte fails.
 */
export const modelManifest: ModelManifest = {
  version: 1,
  models: [
    {
      name: 'pose_landmarker_lite.task',
      path: 'models/pose_landmarker_lite.task',
      kind: 'pose',
      engine: 'mediapipe',
      bytes: 5_787_378,
      sha256: '6ee5de87c7a8436652b738ab0cfc6456b29d37e3e134424290da6ce890effc64',
      licence: LICENCE,
      sources: [SOURCES.poseDetector, SOURCES.poseLandmarksLite],
    },
    {
      name: 'pose_landmarker_full.task',
      path: 'models/pose_landmarker_full.task',
      kind: 'pose',
      engine: 'mediapipe',
      bytes: 9_408_162,
      sha256: '178e4135a69f3cc8b735ae11c0e5ba8f5aedebbcc76aab7f2812b489ddcbd711',
      licence: LICENCE,
      sources: [SOURCES.poseDetector, SOURCES.poseLandmarksFull],
    },
    {
      name: 'hand_landmarker.task',
      path: 'models/hand_landmarker.task',
      kind: 'hand',
      engine: 'mediapipe',
      bytes: 7_823_842,
      sha256: 'ac5999814270aa127bb5f76ac32080fd2542c1e2e1736c10e52dbdbb143a7898',
      licence: LICENCE,
      sources: [SOURCES.palmDetectors, SOURCES.handLandmarks],
    },
    // The same networks once more, each a file of its own, converted for ONNX Runtime.
    {
      name: 'pose_detector.onnx',
      path: 'models/pose_detector.onnx',
      kind: 'pose',
      engine: 'onnx',
      bytes: 5_964_863,
      sha256: 'ef477591fb237948af067326494dd5bb9b09c0b87441b1e6fbe0adea5f2e9676',
      licence: LICENCE,
      sources: [SOURCES.poseDetector],
    },
    {
      name: 'pose_landmarks_lite.onnx',
      path: 'models/pose_landmarks_lite.onnx',
      kind: 'pose',
      engine: 'onnx',
      bytes: 2_759_836,
      sha256: '2e96f9c823df20e8765a0da1a23c8a1c30597ddd76ba86f7885441fbc67192f9',
      licence: LICENCE,
      sources: [SOURCES.poseLandmarksLite],
    },
    {
      name: 'pose_landmarks_full.onnx',
      path: 'models/pose_landmarks_full.onnx',
      kind: 'pose',
      engine: 'onnx',
      bytes: 6_375_834,
      sha256: 'e3a458a26277aa4f558dbafcc56885f58ffadc7c26236c468557ef572526339b',
      licence: LICENCE,
      sources: [SOURCES.poseLandmarksFull],
    },
    {
      name: 'hand_detector.onnx',
      path: 'models/hand_detector.onnx',
      kind: 'hand',
      engine: 'onnx',
      bytes: 2_298_186,
      sha256: '20d18a7327fca0427032504211ea08941eaeb93ae70598fa7b5775907b4ca2ed',
      licence: LICENCE,
      sources: [SOURCES.palmDetectors],
    },
    {
      name: 'hand_landmarks.onnx',
      path: 'models/hand_landmarks.onnx',
      kind: 'hand',
      engine: 'onnx',
      bytes: 5_454_777,
      sha256: 'd48b8a0d34c16013f47f795f319e9d86d7ccc7d40fa38bd8a1ba872bf7259e50',
      licence: LICENCE,
      sources: [SOURCES.handLandmarks],
    },
  ],
  // MediaPipe's module build needs SIMD, which the oldest supported browsers have (Chrome 91, Firefox 89, Safari
  // 16.4), and it runs in module workers and on the main thread alike: no other build is carried. ONNX Runtime's two
  // need SIMD as well: the small one computes on the CPU, the one made with Asyncify also on WebGPU, in every browser
  // that has it.
  wasm: [
    {
      name: 'vision_wasm_module_internal.js',
      path: 'wasm/vision_wasm_module_internal.js',
      kind: 'wasm',
      engine: 'mediapipe',
      bytes: 322_082,
      sha256: SOURCES.wasmLoader.sha256,
      licence: LICENCE,
      sources: [SOURCES.wasmLoader],
    },
    {
      name: 'vision_wasm_module_internal.wasm',
      path: 'wasm/vision_wasm_module_internal.wasm',
      kind: 'wasm',
      engine: 'mediapipe',
      bytes: 11_153_641,
      sha256: SOURCES.wasmBinary.sha256,
      licence: LICENCE,
      sources: [SOURCES.wasmBinary],
    },
    {
      name: 'ort-wasm-simd-threaded.mjs',
      path: 'wasm/ort-wasm-simd-threaded.mjs',
      kind: 'wasm',
      engine: 'onnx',
      bytes: 24_381,
      sha256: SOURCES.onnxLoader.sha256,
      licence: ONNX_RUNTIME_LICENCE,
      sources: [SOURCES.onnxLoader],
    },
    {
      name: 'ort-wasm-simd-threaded.wasm',
      path: 'wasm/ort-wasm-simd-threaded.wasm',
      kind: 'wasm',
      engine: 'onnx',
      bytes: 14_239_897,
      sha256: SOURCES.onnxBinary.sha256,
      licence: ONNX_RUNTIME_LICENCE,
      sources: [SOURCES.onnxBinary],
    },
    {
      name: 'ort-wasm-simd-threaded.asyncify.mjs',
      path: 'wasm/ort-wasm-simd-threaded.asyncify.mjs',
      kind: 'wasm',
      engine: 'onnx',
      bytes: 53_057,
      sha256: SOURCES.onnxWebgpuLoader.sha256,
      licence: ONNX_RUNTIME_LICENCE,
      sources: [SOURCES.onnxWebgpuLoader],
    },
    {
      name: 'ort-wasm-simd-threaded.asyncify.wasm',
      path: 'wasm/ort-wasm-simd-threaded.asyncify.wasm',
      kind: 'wasm',
      engine: 'onnx',
      bytes: 26_781_914,
      sha256: SOURCES.onnxWebgpuBinary.sha256,
      licence: ONNX_RUNTIME_LICENCE,
      sources: [SOURCES.onnxWebgpuBinary],
    },
  ],
};
