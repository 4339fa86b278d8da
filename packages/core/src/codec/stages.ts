import type { ByteReader } from './byte-reader.ts';
import { type ByteWriter, checkedFinite, checkedInteger } from './byte-writer.ts';

/** Milliseconds per stage: u8 count, then each u8 length and UTF-8 name, f64 ms. */
export function writeStages(writer: ByteWriter, stages: Readonly<Record<string, number>>): void {
  const entries = Object.entries(stages);
  writer.uint8(checkedInteger(entries.length, 0, 255, 'the number of stages'));
  for (const [name, milliseconds] of entries) {
    writer.text(name, 'a stage’s name');
    writer.float64(checkedFinite(milliseconds, `stage “${name}”`));
  }
}

export function readStages(reader: ByteReader): Record<string, number> {
  const count = reader.uint8();
  const stages: [string, number][] = [];
  for (let index = 0; index < count; index += 1) stages.push([reader.text(), reader.float64()]);
  // Not by assignment: a stage that calls itself `__proto__` must not become one.
  return Object.fromEntries(stages);
}
