/** Where each engine's worker is. */
export interface WorkerAddresses {
  readonly mediapipe: { readonly workerUrl: string };
  readonly onnx: { readonly workerUrl: string };
}

const FILES = { mediapipe: 'mediapipe-worker.js', onnx: 'onnx-worker.js' } as const;

/**
 * Where the engines' workers are, by the one address that an element is given: a folder (with or without a slash at
 * its end) that holds both under their own names, or one worker's file (`.js` or `.mjs`), beside which the other's is
 * looked for. A file's name says whose it is by its end; one with another name is the worker of the engine that is
 * asked for, MediaPipe's if none is.
 */
export function workerAddresses(address: string, engine: string): WorkerAddresses {
  const { pathname } = new URL(address);
  const isFile = /\.m?js$/.test(pathname);
  const folder = new URL(address);
  if (!isFile && !pathname.endsWith('/')) folder.pathname = `${pathname}/`;
  const mediapipe = { workerUrl: new URL(FILES.mediapipe, folder).href };
  const onnx = { workerUrl: new URL(FILES.onnx, folder).href };
  if (!isFile) return { mediapipe, onnx };
  const named = { workerUrl: address };
  return isWorkerOfOnnx(pathname, engine) ? { mediapipe, onnx: named } : { mediapipe: named, onnx };
}

function isWorkerOfOnnx(file: string, engine: string): boolean {
  if (file.endsWith(FILES.mediapipe)) return false;
  return file.endsWith(FILES.onnx) || engine === 'onnx';
}
