import { Buffer } from 'node:buffer';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { convertToOnnx } from './convert.ts';
import { type TinyOperator, type TinyTensor, writeTinyTflite } from './tiny-tflite.ts';

/** Members of `BuiltinOperator`, `Padding` and `ActivationFunctionType` in TFLite's `schema.fbs`. */
const CODES = {
  add: 0,
  concatenation: 2,
  conv2d: 3,
  depthwiseConv2d: 4,
  depthToSpace: 5,
  dequantize: 6,
  fullyConnected: 9,
  logistic: 14,
  maxPool2d: 17,
  reshape: 22,
  resizeBilinear: 23,
  pad: 34,
  mean: 40,
  prelu: 54,
  densify: 124,
} as const;
const [SAME, VALID] = [0, 1];
const [RELU, RELU6] = [1, 3];

const float32 = (shape: readonly number[], ...values: number[]): TinyTensor => ({
  shape,
  data: Float32Array.from(values),
});
const int32 = (shape: readonly number[], ...values: number[]): TinyTensor => ({
  shape,
  data: Int32Array.from(values),
});
const calculated = (...shape: number[]): TinyTensor => ({ shape });
const counted = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** `Conv2DOptions`: 0 padding, 1 stride_w, 2 stride_h, 3 activation, 4 dilation_w_factor, 5 dilation_h_factor. */
function convolved(
  [input, weights, bias]: readonly [number, number, number],
  output: number,
  { padding = VALID, stride = 1, activation = 0, dilation = 1 } = {},
): TinyOperator {
  return {
    code: CODES.conv2d,
    inputs: [input, weights, bias],
    outputs: [output],
    options: [
      [0, 8, padding],
      [1, 32, stride],
      [2, 32, stride],
      [3, 8, activation],
      [4, 32, dilation],
      [5, 32, dilation],
    ],
  };
}

/** `DepthwiseConv2DOptions`: 0 padding, 1 stride_w, 2 stride_h, 3 depth_multiplier, 4 activation. */
function depthwise(
  [input, weights, bias]: readonly [number, number, number],
  output: number,
  { padding = VALID, stride = 1, activation = 0 } = {},
): TinyOperator {
  return {
    code: CODES.depthwiseConv2d,
    inputs: [input, weights, bias],
    outputs: [output],
    options: [
      [0, 8, padding],
      [1, 32, stride],
      [2, 32, stride],
      [3, 32, 1],
      [4, 8, activation],
    ],
  };
}

/** What a model gives, image by image channels last, as TFLite has them. */
interface Answer {
  readonly onnx: Buffer;
  readonly outputs: ReadonlyArray<readonly number[]>;
}

/**
 * Converts a model whose tensor 0 is its input, and runs it. Images go in and come out channels last, so that the
 * arithmetic of a test can be read as TFLite's.
 */
async function answer(
  tensors: readonly TinyTensor[],
  operators: readonly TinyOperator[],
  outputs: readonly number[],
  input: readonly number[],
): Promise<Answer> {
  const model = writeTinyTflite({ tensors, operators, inputs: [0], outputs });
  const names = outputs.map((index) => `output_${index}`);
  const network = { name: 'tiny', description: '', input: 'image', outputs: names };
  const onnx = Buffer.from(convertToOnnx(model, network));
  const session = await InferenceSession.create(onnx);
  const shape = tensors[0]?.shape ?? [];
  const planes = Float32Array.from(channelsFirst(input, shape));
  const found = await session.run({ image: new Tensor('float32', planes, onnxShape(shape)) });
  await session.release();
  return {
    onnx,
    outputs: outputs.map((index) => {
      const tensor = found[`output_${index}`];
      const expected = tensors[index]?.shape ?? [];
      expect(tensor?.dims).toEqual(onnxShape(expected));
      return channelsLast([...((tensor?.data ?? []) as Float32Array)], expected);
    }),
  };
}

function onnxShape(shape: readonly number[]): number[] {
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  return shape.length === 4 ? [batch, channels, height, width] : [...shape];
}

