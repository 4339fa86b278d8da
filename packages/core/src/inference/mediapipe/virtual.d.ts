declare module '@mediapipe/tasks-vision/vision_wasm_module_internal.js' {
  /** Emscripten's factory of the engine's WebAssembly module, given to MediaPipe's loader as it is. */
  const moduleFactory: unknown;
  export default moduleFactory;
}
