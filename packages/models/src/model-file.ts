import type { ModelFileName } from './manifest.ts';

/**
 * Where a model file of the installed package lies: a `file:` address in Node, to read or to serve.
 *
 * @example await readFile(modelFile('pose_landmarker_lite.task'))
 */
export function modelFile(name: ModelFileName | 'manifest.json'): URL {
  return carriedFile(name);
}

/** Where the build puts a file that the package carries: the models, their manifest, ONNX Runtime. */
export function carriedFile(name: string): URL {
  // Through a variable, because bundlers turn `new URL('…', import.meta.url)` into files of their own.
  const here = import.meta.url;
  return new URL(`../dist/files/${name}`, here);
}
