import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { modelManifest } from './manifest.ts';
import { modelFile } from './model-file.ts';
import { ModelsError } from './models-error.ts';

/** A file that belongs below an `assets` address, and where this installation has it. */
export interface AssetLocation {
  /** Relative to the `assets` address, with forward slashes: `models/pose_landmarker_lite.task`. */
  readonly path: string;
  /** A `file:` address. */
  readonly location: URL;
  /** Checksum that its bytes must have; absent for texts. */
  readonly sha256?: string;
}

/**
 * Everything that belongs below an `assets` address: models, their manifest and licence, and the engine's
 * WebAssembly. For a server that serves it from where it is installed; `copyAssets` copies it elsewhere.
 *
 * @throws ModelsError `ASSET_NOT_FOUND` if `@mediapipe/tasks-vision` is not installed
 */
export function locateAssets(): readonly AssetLocation[] {
  return [
    ...modelManifest.models.map(({ name, path, sha256 }) => ({ path, location: modelFile(name), sha256 })),
    { path: 'models/manifest.json', location: modelFile('manifest.json') },
    // Whoever passes the files on has to pass these on with them.
    ...LICENCE_TEXTS.map((name) => ({ path: `models/${name}`, location: packageText(name) })),
    ...modelManifest.wasm.map(({ name, path, sha256 }) => ({ path, location: wasmFile(name), sha256 })),
  ];
}

const LICENCE_TEXTS = ['THIRD_PARTY_NOTICES.md', 'LICENSE-APACHE-2.0.txt'];

/** A text at the root of this package, which is one folder up from `src` and from `dist` alike. */
function packageText(name: string): URL {
  const here = import.meta.url;
  return new URL(`../${name}`, here);
}

function wasmFile(name: string): URL {
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
