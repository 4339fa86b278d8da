declare module 'virtual:mediapipe-worker' {
  const source: string;
  export default source;
  /** The one WASM file that the bundled loader fits. */
  export const wasm: { readonly bytes: number; readonly sha256: string };
}

declare module 'virtual:onnx-worker' {
  const source: string;
  export default source;
  /** The files of ONNX Runtime that the bundled front end fits, for each backend. */
  export const runtime: Readonly<
    Record<
      'wasm' | 'webgpu',
      Readonly<Record<'glue' | 'wasm', { readonly bytes: number; readonly sha256: string }>>
    >
  >;
}

declare module 'virtual:music-worklet' {
  /** The module that finds beats in the audio thread, whole. */
  const source: string;
  export default source;
}

declare module 'virtual:extension-worker' {
  /** The classic worker in which one isolated extension runs: a whole script. */
  export const worker: string;
}

declare module 'virtual:overlay-worker' {
  /** The classic worker in which one isolated part of the overlay paints: a whole script. */
  export const worker: string;
}

declare module 'virtual:isolation-frame' {
  /** The page of the frame that holds those workers, with its content security policy. */
  export const page: string;
}
