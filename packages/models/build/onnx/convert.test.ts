import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { ModelsError } from '../../src/models-error.ts';
import { convertToOnnx, type NetworkDescription } from './convert.ts';
import { type TinyModel, type TinyOperator, type TinyTensor, writeTinyTflite } from './tiny-tflite.ts';

const LOGISTIC = 14;
const RESIZE_BILINEAR = 23;
const SOFTMAX = 25;
const CUSTOM = 32;
const PAD = 34;
const PRELU = 54;

const NETWORK: NetworkDescription = {
  name: 'tiny',
  description: 'A test.',
  input: 'image',
  outputs: ['chances'],
};

/** A sigmoid, of which a second output that few want takes an operator of another kind and its weights. */
function model(second: Partial<TinyOperator> = {}, secondShape: readonly number[] = [1, 2]): TinyModel {
  const weights: TinyTensor = { shape: [1, 1, 2], data: Float32Array.of(0.125, 1234.5) };
  return {
    tensors: [{ shape: [1, 2] }, { shape: [1, 2] }, weights, { shape: secondShape }],
    operators: [
      { code: LOGISTIC, inputs: [0], outputs: [1] },
      { code: PRELU, inputs: [0, 2], outputs: [3], ...second },
    ],
    inputs: [0],
    outputs: [1, 3],
  };
}

const BOTH = { ...NETWORK, outputs: ['chances', 'slopes'] };
const ONE = { ...NETWORK, outputs: ['chances', undefined] };
const WEIGHTS = Buffer.from(Float32Array.of(0.125, 1234.5).buffer);

describe('convertToOnnx', () => {
  it('gives inputs and outputs the names it is told', async () => {
    const session = await InferenceSession.create(convertToOnnx(writeTinyTflite(model()), BOTH));
    expect(session.inputNames).toEqual(['image']);
    expect(session.outputNames).toEqual(['chances', 'slopes']);
    await session.release();
  });

  it('leaves out an output that is not wanted, with all that only it needs', async () => {
    const tflite = writeTinyTflite(model());
    expect(Buffer.from(convertToOnnx(tflite, BOTH)).includes(WEIGHTS)).toBe(true);
    const pruned = convertToOnnx(tflite, ONE);
    expect(Buffer.from(pruned).includes(WEIGHTS)).toBe(false);
    const session = await InferenceSession.create(pruned);
    expect(session.outputNames).toEqual(['chances']);
    await session.release();
  });

  it('multiplies and shifts the input where the network wants other numbers', async () => {
    const tflite = writeTinyTflite({
      ...model(),
      tensors: [{ shape: [1, 2] }, { shape: [1, 2] }],
      operators: [{ code: LOGISTIC, inputs: [0], outputs: [1] }],
      outputs: [1],
    });
    const onnx = convertToOnnx(tflite, { ...NETWORK, rescale: { factor: 2, offset: 1 } });
    const session = await InferenceSession.create(onnx);
    const { chances } = await session.run({
      image: new Tensor('float32', [-0.5, (Math.log(3) - 1) / 2], [1, 2]),
    });
    expect([...((chances?.data ?? []) as Float32Array)].map((value) => value.toFixed(6))).toEqual([
      '0.500000',
      '0.750000',
    ]);
    await session.release();
  });

  it('keeps the description in the file', () => {
    const onnx = Buffer.from(convertToOnnx(writeTinyTflite(model()), BOTH));
    expect(onnx.includes('A test.')).toBe(true);
  });

  it('gives the same bytes each time', () => {
    const tflite = writeTinyTflite(model());
    expect(convertToOnnx(tflite, BOTH)).toEqual(convertToOnnx(tflite, BOTH));
  });

  it.each([
    ['SOFTMAX', { code: SOFTMAX }],
    ['CUSTOM Convolution2DTransposeBias', { code: CUSTOM, customName: 'Convolution2DTransposeBias' }],
    ['BuiltinOperator 159', { code: 159 }],
  ])('names an operator that it does not know: %s', (name, operator) => {
    const tflite = writeTinyTflite(model(operator));
    expect(() => convertToOnnx(tflite, BOTH)).toThrow(
      expect.objectContaining({
        code: 'ASSET_INVALID',
        message: expect.stringContaining(`operator ${name} is not known`),
      }),
    );
    // Where nobody wants what comes of it, it may be what it likes.
    expect(convertToOnnx(tflite, ONE).length).toBeGreaterThan(0);
  });

  it('names an operator that it knows in other forms only', () => {
    const corners = model({ code: RESIZE_BILINEAR, inputs: [0], options: [[2, 8, 1]] });
    const refusal = expect.objectContaining({
      code: 'ASSET_INVALID',
      message: expect.stringContaining('RESIZE_BILINEAR without half-pixel centres'),
    });
    expect(() => convertToOnnx(writeTinyTflite(corners), BOTH)).toThrow(refusal);
  });

  it('says which tensor should be constant and is not', () => {
    const tflite = writeTinyTflite(model({ code: PAD, inputs: [0, 1] }));
    expect(() => convertToOnnx(tflite, BOTH)).toThrow(
      expect.objectContaining({ code: 'ASSET_INVALID', message: expect.stringContaining('tensor 1') }),
    );
  });

  it('counts outputs before it names them', () => {
    expect(() => convertToOnnx(writeTinyTflite(model()), NETWORK)).toThrow(
      expect.objectContaining({
        code: 'ASSET_INVALID',
        message: expect.stringContaining('expected one input and 1 outputs, found 1 and 2'),
      }),
    );
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a page', new TextEncoder().encode('<!doctype html><title>404 Not Found</title>')],
    ['a ZIP archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0)],
    ['an ONNX model', convertToOnnx(writeTinyTflite(model()), BOTH)],
  ])('refuses %s', (_name, bytes) => {
    expect(() => convertToOnnx(bytes, BOTH)).toThrow(
      expect.objectContaining({ code: 'ASSET_INVALID', message: expect.stringContaining('TFL3') }),
    );
  });

  it('refuses a model that is cut short, at whatever length', () => {
    const tflite = writeTinyTflite(model());
    for (let length = 0; length < tflite.length; length++) {
      expect(() => convertToOnnx(tflite.slice(0, length), BOTH), `${length} bytes`).toThrow(ModelsError);
      // A part of a larger buffer, in which the rest still lies.
      expect(() => convertToOnnx(tflite.subarray(0, length), BOTH), `${length} bytes`).toThrow(ModelsError);
    }
  });

  it('converts a model of which bytes differ, or refuses it, and does nothing else', () => {
    const tflite = writeTinyTflite(model());
    const damage = fc.array(fc.tuple(fc.nat(tflite.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, (flips) => {
        const damaged = tflite.slice();
        for (const [position, bits] of flips) damaged[position] = (damaged[position] ?? 0) ^ bits;
        try {
          convertToOnnx(damaged, BOTH);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelsError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