function channelsFirst(values: readonly number[], shape: readonly number[]): number[] {
  const channels = shape.length === 4 ? (shape[3] ?? 1) : 1;
  const pixels = values.length / channels;
  return values.map((_, index) => values[(index % pixels) * channels + Math.floor(index / pixels)] ?? 0);
}

function channelsLast(values: readonly number[], shape: readonly number[]): number[] {
  const channels = shape.length === 4 ? (shape[3] ?? 1) : 1;
  const pixels = values.length / channels;
  return values.map((_, index) => values[(index % channels) * pixels + Math.floor(index / channels)] ?? 0);
}

describe('CONV_2D', () => {
  it('multiplies a window with its weights and adds the bias', async () => {
    const { outputs } = await answer(
      [calculated(1, 3, 3, 1), float32([1, 2, 2, 1], 1, 2, 3, 4), float32([1], 10), calculated(1, 2, 2, 1)],
      [convolved([0, 1, 2], 3)],
      [3],
      counted(9),
    );
    // The first: 1·1 + 2·2 + 3·4 + 4·5 + 10. Each step to the right adds 1 + 2 + 3 + 4, each step down three times that.
    expect(outputs).toEqual([[47, 57, 77, 87]]);
  });

  it('mixes channels and reads weights as outputs, height, width, inputs', async () => {
    const { outputs } = await answer(
      [
        calculated(1, 2, 2, 2),
        float32([2, 1, 2, 2], 1, 10, 100, 1000, 2, 0, 0, 0),
        float32([2], 0, 0.5),
        calculated(1, 2, 1, 2),
      ],
      [convolved([0, 1, 2], 3)],
      [3],
      counted(8),
    );
    expect(outputs).toEqual([[4321, 2.5, 8765, 10.5]]);
  });

  it('adds for SAME at an even size and a stride of 2 at the far ends only', async () => {
    const { outputs } = await answer(
      [
        calculated(1, 4, 4, 1),
        float32([1, 3, 3, 1], ...counted(9).map(() => 1)),
        float32([1], 0),
        calculated(1, 2, 2, 1),
      ],
      [convolved([0, 1, 2], 3, { padding: SAME, stride: 2 })],
      [3],
      counted(16),
    );
    // 1+2+3+5+6+7+9+10+11, 3+4+7+8+11+12, 9+10+11+13+14+15, 11+12+15+16.
    expect(outputs).toEqual([[54, 45, 72, 54]]);
  });

  it('leaves out pixels between the weights where it is dilated', async () => {
    const { outputs } = await answer(
      [calculated(1, 1, 3, 1), float32([1, 1, 2, 1], 1, 10), float32([1], 0), calculated(1, 1, 1, 1)],
      [convolved([0, 1, 2], 3, { dilation: 2 })],
      [3],
      [1, 2, 3],
    );
    expect(outputs).toEqual([[31]]);
  });

  it.each([
    ['RELU', RELU, [0, 3, 9]],
    ['RELU6', RELU6, [0, 3, 6]],
  ])('has the activation function %s built in', async (_name, activation, expected) => {
    const { outputs } = await answer(
      [calculated(1, 1, 3, 1), float32([1, 1, 1, 1], 1), float32([1], 0), calculated(1, 1, 3, 1)],
      [convolved([0, 1, 2], 3, { activation })],
      [3],
      [-1, 3, 9],
    );
    expect(outputs).toEqual([expected]);
  });

  it('does without a bias', async () => {
    const { outputs } = await answer(
      [calculated(1, 1, 1, 1), float32([1, 1, 1, 1], 3), calculated(1, 1, 1, 1)],
      [convolved([0, 1, -1], 2)],
      [2],
      [7],
    );
    expect(outputs).toEqual([[21]]);
  });
});

