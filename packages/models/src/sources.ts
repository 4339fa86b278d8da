/** A file of a published package, as it was when it was pinned. */
export interface AssetSource {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  /** Of the whole file, in lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** The versions are those that package.json pins. */
const POSE = { package: '@mediapipe/pose', version: '0.5.1675469404' };
const HANDS = { package: '@mediapipe/hands', version: '0.4.1675469240' };
const TASKS_VISION = { package: '@mediapipe/tasks-vision', version: '0.10.35' };
const ONNXRUNTIME_WEB = { package: 'onnxruntime-web', version: '1.30.0' };

/** Every file that models and engines are made of. */
export const SOURCES = {
  /** Packed assets that hold one file only: the detector. */
  poseDetector: {
    ...POSE,
    file: 'pose_solution_packed_assets.data',
    sha256: 'a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85',
  },
  poseLandmarksLite: {
    ...POSE,
    file: 'pose_landmark_lite.tflite',
    sha256: 'f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61',
  },
  poseLandmarksFull: {
    ...POSE,
    file: 'pose_landmark_full.tflite',
    sha256: 'e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f',
  },
  poseLandmarksHeavy: {
    ...POSE,
    file: 'pose_landmark_heavy.tflite',
    sha256: '59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe',
  },
  /** Packed assets: names of the sides, palm detector, lite palm detector. */
  palmDetectors: {
    ...HANDS,
    file: 'hands_solution_packed_assets.data',
    sha256: 'bdce7b66bfc5b39ba86a47775c98e0b186fe73f8308c2279f852af4c89ffdf42',
  },
  handLandmarks: {
    ...HANDS,
    file: 'hand_landmark_full.tflite',
    sha256: '8c026882c9ec059ce0f8e75266bee5a9a23c341a40e0000df755374d3d1b9b68',
  },
  wasmLoader: {
    ...TASKS_VISION,
    file: 'wasm/vision_wasm_module_internal.js',
    sha256: '1f1d6215324a1fe62f6742d49a3db911170987ca18ad8c1b75f1a1c82acf2b44',
  },
  wasmBinary: {
    ...TASKS_VISION,
    file: 'wasm/vision_wasm_module_internal.wasm',
    sha256: '617b8e0248dbd27e9d7ece4218004eae4cefb499196d1bb4fa0e3fef21708756',
  },
  onnxLoader: {
    ...ONNXRUNTIME_WEB,
    file: 'dist/ort-wasm-simd-threaded.mjs',
    sha256: 'e13f7f94fc51b4ca72b12faeb1ee95f4ace6dfbc8939bc718aabdc0a27c4299b',
  },
  onnxBinary: {
    ...ONNXRUNTIME_WEB,
    file: 'dist/ort-wasm-simd-threaded.wasm',
    sha256: '3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2',
  },
  onnxWebgpuLoader: {
    ...ONNXRUNTIME_WEB,
    file: 'dist/ort-wasm-simd-threaded.asyncify.mjs',
    sha256: '3d1c85995364bb643302fc6fd877a0c3ba5ae72401815e0f24828a53d9191e28',
  },
  onnxWebgpuBinary: {
    ...ONNXRUNTIME_WEB,
    file: 'dist/ort-wasm-simd-threaded.asyncify.wasm',
    sha256: '39f9f0894d478800487ed9f7dbe92618498db320cf55c8e3d89adff8dce658da',
  },
} as const satisfies Readonly<Record<string, AssetSource>>;
