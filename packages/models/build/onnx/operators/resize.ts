import { integer } from '../../flatbuffer-reader.ts';
import { type Conversion, required } from '../conversion.ts';
import type { TfliteOperator } from '../tflite-graph.ts';

/** How much higher and wider. */
type Factors = readonly [height: number, width: number];

/** RESIZE_BILINEAR. */
export function resizeBilinear(operator: TfliteOperator, conversion: Conversion): void {
  const source = conversion.value(required(operator, operator.inputs, 0));
  const { type, inputs, attributes } = resizeNode(source, resizeFactors(operator, conversion), conversion);
  conversion.emit(type, inputs, conversion.name(required(operator, operator.outputs, 0)), attributes);
}

/** The ONNX node that resizes an image by its two directions' nearest pixels, half-pixel centres. */
export function resizeNode(source: string, factors: Factors, conversion: Conversion) {
  const scales = conversion.list(`scales_${factors.join('_')}`, [1, 1, ...factors], 'float32');
  return {
    type: 'Resize',
    // The empty name stands for the region of interest, which this mode does without.
    inputs: [source, '', scales],
    attributes: { mode: 'linear', coordinate_transformation_mode: 'half_pixel' },
  };
}

/** What was made larger, if a tensor is an image that was, for one operator alone. */
export function enlargementBefore(
  index: number,
  conversion: Conversion,
): { readonly source: number; readonly factors: Factors } | undefined {
  const operator = conversion.producer(index);
  if (operator?.name !== 'RESIZE_BILINEAR' || conversion.consumers(index) > 1) return undefined;
  const factors = resizeFactors(operator, conversion);
  if (factors[0] * factors[1] <= 1) return undefined;
  return { source: required(operator, operator.inputs, 0), factors };
}

/**
 * `ResizeBilinearOptions`: 2 align_corners, 3 half_pixel_centers. Whole factors only: of others ONNX, which multiplies
 * and rounds down, makes other sizes (3 pixels times 7/3 are 6).
 */
function resizeFactors(operator: TfliteOperator, conversion: Conversion): Factors {
  const says = (field: number) => operator.options !== undefined && integer(operator.options, field, 8) !== 0;
  if (says(2) || !says(3)) throw conversion.refusal(operator, 'without half-pixel centres');
  const [, height = 0, width = 0] = conversion.tensor(required(operator, operator.inputs, 0)).shape;
  const [, newHeight = 0, newWidth = 0] = conversion.tensor(required(operator, operator.outputs, 0)).shape;
  const factors = [newHeight / height, newWidth / width] as const;
  if (!factors.every(Number.isInteger)) {
    throw conversion.refusal(operator, `from ${height} × ${width} to ${newHeight} × ${newWidth}`);
  }
  return factors;
}
