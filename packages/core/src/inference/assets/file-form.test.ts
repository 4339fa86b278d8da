import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formFault } from './file-form.ts';

/** `(module (func (export "f") (result i32) i32.const 7))`: type, function, export and code section. */
const WASM = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7f],
  ...[3, 2, 1, 0],
  ...[7, 5, 1, 1, 0x66, 0, 0],
  ...[10, 6, 1, 4, 0, 0x41, 7, 0x0b],
);

/** `ModelProto` by hand: ir_version 8, producer_name "me", graph with the name "g", opset_import version 17. */
const ONNX = Uint8Array.of(
  ...[0x08, 8],
  ...[0x12, 2, 0x6d, 0x65],
  ...[0x3a, 3, 0x12, 1, 0x67],
  ...[0x42, 2, 0x10, 17],
);

/** One stored, empty entry with the name "a": its local header, its central one, and the end record. */
const ZIP = Uint8Array.of(
  ...[0x50, 0x4b, 3, 4, 20, ...zeros(21), 1, 0, 0, 0, 0x61],
  ...[0x50, 0x4b, 1, 2, 20, 0, 20, ...zeros(21), 1, 0, ...zeros(16), 0x61],
  ...[0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 47, 0, 0, 0, 31, 0, 0, 0, 0, 0],
);

const SCRIPT = new TextEncoder().encode('export const loader = 1;\n');
const PAGE = new TextEncoder().encode('\n<!doctype html><title>App</title>');

const WHOLE: Readonly<Record<string, Uint8Array>> = {
  'bundle.task': ZIP,
  'model.onnx': ONNX,
  'engine.wasm': WASM,
  'loader.mjs': SCRIPT,
};

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

describe('formFault', () => {
  it('has a module to look at that the browser’s own reader takes for one', () => {
    expect(WebAssembly.validate(WASM)).toBe(true);
  });

  it.each(Object.entries(WHOLE))('finds nothing wrong with a whole %s', (name, bytes) => {
    expect(formFault(name, bytes)).toBeUndefined();
    expect(formFault(`https://example.org/assets/${name}?v=2#x`, bytes)).toBeUndefined();
  });

  it('finds a model bundle and an ONNX model cut off at every length', () => {
    for (const [name, bytes] of [['bundle.task', ZIP] as const, ['model.onnx', ONNX] as const]) {
      for (let length = 0; length < bytes.length; length += 1) {
        expect(formFault(name, bytes.subarray(0, length)), `${name} to byte ${length}`).toMatch(
          /^is (cut off|no model bundle|no ONNX model)$/,
        );
      }
    }
  });

  it('finds WebAssembly cut off wherever a section is not whole', () => {
    const boundaries = [8, 15, 19, 26];
    for (let length = 0; length < WASM.length; length += 1) {
      const fault = formFault('engine.wasm', WASM.subarray(0, length));
      if (boundaries.includes(length)) expect(fault, `to byte ${length}`).toBeUndefined();
      else expect(fault, `to byte ${length}`).toBe(length < 8 ? 'is no WebAssembly' : 'is cut off');
    }
  });

  it('takes no form for another, and no web page for any', () => {
    for (const name of Object.keys(WHOLE)) {
      if (name === 'loader.mjs') continue;
      for (const [other, bytes] of [...Object.entries(WHOLE), ['page', PAGE] as const]) {
        if (other !== name) expect(formFault(name, bytes), `${other} as ${name}`).toMatch(/^is no /);
      }
    }
    expect(formFault('loader.mjs', PAGE)).toBe('is a web page, not a script');
    expect(formFault('loader.mjs', new Uint8Array())).toBe('is empty');
  });

  it('has an answer to any bytes', () => {
    const names = fc.constantFrom(...Object.keys(WHOLE));
    fc.assert(
      fc.property(names, fc.uint8Array({ maxLength: 64 }), (name, bytes) => {
        expect(['string', 'undefined']).toContain(typeof formFault(name, bytes));
      }),
    );
  });

  it('passes a name that says nothing of what it should be', () => {
    expect(formFault('/models/mine', PAGE)).toBeUndefined();
  });
});
