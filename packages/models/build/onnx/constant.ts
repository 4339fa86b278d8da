/**
 * A tensor of known numbers, row by row. Numbers of type `float16` stay in their sixteen bits, which nothing here
 * looks into: they are moved, not calculated with.
 */
export type Constant = { readonly shape: readonly number[] } & (
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'float16'; readonly data: Uint16Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
);

/** How many numbers a tensor of a shape holds. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The same numbers in another shape. */
export function reshaped(constant: Constant, shape: readonly number[]): Constant {
  if (elementCount(shape) !== constant.data.length) {
    throw new RangeError(`${constant.data.length} numbers do not fill the shape [${shape}].`);
  }
  return { ...constant, shape };
}

/**
 * Puts the axes into another order.
 *
 * @param axes for each axis of the result, which of the old ones it is
 */
export function transposed(constant: Constant, axes: readonly number[]): Constant {
  const shape = axes.map((axis) => constant.shape[axis] ?? 0);
  const steps = axes.map((axis) => elementCount(constant.shape.slice(axis + 1)));
  const places = sourcePlaces(shape, steps);
  switch (constant.type) {
    case 'float32':
      return {
        type: 'float32',
        shape,
        data: Float32Array.from(places, (place) => constant.data[place] ?? 0),
      };
    case 'float16':
      return { type: 'float16', shape, data: Uint16Array.from(places, (place) => constant.data[place] ?? 0) };
    case 'int64':
      return {
        type: 'int64',
        shape,
        data: BigInt64Array.from(places, (place) => constant.data[place] ?? 0n),
      };
  }
}

/** For each number of the result, in its order, where it stands in the original. */
function sourcePlaces(shape: readonly number[], steps: readonly number[]): Uint32Array {
  let places = Uint32Array.of(0);
  shape.forEach((size, axis) => {
    const step = steps[axis] ?? 0;
    const next = new Uint32Array(places.length * size);
    places.forEach((place, index) => {
      for (let i = 0; i < size; i++) next[index * size + i] = place + i * step;
    });
    places = next;
  });
  return places;
}
