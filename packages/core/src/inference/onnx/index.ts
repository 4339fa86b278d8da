export type { NetworkDescription } from './described-network/index.ts';
export { onnx } from './onnx.ts';
export type { OnnxBackend, OnnxModel, OnnxOptions, OnnxThresholds } from './options.ts';
