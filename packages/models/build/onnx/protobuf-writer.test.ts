import { describe, expect, it } from 'vitest';
import { ProtobufWriter } from './protobuf-writer.ts';

const hex = (writer: ProtobufWriter) =>
  [...writer.finish()].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** The first three are the examples of protobuf.dev, "Encoding". */
describe('ProtobufWriter', () => {
  it('writes a number in groups of seven bits', () => {
    expect(hex(new ProtobufWriter().integer(1, 150))).toBe('08 96 01');
  });

  it('writes text with its length in bytes', () => {
    expect(hex(new ProtobufWriter().text(2, 'testing'))).toBe('12 07 74 65 73 74 69 6e 67');
  });

  it('writes a message inside a message', () => {
    expect(hex(new ProtobufWriter().message(3, new ProtobufWriter().integer(1, 150)))).toBe('1a 03 08 96 01');
  });

  it('writes numbers beyond 32 bits, and field numbers beyond 15', () => {
    // 2 to the power of 35 is a one behind five groups of zeros; 20 · 8 is 160, which is 32 and one group.
    expect(hex(new ProtobufWriter().integer(20, 2 ** 35))).toBe('a0 01 80 80 80 80 80 01');
  });

  it('writes a number with a fraction in four bytes, the lowest first', () => {
    expect(hex(new ProtobufWriter().float(2, 1.5))).toBe('15 00 00 c0 3f');
  });

  it('writes zero, and nothing, as they are', () => {
    expect(hex(new ProtobufWriter().integer(1, 0).bytes(2, new Uint8Array()))).toBe('08 00 12 00');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'writes no %s as a whole number',
    (value) => {
      expect(() => new ProtobufWriter().integer(1, value)).toThrow(RangeError);
    },
  );
});
