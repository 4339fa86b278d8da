export { type Asset, aborted, ByteMeter, defaultAssets, fetchAsset, modelFinder } from './assets.ts';
