import { PoseCoachError } from '../base/index.ts';

/** Bytes a writer begins with: a wire frame of one person with hands fits without growing. */
const INITIAL_CAPACITY = 1024;

/** Refuses a frame that the byte form cannot carry. */
export function refuseFrame(reason: string): never {
  throw new PoseCoachError('FRAME_INVALID', `This frame cannot be written as bytes: ${reason}`);
}

/** Stops a NaN or an infinity before it is written. */
export function checkedFinite(value: number, name: string): number {
  return Number.isFinite(value) ? value : refuseFrame(`${name} is ${value}, not a finite number.`);
}

/** Stops a number that is not a whole one in [`minimum`, `maximum`] before it is written. */
export function checkedInteger(value: number, minimum: number, maximum: number, name: string): number {
  return Number.isInteger(value) && value >= minimum && value <= maximum
    ? value
    : refuseFrame(`${name} is ${value}, not a whole number from ${minimum} to ${maximum}.`);
}

/** Writes little-endian numbers one after the other into a buffer that grows. */
export class ByteWriter {
  #view = new DataView(new ArrayBuffer(INITIAL_CAPACITY));
  #length = 0;

  /** Makes room for `length` bytes and returns where they begin; write them through `view`. */
  take(length: number): number {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#view.byteLength) {
      const larger = new Uint8Array(Math.max(this.#length, this.#view.byteLength * 2));
      larger.set(new Uint8Array(this.#view.buffer, 0, start));
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }

  /** For writing inside a stretch that `take` has made; ask for it again after every `take`. */
  get view(): DataView {
    return this.#view;
  }

  uint8(value: number): void {
    const at = this.take(1);
    this.#view.setUint8(at, value);
  }

  uint16(value: number): void {
    const at = this.take(2);
    this.#view.setUint16(at, value, true);
  }

  uint32(value: number): void {
    const at = this.take(4);
    this.#view.setUint32(at, value, true);
  }

  float64(value: number): void {
    const at = this.take(8);
    this.#view.setFloat64(at, value, true);
  }

  /** Text with one byte of length before it. */
  text(value: string, name: string): void {
    const encoded = new TextEncoder().encode(value);
    this.uint8(checkedInteger(encoded.length, 0, 255, `the length of ${name}`));
    this.bytes(encoded);
  }

  bytes(values: Uint8Array): void {
    const at = this.take(values.length);
    new Uint8Array(this.#view.buffer).set(values, at);
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#view.buffer.slice(0, this.#length) as ArrayBuffer);
  }
}