describe('DEPTHWISE_CONV_2D', () => {
  it('convolves each channel by itself', async () => {
    const { outputs } = await answer(
      [
        calculated(1, 2, 2, 2),
        // Channel by channel 1 1 1 1 and 1 0 0 1.
        float32([1, 2, 2, 2], 1, 1, 1, 0, 1, 0, 1, 1),
        float32([2], 0, 5),
        calculated(1, 1, 1, 2),
      ],
      [depthwise([0, 1, 2], 3)],
      [3],
      [1, 10, 2, 20, 3, 30, 4, 40],
    );
    expect(outputs).toEqual([[10, 55]]);
  });

  it('makes several channels of one where it has more weights', async () => {
    const { outputs } = await answer(
      [
        calculated(1, 1, 1, 2),
        float32([1, 1, 1, 4], 3, 5, 7, 9),
        float32([4], 0, 0, 0, 1),
        calculated(1, 1, 1, 4),
      ],
      [depthwise([0, 1, 2], 3)],
      [3],
      [2, 10],
    );
    expect(outputs).toEqual([[6, 10, 70, 91]]);
  });

  it('goes over the borders for SAME, and has its activation function built in', async () => {
    const { outputs } = await answer(
      [
        calculated(1, 2, 2, 1),
        float32([1, 3, 3, 1], ...counted(9).map(() => 1)),
        float32([1], -6),
        calculated(1, 2, 2, 1),
      ],
      [depthwise([0, 1, 2], 3, { padding: SAME, activation: RELU })],
      [3],
      [1, 2, 3, 4.5],
    );
    expect(outputs).toEqual([[4.5, 4.5, 4.5, 4.5]]);
  });
});

describe('PAD', () => {
  const ones = float32([1, 2, 2, 1], 1, 1, 1, 1);

  it('around an image becomes the padding of each convolution that follows', async () => {
    const { onnx, outputs } = await answer(
      [
        calculated(1, 2, 2, 1),
        int32([4, 2], 0, 0, 1, 0, 0, 1, 0, 0),
        calculated(1, 3, 3, 1),
        ones,
        float32([1], 0),
        calculated(1, 2, 2, 1),
        calculated(1, 2, 2, 1),
      ],
      [{ code: CODES.pad, inputs: [0, 1], outputs: [2] }, convolved([2, 3, 4], 5), depthwise([2, 3, 4], 6)],
      [5, 6],
      [1, 2, 3, 4],
    );
    // A row of zeros above 1 2 / 3 4, a column of zeros to the right.
    expect(outputs).toEqual([
      [3, 2, 10, 6],
      [3, 2, 10, 6],
    ]);
    expect(onnx.includes('Pad')).toBe(false);
  });

  it('stays in front of a convolution that has a padding of its own', async () => {
    const { outputs } = await answer(
      [
        calculated(1, 1, 1, 1),
        int32([4, 2], 0, 0, 1, 1, 1, 1, 0, 0),
        calculated(1, 3, 3, 1),
        float32([1, 3, 3, 1], ...counted(9).map(() => 1)),
        float32([1], 0),
        calculated(1, 3, 3, 1),
      ],
      [{ code: CODES.pad, inputs: [0, 1], outputs: [2] }, convolved([2, 3, 4], 5, { padding: SAME })],
      [5],
      [5],
    );
    expect(outputs).toEqual([counted(9).map(() => 5)]);
  });

  it('adds channels of zeros', async () => {
    const { outputs } = await answer(
      [calculated(1, 1, 2, 2), int32([4, 2], 0, 0, 0, 0, 0, 0, 1, 2), calculated(1, 1, 2, 5)],
      [{ code: CODES.pad, inputs: [0, 1], outputs: [2] }],
      [2],
      [7, 8, 9, 10],
    );
    expect(outputs).toEqual([[0, 7, 8, 0, 0, 0, 9, 10, 0, 0]]);
  });
});

describe('ADD', () => {
  it.each([
    ['alone', 0, [0, -3]],
    ['with RELU built in', RELU, [0, 0]],
  ])('adds two images, %s', async (_name, activation, expected) => {
    const { outputs } = await answer(
      [
        calculated(1, 1, 2, 1),
        float32([1, 1, 1, 1], -2),
        float32([1], 0),
        calculated(1, 1, 2, 1),
        calculated(1, 1, 2, 1),
      ],
      [
        convolved([0, 1, 2], 3),
        { code: CODES.add, inputs: [0, 3], outputs: [4], options: [[0, 8, activation]] },
      ],
      [4],
      [0, 3],
    );
    expect(outputs).toEqual([expected]);
  });
});

