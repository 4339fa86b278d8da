/** Wire types of Protocol Buffers (protobuf.dev, "Encoding"). */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/**
 * Writes one Protocol Buffers message, field after field, by field number. A message inside a message is another
 * writer, whose bytes are not copied until the whole is asked for.
 */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /**
   * A whole number, not below zero: fields of type `int64`, `int32` and enum.
   *
   * @throws RangeError if it is another number, such as a damaged model may lead to
   */
  integer(field: number, value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no size or count.`);
    return this.#key(field, VARINT).#varint(value);
  }

  /** A field of type `float`. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#key(field, FIXED_32).#append(bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#key(field, LENGTH_DELIMITED).#varint(value.length).#append(value);
  }

  message(field: number, value: ProtobufWriter): this {
    this.#key(field, LENGTH_DELIMITED).#varint(value.#length);
    for (const part of value.#parts) this.#append(part);
    return this;
  }

  /** The message so far. */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let position = 0;
    for (const part of this.#parts) {
      bytes.set(part, position);
      position += part.length;
    }
    return bytes;
  }

  #key(field: number, wireType: number): this {
    return this.#varint(field * 8 + wireType);
  }

  /** Seven bits a byte, the lowest first; all bytes but the last have the highest bit set. */
  #varint(value: number): this {
    const bytes: number[] = [];
    let rest = value;
    while (rest >= 0x80) {
      bytes.push((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.#append(Uint8Array.of(...bytes, rest));
  }

  #append(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}
