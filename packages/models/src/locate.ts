import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type AssetEngine, type AssetFile, modelManifest } from './manifest.ts';
import { carriedFile, modelFile } from './model-file.ts';
import { ModelsError } from './models-error.ts';

/** A file that belongs below an `assets` address, and where this installation has it. */
export interface AssetLocation {
  /** Relative to the `assets` address, with forward slashes: `models/pose_landmarker_lite.task`. */
  readonly path: string;
  /** A `file:` address. */
  readonly location: URL;
  /** Checksum that its bytes must have; absent for texts. */
  readonly sha256?: string;
  /** The engine that needs it; absent where every engine does. */
  readonly engine?: AssetEngine;
}

/**
 * Everything that belongs below an `assets` address: models, their manifest and licences, and the engines'
 * WebAssembly. For a server that serves it from where it is installed; `copyAssets` copies it elsewhere.
 *
 * @param engine leaves out what only the other engine needs
 * @throws ModelsError `ASSET_NOT_FOUND` if MediaPipe's files are wanted and `@mediapipe/tasks-vision` is not installed
 */
export function locateAssets(engine?: AssetEngine): readonly AssetLocation[] {
  const wanted = (file: AssetFile) => engine === undefined || file.engine === engine;
  return [
    ...modelManifest.models.filter(wanted).map((file) => located(file, modelFile(file.name))),
    { path: 'models/manifest.json', location: modelFile('manifest.json') },
    // Whoever passes the files on has to pass these on with them.
    ...LICENCE_TEXTS.map((name) => ({ path: `models/${name}`, location: packageText(name) })),
    ...modelManifest.wasm.filter(wanted).map((file) => located(file, wasmFile(file))),
  ];
}

function located({ path, sha256, engine }: AssetFile, location: URL): AssetLocation {
  return { path, location, sha256, engine };
}

const LICENCE_TEXTS = ['THIRD_PARTY_NOTICES.md', 'LICENSE-APACHE-2.0.txt'];

/** A text at the root of this package, which is one folder up from `src` and from `dist` alike. */
function packageText(name: string): URL {
  const here = import.meta.url;
  return new URL(`../${name}`, here);
}

/** MediaPipe's lie where its package is installed, ONNX Runtime's in this one. */
function wasmFile({ name, engine }: AssetFile): URL {
  if (engine === 'onnx') return carriedFile(name);
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(`@mediapipe/tasks-vision/${name}`));
  } catch (cause) {
    throw new ModelsError(
      'ASSET_NOT_FOUND',
      `${name} is missing: @mediapipe/tasks-vision is not installed. Install @pose-coach/models again.`,
      { cause },
    );
  }
}