describe('PRELU', () => {
  it('multiplies what is below zero with the slope of its channel', async () => {
    const { outputs } = await answer(
      [calculated(1, 1, 2, 2), float32([1, 1, 2], 0.5, 0.25), calculated(1, 1, 2, 2)],
      [{ code: CODES.prelu, inputs: [0, 1], outputs: [2] }],
      [2],
      [-2, -4, 2, 4],
    );
    expect(outputs).toEqual([[-1, -1, 2, 4]]);
  });
});

describe('LOGISTIC', () => {
  it('makes chances of odds', async () => {
    const { outputs } = await answer(
      [calculated(1, 3), calculated(1, 3)],
      [{ code: CODES.logistic, inputs: [0], outputs: [1] }],
      [1],
      [0, Math.log(3), -Math.log(3)],
    );
    expect(outputs[0]?.map((value) => Number(value.toFixed(6)))).toEqual([0.5, 0.75, 0.25]);
  });
});

describe('MAX_POOL_2D', () => {
  /** `Pool2DOptions`: 0 padding, 1 stride_w, 2 stride_h, 3 filter_width, 4 filter_height. */
  const pooled = (padding: number): TinyOperator => ({
    code: CODES.maxPool2d,
    inputs: [0],
    outputs: [1],
    options: [
      [0, 8, padding],
      [1, 32, 2],
      [2, 32, 1],
      [3, 32, 2],
      [4, 32, 1],
    ],
  });

  it('keeps the largest of a window', async () => {
    const { outputs } = await answer(
      [calculated(1, 2, 4, 1), calculated(1, 2, 2, 1)],
      [pooled(VALID)],
      [1],
      [1, 5, 2, 3, 8, 7, 6, 9],
    );
    expect(outputs).toEqual([[5, 3, 8, 9]]);
  });

  it('takes nothing from beyond the border', async () => {
    const { outputs } = await answer(
      [calculated(1, 1, 3, 1), calculated(1, 1, 2, 1)],
      [pooled(SAME)],
      [1],
      [-1, -2, -3],
    );
    expect(outputs).toEqual([[-1, -3]]);
  });
});

describe('MEAN', () => {
  it.each([
    ['without the two axes', 0, [1, 2]],
    ['with them', 1, [1, 1, 1, 2]],
  ])('leaves of each channel the mean of its pixels, %s', async (_name, keeps, shape) => {
    const { outputs } = await answer(
      [calculated(1, 2, 2, 2), int32([2], 1, 2), calculated(...shape)],
      // ReducerOptions: 0 keep_dims.
      [{ code: CODES.mean, inputs: [0, 1], outputs: [2], options: [[0, 8, keeps]] }],
      [2],
      [1, 10, 2, 20, 3, 30, 6, 40],
    );
    expect(outputs).toEqual([[3, 25]]);
  });
});

describe('RESHAPE', () => {
  it('reads an image pixel by pixel, as TFLite has it', async () => {
    const { outputs } = await answer(
      [calculated(1, 2, 2, 3), int32([3], 1, 4, 3), calculated(1, 4, 3)],
      [{ code: CODES.reshape, inputs: [0, 1], outputs: [2] }],
      [2],
      counted(12),
    );
    expect(outputs).toEqual([counted(12)]);
  });

  it.each([
    ['pixel', [1, 1, 1, 6]],
    ['channel', [1, 2, 3, 1]],
  ])('turns nothing where there is one %s', async (_name, shape) => {
    const { onnx, outputs } = await answer(
      [calculated(...shape), int32([2], 1, 6), calculated(1, 6)],
      [{ code: CODES.reshape, inputs: [0, 1], outputs: [2] }],
      [2],
      counted(6),
    );
    expect(outputs).toEqual([counted(6)]);
    expect(onnx.includes('Transpose')).toBe(false);
  });
});

