import { PoseCoachError } from '../base/index.ts';

/** Bytes a writer begins with: a wire frame of one person with hands fits without growing. */
const INITIAL_CAPACITY = 1024;

/** Refuses a frame that the byte form cannot carry. */
export function refuseFrame(reason: string): never {
  throw new PoseCoachError('FRAME_INVALID', `This frame cannot be written as bytes: ${reason}.`);
}

/** Writes little-endian numbers one after the other into a buffer that grows, and refuses what does not fit. */
export class ByteWriter {
  /** For writing inside a stretch that `take` has made; another one after every `take`. */
  view = new DataView(new ArrayBuffer(INITIAL_CAPACITY));
  #length = 0;

  /** Makes room for `length` bytes and returns where they begin. */
  take(length: number): number {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.view.byteLength) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(new Uint8Array(this.view.buffer));
      this.view = new DataView(larger.buffer);
    }
    return start;
  }

  /**
   * A whole number from 0 to what `bytes` bytes can hold.
   * @param name what it is, for the refusal
   */
  unsigned(value: number, bytes: number, name = 'a number'): void {
    const limit = 256 ** bytes;
    if (!(Number.isInteger(value) && value >= 0 && value < limit)) {
      refuseFrame(`${name} is ${value}, not a whole number below ${limit}`);
    }
    const at = this.take(bytes);
    for (let index = 0; index < bytes; index += 1) this.view.setUint8(at + index, value / 256 ** index);
  }

  /** A finite number. */
  float64(value: number, name: string): void {
    if (!Number.isFinite(value)) refuseFrame(`${name} is ${value}`);
    const at = this.take(8);
    this.view.setFloat64(at, value, true);
  }

  /** Text with one byte of length before it. */
  text(value: string, name: string): void {
    const encoded = new TextEncoder().encode(value);
    this.unsigned(encoded.length, 1, name);
    const at = this.take(encoded.length);
    new Uint8Array(this.view.buffer).set(encoded, at);
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.view.buffer.slice(0, this.#length));
  }
}
