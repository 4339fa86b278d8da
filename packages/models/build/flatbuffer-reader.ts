/** The place of a table in a FlatBuffer. */
export interface Table {
  readonly view: DataView;
  readonly position: number;
}

/**
 * Reads FlatBuffers by field number: written against the format's description (flatbuffers.dev, "FlatBuffer
 * Internals"), not with the library that writes, so that in tests both have to be right.
 *
 * Everything here throws `RangeError` where a file ends too early or refers to what lies outside it.
 */
export function rootTable(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { view, position: view.getUint32(0, true) };
}

/** The four letters that say what a FlatBuffer is. */
export function identifier(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(4, 8));
}

/** Where a field's value or reference is, or undefined where the table leaves it out. */
export function fieldPosition({ view, position }: Table, field: number): number | undefined {
  const vtable = position - view.getInt32(position, true);
  const entry = 4 + 2 * field;
  if (entry >= view.getUint16(vtable, true)) return undefined;
  const offset = view.getUint16(vtable + entry, true);
  return offset === 0 ? undefined : position + offset;
}

/** A field that refers to a table. */
export function child(table: Table, field: number): Table | undefined {
  const position = fieldPosition(table, field);
  return position === undefined ? undefined : { view: table.view, position: follow(table.view, position) };
}

/** A field that is a vector of tables; empty where it is left out. */
export function children(table: Table, field: number): readonly Table[] {
  const { start, length } = vector(table, field, 4);
  return Array.from({ length }, (_, index) => ({
    view: table.view,
    position: follow(table.view, start + 4 * index),
  }));
}

/** A field that is a vector of 32-bit integers. */
export function integers(table: Table, field: number): readonly number[] {
  const { start, length } = vector(table, field, 4);
  return Array.from({ length }, (_, index) => table.view.getInt32(start + 4 * index, true));
}

/** A field that is a vector of 16-bit integers without a sign. */
export function unsignedShorts(table: Table, field: number): readonly number[] {
  const { start, length } = vector(table, field, 2);
  return Array.from({ length }, (_, index) => table.view.getUint16(start + 2 * index, true));
}

/** A field that is a vector of 32-bit numbers with a fraction. */
export function floats(table: Table, field: number): readonly number[] {
  const { start, length } = vector(table, field, 4);
  return Array.from({ length }, (_, index) => table.view.getFloat32(start + 4 * index, true));
}

/** A field that is a vector of bytes, and where in the file they begin. */
export function byteVector(
  table: Table,
  field: number,
): { readonly start: number; readonly bytes: Uint8Array } {
  const { start, length } = vector(table, field, 1);
  const { buffer, byteOffset } = table.view;
  return { start, bytes: new Uint8Array(buffer, byteOffset + start, length) };
}

/** A field that is text. */
export function text(table: Table, field: number): string {
  return new TextDecoder().decode(byteVector(table, field).bytes);
}

/** A field that is a 32-bit or an 8-bit number; the schema's default, mostly 0, where it is left out. */
export function integer(table: Table, field: number, bits: 8 | 32, fallback = 0): number {
  const position = fieldPosition(table, field);
  if (position === undefined) return fallback;
  return bits === 8 ? table.view.getInt8(position) : table.view.getInt32(position, true);
}

function vector(
  table: Table,
  field: number,
  bytesEach: number,
): { readonly start: number; readonly length: number } {
  const position = fieldPosition(table, field);
  if (position === undefined) return { start: 0, length: 0 };
  const at = follow(table.view, position);
  const [start, length] = [at + 4, table.view.getUint32(at, true)];
  // Before anybody makes room for so many; and the view may be a part of a larger buffer, which would not mind.
  if (start + length * bytesEach > table.view.byteLength) {
    throw new RangeError('A vector ends outside the FlatBuffer.');
  }
  return { start, length };
}

function follow(view: DataView, position: number): number {
  return position + view.getUint32(position, true);
}