describe('CONCATENATION', () => {
  /** `ConcatenationOptions`: 0 axis. */
  it.each([
    ['channels of images', 3, [1, 1, 2, 4], [1, 2, 1, 2, 3, 4, 3, 4]],
    ['channels, counted from behind', -1, [1, 1, 2, 4], [1, 2, 1, 2, 3, 4, 3, 4]],
    ['rows of images', 1, [1, 2, 2, 2], [1, 2, 3, 4, 1, 2, 3, 4]],
  ])('puts together %s', async (_name, axis, shape, expected) => {
    const { outputs } = await answer(
      [calculated(1, 1, 2, 2), calculated(...shape)],
      [{ code: CODES.concatenation, inputs: [0, 0], outputs: [1], options: [[0, 32, axis]] }],
      [1],
      counted(4),
    );
    expect(outputs).toEqual([expected]);
  });

  it('puts together lists', async () => {
    const { outputs } = await answer(
      [calculated(1, 1, 2), calculated(1, 2, 2)],
      [{ code: CODES.concatenation, inputs: [0, 0], outputs: [1], options: [[0, 32, 1]] }],
      [1],
      [1, 2],
    );
    expect(outputs).toEqual([[1, 2, 1, 2]]);
  });
});

describe('DEPTH_TO_SPACE', () => {
  it('makes of the channels of a pixel a block of pixels, row by row', async () => {
    const { outputs } = await answer(
      [calculated(1, 1, 2, 8), calculated(1, 2, 4, 2)],
      // DepthToSpaceOptions: 0 block_size.
      [{ code: CODES.depthToSpace, inputs: [0], outputs: [1], options: [[0, 32, 2]] }],
      [1],
      counted(16),
    );
    expect(outputs).toEqual([[1, 2, 3, 4, 9, 10, 11, 12, 5, 6, 7, 8, 13, 14, 15, 16]]);
  });
});

describe('RESIZE_BILINEAR', () => {
  /** `ResizeBilinearOptions`: 2 align_corners, 3 half_pixel_centers. */
  const resized: TinyOperator = {
    code: CODES.resizeBilinear,
    inputs: [0, 1],
    outputs: [2],
    options: [[3, 8, 1]],
  };

  it('takes the value at the middle of a pixel, beyond the last middles the last value', async () => {
    const { outputs } = await answer(
      [calculated(1, 1, 2, 1), int32([2], 2, 4), calculated(1, 2, 4, 1)],
      [resized],
      [2],
      [0, 4],
    );
    expect(outputs).toEqual([[0, 1, 3, 4, 0, 1, 3, 4]]);
  });

  it('gives way to a convolution pixel by pixel, but not to its activation function', async () => {
    const { outputs } = await answer(
      [
        calculated(1, 1, 2, 1),
        int32([2], 2, 4),
        calculated(1, 2, 4, 1),
        float32([1, 1, 1, 1], 2),
        float32([1], -3),
        calculated(1, 2, 4, 1),
      ],
      [resized, convolved([2, 3, 4], 5, { activation: RELU })],
      [5],
      [0, 4],
    );
    // 2·0 − 3, 2·1 − 3, 2·3 − 3, 2·4 − 3, and nothing below zero. Enlarged after RELU it would be 0, 1.25, 3.75, 5.
    expect(outputs).toEqual([[0, 0, 3, 5, 0, 0, 3, 5]]);
  });

  it('is done once, and before them, where more than one convolution wants it', async () => {
    const { outputs, onnx } = await answer(
      [
        calculated(1, 1, 2, 1),
        int32([2], 1, 4),
        calculated(1, 1, 4, 1),
        float32([1, 1, 1, 1], 2),
        float32([1], 1),
        calculated(1, 1, 4, 1),
        float32([1, 1, 1, 1], -1),
        float32([1], 5),
        calculated(1, 1, 4, 1),
      ],
      [resized, convolved([2, 3, 4], 5), convolved([2, 6, 7], 8)],
      [5, 8],
      [0, 4],
    );
    // Enlarged it is 0, 1, 3, 4.
    expect(outputs).toEqual([
      [1, 3, 7, 9],
      [5, 4, 2, 1],
    ]);
    expect(onnx.toString('latin1').split('Resize')).toHaveLength(2);
  });

  it('is refused where it makes no whole multiple: ONNX would make another size of it', async () => {
    const threeTo = (width: number) =>
      answer(
        [calculated(1, 1, 3, 1), int32([2], 1, width), calculated(1, 1, width, 1)],
        [resized],
        [2],
        [3, 3, 3],
      );
    expect((await threeTo(6)).outputs).toEqual([[3, 3, 3, 3, 3, 3]]);
    await expect(threeTo(7)).rejects.toThrow('RESIZE_BILINEAR from 1 × 3 to 1 × 7 is not known here');
    await expect(threeTo(1)).rejects.toThrow('RESIZE_BILINEAR from 1 × 3 to 1 × 1 is not known here');
  });

  it('does not give way to a wider convolution', async () => {
    const { outputs } = await answer(
      [
        calculated(1, 1, 2, 1),
        int32([2], 1, 4),
        calculated(1, 1, 4, 1),
        float32([1, 1, 2, 1], 1, 1),
        float32([1], 0),
        calculated(1, 1, 3, 1),
      ],
      [resized, convolved([2, 3, 4], 5)],
      [5],
      [0, 4],
    );
    expect(outputs).toEqual([[1, 4, 7]]);
  });
});

