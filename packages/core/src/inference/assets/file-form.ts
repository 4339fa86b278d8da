/**
 * What is wrong with the form of a file, as the rest of a sentence about it: nothing as far as can be told without
 * a checksum. Each form is followed from its first byte to its last, so that a file that was cut off is found out.
 *
 * @param name the file's name or address, whose ending says what it should be; one that is not known passes
 */
export function formFault(name: string, bytes: Uint8Array): string | undefined {
  const ending = /\.(\w+)$/.exec(name.replace(/[?#].*$/s, ''))?.[1];
  switch (ending) {
    case 'task':
      return zipFault(bytes);
    case 'onnx':
      return onnxFault(bytes);
    case 'wasm':
      return wasmFault(bytes);
    case 'js':
    case 'mjs':
      return scriptFault(bytes);
    default:
      return undefined;
  }
}

/** The bytes that a ZIP archive begins with, `PK`, and those that its last record begins with (APPNOTE 4.3.16). */
const ZIP_START = [0x50, 0x4b];
const ZIP_END = [0x50, 0x4b, 5, 6];
/** Length of that record where no comment follows, which is how model bundles are written. */
const ZIP_END_BYTES = 22;

function zipFault(bytes: Uint8Array): string | undefined {
  if (!startsWith(bytes, ZIP_START)) return 'is no model bundle';
  return startsWith(bytes.subarray(-ZIP_END_BYTES), ZIP_END) ? undefined : CUT_OFF;
}

/** `\0asm`, and version 1 (WebAssembly core specification 5.5.16). */
const WASM_START = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** Behind its head a module is a row of sections: an identity of one byte, a length, and so many bytes. */
function wasmFault(bytes: Uint8Array): string | undefined {
  if (!startsWith(bytes, WASM_START)) return 'is no WebAssembly';
  let position = WASM_START.length;
  while (position < bytes.length) {
    const length = readVarint(bytes, position + 1);
    if (!length) return CUT_OFF;
    position = length.end + length.value;
  }
  return position === bytes.length ? undefined : CUT_OFF;
}

/** Numbers of `ModelProto`'s fields in onnx.proto: a model without a graph or its operators' version is none. */
const GRAPH = 7;
const OPSET_IMPORT = 8;
/** Field numbers end here in that message. */
const LAST_FIELD = 26;

/** A model is one protobuf message: a row of fields, each a tag, and a number or a length and so many bytes. */
function onnxFault(bytes: Uint8Array): string | undefined {
  const found = new Set<number>();
  let position = 0;
  while (position < bytes.length) {
    const tag = readVarint(bytes, position);
    const field = tag && tag.value >>> 3;
    const kind = tag && tag.value & 7;
    // Numbers and byte strings are all that the message has.
    if (!field || field > LAST_FIELD || (kind !== 0 && kind !== 2)) return NO_ONNX;
    const number = readVarint(bytes, tag.end);
    if (!number) return CUT_OFF;
    position = number.end + (kind === 2 ? number.value : 0);
    if (position > bytes.length) return found.size > 0 ? CUT_OFF : NO_ONNX;
    found.add(field);
  }
  if (found.has(GRAPH) && found.has(OPSET_IMPORT)) return undefined;
  return found.size > 0 ? CUT_OFF : NO_ONNX;
}

const NO_ONNX = 'is no ONNX model';
const CUT_OFF = 'is cut off';

/** A script may begin with anything but a web page's first tag. */
function scriptFault(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'is empty';
  const start = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart();
  return start.startsWith('<') ? 'is a web page, not a script' : undefined;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** The whole number at a position, seven bits to a byte, the lowest first; undefined where the bytes end before it. */
function readVarint(bytes: Uint8Array, start: number): { value: number; end: number } | undefined {
  let value = 0;
  let scale = 1;
  for (let position = start; position < bytes.length; position += 1) {
    const byte = bytes[position] ?? 0;
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (byte < 0x80) return { value, end: position + 1 };
  }
  return undefined;
}
