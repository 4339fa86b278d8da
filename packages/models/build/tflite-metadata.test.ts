import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../tests/fixtures.ts';
import { assembleBundle, RECIPES } from './bundle.ts';
import {
  byteVector,
  child,
  children,
  floats,
  identifier,
  integer,
  rootTable,
  type Table,
  text,
} from './flatbuffer-reader.ts';
import { writeMetadata } from './tflite-metadata.ts';

/** What the engine reads from metadata: how pixels become numbers, and which kind of thing each tensor holds. */
function meaning(metadata: Uint8Array) {
  const [subgraph] = children(rootTable(metadata), 3);
  if (!subgraph) throw new Error('The metadata describes no subgraph.');
  const tensor = (table: Table) => {
    const content = child(table, 3);
    const properties = content && child(content, 1);
    const statistics = child(table, 5);
    return {
      contentKind: content && integer(content, 0, 8),
      colorSpace: properties && integer(properties, 0, 8),
      processing: children(table, 4).map((unit) => {
        const options = child(unit, 1);
        return {
          kind: integer(unit, 0, 8),
          mean: options && floats(options, 0),
          deviation: options && floats(options, 1),
        };
      }),
      range: statistics && { maximum: floats(statistics, 0), minimum: floats(statistics, 1) },
    };
  };
  return {
    identifier: identifier(metadata),
    parser: text(rootTable(metadata), 7).replace(/\0+$/, ''),
    inputs: children(subgraph, 2).map(tensor),
    outputs: children(subgraph, 3).map((output) => {
      const { contentKind } = tensor(output);
      return { contentKind };
    }),
    inputNames: children(subgraph, 2).map((input) => text(input, 0)),
  };
}

/** The metadata inside each model of a bundle. */
function metadataOf(bundle: Uint8Array): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(unzipSync(bundle)).map(([name, model]) => {
      const root = rootTable(model);
      const entry = children(root, 6).find((candidate) => text(candidate, 0) === 'TFLITE_METADATA');
      const buffer = entry && children(root, 4)[integer(entry, 1, 32)];
      if (!buffer) throw new Error(`${name} carries no metadata.`);
      return [name, byteVector(buffer, 0).bytes.slice()];
    }),
  );
}

describe('writeMetadata', () => {
  const metadata = writeMetadata({
    name: 'a model',
    description: 'sees things',
    input: {
      name: 'image',
      description: 'what to look at',
      normalization: { mean: 127.5, standardDeviation: 127.5 },
    },
    outputs: [
      { name: 'first', description: 'one' },
      { name: 'second', description: 'two' },
    ],
  });
  const root = rootTable(metadata);
  const [subgraph] = children(root, 3);

  it('marks what it writes as metadata that a parser of version 1.0.0 understands', () => {
    expect(identifier(metadata)).toBe('M001');
    expect(text(root, 7)).toBe('1.0.0');
  });

  it('can be read back: names, descriptions, licence', () => {
    expect([text(root, 0), text(root, 1), text(root, 5)]).toEqual(['a model', 'sees things', 'Apache-2.0']);
    const outputs = subgraph ? children(subgraph, 3) : [];
    expect(outputs.map((output) => [text(output, 0), text(output, 1)])).toEqual([
      ['first', 'one'],
      ['second', 'two'],
    ]);
  });

  it('says that the input is an RGB image from -1 to 1 when the mean is the middle of the range', () => {
    expect(meaning(metadata).inputs).toEqual([
      {
        contentKind: 2,
        colorSpace: 1,
        processing: [{ kind: 1, mean: [127.5], deviation: [127.5] }],
        range: { maximum: [1], minimum: [-1] },
      },
    ]);
  });
});

describe('the metadata of an assembled bundle', () => {
  it("means the same as that of Google's bundle for the full size", async (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const recipe = RECIPES.find(({ name }) => name === 'pose_landmarker_full.task');
    if (!recipe) throw new Error('There is no recipe for the full size.');
    const official = metadataOf(await readFile(join(fixtures, 'models/pose_landmarker_full.task')));
    const ours = metadataOf(await assembleBundle(recipe));
    expect(Object.keys(ours)).toEqual(Object.keys(official));
    for (const [name, metadata] of Object.entries(official)) {
      expect(meaning(ours[name] ?? new Uint8Array()), name).toEqual(meaning(metadata));
    }
  });
});