describe('FULLY_CONNECTED', () => {
  it('reads weights as outputs, inputs', async () => {
    const { outputs } = await answer(
      [calculated(1, 2), float32([3, 2], 1, 10, 100, 1000, 0, 1), float32([3], 1, 1, -9), calculated(1, 3)],
      // FullyConnectedOptions: 0 activation.
      [{ code: CODES.fullyConnected, inputs: [0, 1, 2], outputs: [3], options: [[0, 8, RELU]] }],
      [3],
      [2, 3],
    );
    expect(outputs).toEqual([[33, 3201, 0]]);
  });
});

describe('DEQUANTIZE', () => {
  it('of numbers of 16 bits leaves them so in the file, and loses nothing', async () => {
    const { onnx, outputs } = await answer(
      [
        calculated(1, 1, 1, 1),
        // 1.5, and the smallest number above zero, 2 to the power of -24.
        { shape: [2, 1, 1, 1], data: Uint16Array.of(0x3e00, 0x0001) },
        calculated(2, 1, 1, 1),
        // -0.25 and 0.
        { shape: [2], data: Uint16Array.of(0xb400, 0) },
        calculated(2),
        calculated(1, 1, 1, 2),
      ],
      [
        { code: CODES.dequantize, inputs: [1], outputs: [2] },
        { code: CODES.dequantize, inputs: [3], outputs: [4] },
        convolved([0, 2, 4], 5),
      ],
      [5],
      [2 ** 24],
    );
    expect(outputs).toEqual([[1.5 * 2 ** 24 - 0.25, 1]].map((values) => values.map(Math.fround)));
    expect(onnx.includes(Buffer.from([0x00, 0x3e, 0x01, 0x00]))).toBe(true);
  });
});

describe('DENSIFY', () => {
  it.each([8, 16, 32] as const)('writes out weights whose indices have %i bits', async (bits) => {
    const { outputs } = await answer(
      [
        calculated(1, 1, 1, 3),
        {
          shape: [2, 1, 1, 3],
          // 5, 7 and 9: the first output takes 0 5 0, the second 7 0 9.
          data: Uint16Array.of(0x4500, 0x4700, 0x4880),
          sparsity: [
            { size: 2 },
            { size: 1 },
            { size: 1 },
            { segments: [0, 1, 3], indices: [1, 0, 2], bits },
          ],
        },
        calculated(2, 1, 1, 3),
        calculated(2, 1, 1, 3),
        float32([2], 0, 0),
        calculated(1, 1, 1, 2),
      ],
      [
        { code: CODES.densify, inputs: [1], outputs: [2] },
        { code: CODES.dequantize, inputs: [2], outputs: [3] },
        convolved([0, 3, 4], 5),
      ],
      [5],
      [1, 10, 100],
    );
    expect(outputs).toEqual([[50, 907]]);
  });
});
