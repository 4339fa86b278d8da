import type { OperatorMapper } from '../conversion.ts';
import { conv2d } from './conv-2d.ts';
import { depthwiseConv2d } from './depthwise-conv-2d.ts';
import { add, logistic, prelu } from './elementwise.ts';
import { fullyConnected } from './fully-connected.ts';
import { pad } from './pad.ts';
import { maxPool2d, mean } from './pooling.ts';
import { concatenation, depthToSpace, reshape } from './rearranging.ts';
import { resizeBilinear } from './resize.ts';

/**
 * How each TFLite operator is written in ONNX. DEQUANTIZE and DENSIFY are missing: they only unpack weights, which is
 * done here and now.
 */
export const OPERATOR_MAPPERS: ReadonlyMap<string, OperatorMapper> = new Map([
  ['ADD', add],
  ['CONCATENATION', concatenation],
  ['CONV_2D', conv2d],
  ['DEPTHWISE_CONV_2D', depthwiseConv2d],
  ['DEPTH_TO_SPACE', depthToSpace],
  ['FULLY_CONNECTED', fullyConnected],
  ['LOGISTIC', logistic],
  ['MAX_POOL_2D', maxPool2d],
  ['MEAN', mean],
  ['PAD', pad],
  ['PRELU', prelu],
  ['RESHAPE', reshape],
  ['RESIZE_BILINEAR', resizeBilinear],
]);
