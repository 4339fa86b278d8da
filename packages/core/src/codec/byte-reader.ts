import { PoseCoachError } from '../base/index.ts';

/** Refuses the bytes being read; `decoding` turns it into an answer. */
export function refuse(reason: string): never {
  throw new PoseCoachError('BYTES_INVALID', reason);
}

/** Stops a NaN or an infinity at the border. */
export function finite(value: number): number {
  return Number.isFinite(value) ? value : refuse('a number in it is not finite.');
}

/**
 * Reads little-endian numbers one after the other and refuses to read past the end. Whoever reads a list takes
 * its whole length first, so that a forged count is refused before anything is allocated for it.
 */
export class ByteReader {
  /** For reading inside a stretch that `take` has checked. */
  readonly view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Steps over `length` bytes and returns where they begin. */
  take(length: number): number {
    const start = this.#offset;
    this.#offset += length;
    if (this.#offset > this.view.byteLength) refuse('it ends in the middle.');
    return start;
  }

  /** A whole number of that many bytes. */
  unsigned(bytes: number): number {
    const at = this.take(bytes);
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value += this.view.getUint8(at + index) * 256 ** index;
    return value;
  }

  /** A finite number. */
  float64(): number {
    return finite(this.view.getFloat64(this.take(8), true));
  }

  /** Text with one byte of length before it. */
  text(): string {
    const length = this.unsigned(1);
    const start = this.take(length);
    const encoded = new Uint8Array(this.view.buffer, this.view.byteOffset + start, length);
    // Copied: browsers refuse to decode shared memory.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(encoded.slice());
  }

  /** Refuses bytes that nobody asked for: they mean that the two sides disagree on the layout. */
  end(): void {
    if (this.#offset < this.view.byteLength) refuse('it goes on behind its end.');
  }
}
