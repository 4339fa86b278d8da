/**
 * The smallest WebAssembly module with a SIMD instruction (`i8x16.splat` of a constant, per the core
 * specification's binary format): it validates only where the engine's own code would.
 */
const SIMD_MODULE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version 1
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // one function type: () → v128
  ...[0x03, 0x02, 0x01, 0x00], // one function of that type
  ...[0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b], // i32.const 0, i8x16.splat, end
);

/** Whether WebAssembly is here and has SIMD. */
export function hasSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE);
}

/** What to do where there is none. */
export const SIMD_ADVICE =
  'needs WebAssembly SIMD, which this browser lacks. Use Chrome 91, Firefox 89, Safari 16.4 or later.';
