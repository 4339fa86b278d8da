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

  /** Bytes not read yet. */
  get remaining(): number {
    return this.view.byteLength - this.#offset;
  }

  /** Steps over `length` bytes and returns where they begin. */
  take(length: number): number {
    const start = this.#offset;
    if (length > this.remaining) refuse(`it ends after ${this.view.byteLength} bytes, in the middle.`);
    this.#offset += length;
    return start;
  }

  uint8(): number {
    return this.view.getUint8(this.take(1));
  }

  uint16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  float64(): number {
    return finite(this.view.getFloat64(this.take(8), true));
  }

  /** A copy of `length` bytes. */
  bytes(length: number): Uint8Array {
    const start = this.take(length);
    return new Uint8Array(this.view.buffer, this.view.byteOffset + start, length).slice();
  }

  /** Text with one byte of length before it. */
  text(): string {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes(this.uint8()));
  }

  /** Refuses bytes that nobody asked for: they mean that the two sides disagree on the layout. */
  end(): void {
    if (this.remaining > 0) refuse(`${this.remaining} bytes are left over.`);
  }
}
