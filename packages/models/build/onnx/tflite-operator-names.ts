/**
 * What TFLite calls the operators of image networks, by number: members of `BuiltinOperator` in `schema.fbs`
 * (tensorflow/tflite-micro, tensorflow/compiler/mlir/lite/schema/schema.fbs). Far from all of them are converted;
 * the others are here so that an error can name them.
 */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'ADD'],
  [1, 'AVERAGE_POOL_2D'],
  [2, 'CONCATENATION'],
  [3, 'CONV_2D'],
  [4, 'DEPTHWISE_CONV_2D'],
  [5, 'DEPTH_TO_SPACE'],
  [6, 'DEQUANTIZE'],
  [9, 'FULLY_CONNECTED'],
  [11, 'L2_NORMALIZATION'],
  [14, 'LOGISTIC'],
  [17, 'MAX_POOL_2D'],
  [18, 'MUL'],
  [19, 'RELU'],
  [21, 'RELU6'],
  [22, 'RESHAPE'],
  [23, 'RESIZE_BILINEAR'],
  [25, 'SOFTMAX'],
  [26, 'SPACE_TO_DEPTH'],
  [28, 'TANH'],
  [34, 'PAD'],
  [39, 'TRANSPOSE'],
  [40, 'MEAN'],
  [41, 'SUB'],
  [42, 'DIV'],
  [43, 'SQUEEZE'],
  [45, 'STRIDED_SLICE'],
  [49, 'SPLIT'],
  [53, 'CAST'],
  [54, 'PRELU'],
  [55, 'MAXIMUM'],
  [57, 'MINIMUM'],
  [60, 'PADV2'],
  [65, 'SLICE'],
  [67, 'TRANSPOSE_CONV'],
  [97, 'RESIZE_NEAREST_NEIGHBOR'],
  [98, 'LEAKY_RELU'],
  [100, 'MIRROR_PAD'],
  [114, 'QUANTIZE'],
  [117, 'HARD_SWISH'],
  [124, 'DENSIFY'],
]);

/** The number under which a model has operators of its own, each with a name that the model gives it. */
const CUSTOM = 32;

export function operatorName(code: number, customName: string): string {
  if (code === CUSTOM) return `CUSTOM ${customName}`;
  return NAMES.get(code) ?? `BuiltinOperator ${code}`;
}
