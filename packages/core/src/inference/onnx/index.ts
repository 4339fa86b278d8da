export { onnx } from './onnx.ts';
export type { OnnxBackend, OnnxModel, OnnxOptions, OnnxThresholds } from './options.ts';
