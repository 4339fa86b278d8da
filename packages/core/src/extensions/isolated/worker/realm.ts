/*
 * What an extension finds in its realm: the language, and of the platform what calculates, waits and encodes. The
 * policy of the frame keeps it off the network whatever it finds; this keeps it from everything else that a worker
 * has (other workers, broadcasts to other extensions, storage, devices, the GPU), and from what a later browser
 * may add.
 */
const LANGUAGE = [
  'AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean',
  'DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array',
  'Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy',
  'RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String SuppressedError Symbol SyntaxError',
  'Temporal TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet',
  'decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat',
  'parseInt undefined unescape',
];

const PLATFORM = [
  'AbortController AbortSignal Blob ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy Crypto',
  'CryptoKey CustomEvent DOMException DOMMatrix DOMMatrixReadOnly DOMPoint DOMPointReadOnly DOMRect',
  'DOMRectReadOnly DecompressionStream ErrorEvent Event EventTarget MessageChannel MessageEvent MessagePort',
  'Performance PromiseRejectionEvent ReadableStream SubtleCrypto TextDecoder TextDecoderStream TextEncoder',
  'TextEncoderStream TransformStream URL URLSearchParams WebAssembly WritableStream atob btoa clearInterval',
  'clearTimeout console crossOriginIsolated crypto isSecureContext performance queueMicrotask reportError self',
  'setInterval setTimeout structuredClone',
];

/**
 * Takes away from a worker's global object all that is not on these lists. What cannot be taken away stays: a few
 * constants.
 * @param platform further names to keep, as they are written above
 */
export function confineRealm(scope: object, platform: readonly string[] = []): void {
  const kept = new Set([...LANGUAGE, ...PLATFORM, ...platform].flatMap((names) => names.split(' ')));
  // The global object itself and its two own interfaces; behind them are those that all events and objects share.
  for (let level: object | null = scope; level !== null; level = Object.getPrototypeOf(level)) {
    if (level === EventTarget.prototype || level === Object.prototype) break;
    for (const name of Object.getOwnPropertyNames(level)) {
      if (!kept.has(name) && name !== 'constructor') Reflect.deleteProperty(level, name);
    }
  }
}
