import { encodeOnnxModel } from '../../../../../../models/build/onnx/onnx-model.ts';
import type { NetworkSpec } from '../../network.ts';

/** A network so small that what it gives is calculated in one's head: its input twice over, and its sum per plane. */
export const TINY: NetworkSpec = {
  file: 'tiny.onnx',
  input: { name: 'image', width: 4, height: 2, range: [0, 255], border: 'black' },
  outputs: ['doubled', 'sums'],
};

const INPUT = { name: 'image', shape: [1, 3, 2, 4] };

export const TINY_MODEL = encodeOnnxModel(
  {
    name: 'tiny',
    inputs: [INPUT],
    outputs: [
      { name: 'doubled', shape: [1, 3, 2, 4] },
      { name: 'sums', shape: [1, 3, 1, 1] },
    ],
    nodes: [
      { type: 'Add', inputs: ['image', 'image'], output: 'doubled', attributes: {} },
      {
        type: 'ReduceSum',
        inputs: ['image', 'axes'],
        output: 'sums',
        attributes: { keepdims: 1 },
      },
    ],
    initializers: [{ name: 'axes', type: 'int64', shape: [2], data: BigInt64Array.of(2n, 3n) }],
  },
  'A model for tests.',
);

/** A network with an operator for which ONNX Runtime has no shader: the determinant of a matrix. */
export const DETERMINANT: NetworkSpec = {
  file: 'determinant.onnx',
  input: { name: 'image', width: 2, height: 2, range: [0, 1], border: 'black' },
  outputs: ['determinants'],
};

export const DETERMINANT_MODEL = encodeOnnxModel(
  {
    name: 'determinant',
    inputs: [{ name: 'image', shape: [1, 3, 2, 2] }],
    outputs: [{ name: 'determinants', shape: [1, 3] }],
    nodes: [{ type: 'Det', inputs: ['image'], output: 'determinants', attributes: {} }],
    initializers: [],
  },
  'A model for tests.',
);
