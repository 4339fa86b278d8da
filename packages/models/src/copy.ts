export { type CopiedFile, copyAssets } from './copy-assets.ts';
export { type AssetLocation, locateAssets } from './locate.ts';
export { ASSET_ENGINES, type AssetEngine } from './manifest.ts';
export { ModelsError, type ModelsErrorCode } from './models-error.ts';
