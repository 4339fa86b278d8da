import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** Milliseconds per stage: u8 count, then each u8 length and UTF-8 name, f64 ms. */
export function writeStages(writer: ByteWriter, stages: Readonly<Record<string, number>>): void {
  const entries = Object.entries(stages);
  writer.unsigned(entries.length, 1, 'the number of stages');
  for (const [name, milliseconds] of entries) {
    writer.text(name, 'the length of a stage’s name');
    writer.float64(milliseconds, name);
  }
}

export function readStages(reader: ByteReader): Record<string, number> {
  const count = reader.unsigned(1);
  const stages: [string, number][] = [];
  for (let index = 0; index < count; index += 1) stages.push([reader.text(), reader.float64()]);
  // Not by assignment: a stage that calls itself `__proto__` must not become one.
  return Object.fromEntries(stages);
}
