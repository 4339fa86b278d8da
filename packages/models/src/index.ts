export {
  type AssetEngine,
  type AssetFile,
  type ModelFileName,
  type ModelManifest,
  modelManifest,
  type WasmFileName,
} from './manifest.ts';
export { modelFile } from './model-file.ts';
export { ModelsError, type ModelsErrorCode } from './models-error.ts';
export type { AssetSource } from './sources.ts';
