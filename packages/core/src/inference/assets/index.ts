export type { Asset, Progress } from './asset.ts';
export { aborted, invalid, missing } from './asset-errors.ts';
export { ByteMeter } from './byte-meter.ts';
export { checkAsset } from './check-asset.ts';
export { defaultAssets } from './default-assets.ts';
export { fetchAsset } from './fetch-asset.ts';
export { formFault } from './file-form.ts';
export { type KnownModel, knownModels, modelFinder } from './model-finder.ts';
