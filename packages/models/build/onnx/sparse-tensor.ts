import { ModelsError } from '../../src/models-error.ts';
import {
  byteVector,
  child,
  children,
  integer,
  integers,
  type Table,
  unsignedShorts,
} from '../flatbuffer-reader.ts';
import { type Constant, elementCount } from './constant.ts';

/**
 * How one axis of a sparse tensor is kept. `dense`: all of it. `sparse`: only some indices; those that belong to
 * entry n of the axis before stand at `segments[n]` to before `segments[n + 1]` of `indices`.
 */
export type SparseAxis =
  | { readonly kind: 'dense'; readonly size: number }
  | { readonly kind: 'sparse'; readonly segments: readonly number[]; readonly indices: readonly number[] };

/**
 * SparsityParameters: 0 traversal_order, 1 block_map, 2 dim_metadata.
 *
 * @returns the axes in their own order
 * @throws ModelsError `ASSET_INVALID` if axes are kept in another order, or in blocks
 */
export function readSparsity(sparsity: Table): readonly SparseAxis[] {
  const order = integers(sparsity, 0);
  if (order.some((axis, index) => axis !== index) || integers(sparsity, 1).length > 0) {
    throw new ModelsError(
      'ASSET_INVALID',
      `A sparse tensor in the order [${order}] or in blocks is not understood.`,
    );
  }
  return children(sparsity, 2).map(readAxis);
}

/** DimensionMetadata: 0 format, 1 dense_size, 2 array_segments_type, 3 array_segments, 4 and 5 the same of indices. */
function readAxis(axis: Table): SparseAxis {
  const DENSE = 0;
  if (integer(axis, 0, 8) === DENSE) return { kind: 'dense', size: integer(axis, 1, 32) };
  return { kind: 'sparse', segments: readIndexVector(axis, 2), indices: readIndexVector(axis, 4) };
}

/** `SparseIndexVector`, a union of vectors of integers of 32, 16 and 8 bits: its type, and in the next field itself. */
function readIndexVector(axis: Table, field: number): readonly number[] {
  const vector = child(axis, field + 1);
  if (!vector) return [];
  switch (integer(axis, field, 8)) {
    case 1:
      return integers(vector, 0);
    case 2:
      return unsignedShorts(vector, 0);
    default:
      return [...byteVector(vector, 0).bytes];
  }
}

/** Writes out a sparse tensor in full, with zeros where it holds nothing. */
export function densify(sparse: Constant, axes: readonly SparseAxis[]): Constant {
  const { type, shape } = sparse;
  const count = elementCount(shape);
  const places = storedPlaces(shape, axes);
  if (places.length !== sparse.data.length) {
    throw new RangeError(`A sparse tensor holds ${sparse.data.length} numbers for ${places.length} places.`);
  }
  // All bits zero is the number zero in each of the types.
  if (type === 'float32')
    return { type, shape, data: scattered(new Float32Array(count), sparse.data, places) };
  if (type === 'float16')
    return { type, shape, data: scattered(new Uint16Array(count), sparse.data, places) };
  throw new RangeError('A sparse tensor of integers is not understood.');
}

function scattered<Numbers extends Float32Array | Uint16Array>(
  target: Numbers,
  values: Numbers,
  places: readonly number[],
): Numbers {
  places.forEach((place, index) => {
    target[place] = values[index] ?? 0;
  });
  return target;
}

/** For each number that a sparse tensor holds, in its order, where it stands in the full one. */
function storedPlaces(shape: readonly number[], axes: readonly SparseAxis[]): readonly number[] {
  if (axes.length !== shape.length)
    throw new RangeError('A sparse tensor does not describe each of its axes.');
  let places: readonly number[] = [0];
  axes.forEach((axis, index) => {
    const size = shape[index] ?? 0;
    if (axis.kind === 'dense' && axis.size !== size) {
      throw new RangeError(`An axis of ${size} is kept as one of ${axis.size}.`);
    }
    places = places.flatMap((place, entry) => indicesOf(axis, entry).map((i) => place * size + i));
  });
  return places;
}

function indicesOf(axis: SparseAxis, entry: number): readonly number[] {
  return axis.kind === 'dense'
    ? Array.from({ length: axis.size }, (_, index) => index)
    : axis.indices.slice(axis.segments[entry], axis.segments[entry + 1]);
}
