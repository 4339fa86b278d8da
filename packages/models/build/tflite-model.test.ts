import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { byteVector, children, identifier, integer, rootTable, text } from './flatbuffer-reader.ts';
import { INPUTS, type ModelInput, readInput } from './inputs.ts';
import { addMetadata } from './tflite-model.ts';

const metadata = new TextEncoder().encode('a description of a model, seven and fifty letters long ..');
const names = Object.keys(INPUTS) as Array<keyof typeof INPUTS>;

async function withMetadata(input: ModelInput) {
  const before = await readInput(input);
  const after = addMetadata(before, metadata);
  return { before, after };
}

describe.each(names)('addMetadata to %s', (name) => {
  it('keeps the model byte for byte, at an address that is a multiple of 16', async () => {
    const { before, after } = await withMetadata(INPUTS[name]);
    const place = Buffer.from(after).indexOf(before);
    expect(place).toBeGreaterThan(0);
    expect(place % 16).toBe(0);
  });

  it('leaves every part of the model as it was and adds one buffer and one entry', async () => {
    const { before, after } = await withMetadata(INPUTS[name]);
    const [old, now] = [rootTable(before), rootTable(after)];
    expect(identifier(after)).toBe('TFL3');
    expect(integer(now, 0, 32)).toBe(3);
    expect(text(now, 3)).toBe(text(old, 3));
    for (const field of [1, 2]) expect(children(now, field).length).toBe(children(old, field).length);
    const oldBuffers = children(old, 4).map((buffer) => byteVector(buffer, 0));
    const newBuffers = children(now, 4).map((buffer) => byteVector(buffer, 0));
    expect(newBuffers.length).toBe(oldBuffers.length + 1);
    expect(
      oldBuffers.every(
        ({ bytes }, index) => Buffer.compare(bytes, newBuffers[index]?.bytes ?? metadata) === 0,
      ),
    ).toBe(true);
    expect(children(now, 6).map((entry) => text(entry, 0))).toEqual([
      ...children(old, 6).map((entry) => text(entry, 0)),
      'TFLITE_METADATA',
    ]);
  });

  it('keeps weights aligned to 16 bytes, as the schema asks', async () => {
    const { after } = await withMetadata(INPUTS[name]);
    const starts = children(rootTable(after), 4).map((buffer) => byteVector(buffer, 0).start);
    expect(starts.filter((start) => start % 16 !== 0)).toEqual([]);
  });

  it('lets the metadata be found by its name', async () => {
    const { after } = await withMetadata(INPUTS[name]);
    const root = rootTable(after);
    const entry = children(root, 6).at(-1);
    const buffer = entry && children(root, 4)[integer(entry, 1, 32)];
    expect(buffer && byteVector(buffer, 0).bytes).toEqual(metadata);
  });
});

describe('addMetadata', () => {
  it('refuses bytes that are no TFLite model', () => {
    expect(() => addMetadata(new TextEncoder().encode('<!doctype html><title>404'), metadata)).toThrow(
      expect.objectContaining({ code: 'ASSET_INVALID', message: expect.stringContaining('TFL3') }),
    );
    expect(() => addMetadata(new Uint8Array(3), metadata)).toThrow(
      expect.objectContaining({ code: 'ASSET_INVALID' }),
    );
  });

  it('refuses a model that has metadata already', async () => {
    const { after } = await withMetadata(INPUTS.poseDetector);
    expect(() => addMetadata(after, metadata)).toThrow(
      expect.objectContaining({ code: 'ASSET_INVALID', message: expect.stringContaining('already') }),
    );
  });
});
