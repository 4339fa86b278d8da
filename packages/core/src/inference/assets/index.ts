export type { Asset, Progress } from './asset.ts';
export { aborted, missing } from './asset-errors.ts';
export { ByteMeter } from './byte-meter.ts';
export { checkAsset } from './check-asset.ts';
export { defaultAssets } from './default-assets.ts';
export { fetchAsset } from './fetch-asset.ts';
export { knownModels, modelFinder } from './model-finder.ts';
