/** Where each engine's worker is. */
export interface WorkerAddresses {
  readonly mediapipe: { readonly workerUrl: string };
  readonly onnx: { readonly workerUrl: string };
}

/**
 * Where the engines' workers are, by the one address that an element is given: a folder (with a slash at its end)
 * that holds both under their own names, or the file of the engine that is asked for, MediaPipe's if none is. The
 * other's is looked for beside it.
 */
export function workerAddresses(address: string, engine: string): WorkerAddresses {
  const beside = (file: string) => ({ workerUrl: new URL(file, address).href });
  const mediapipe = beside('mediapipe-worker.js');
  const onnx = beside('onnx-worker.js');
  if (address.endsWith('/')) return { mediapipe, onnx };
  const named = { workerUrl: address };
  return engine === 'onnx' ? { mediapipe, onnx: named } : { mediapipe: named, onnx };
}
