declare module 'virtual:mediapipe-worker' {
  const source: string;
  export default source;
  /** The one WASM file that the bundled loader fits. */
  export const wasm: { readonly bytes: number; readonly sha256: string };
}
