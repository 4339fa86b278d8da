import { modelManifest } from '@pose-coach/models';
import { describe, expect, it } from 'vitest';
import { knownModels } from './model-finder.ts';

describe('knownModels', () => {
  it('reads what the models package writes', () => {
    const read = knownModels(JSON.parse(JSON.stringify(modelManifest)));
    expect(read.map(({ name }) => name)).toEqual(modelManifest.models.map(({ name }) => name));
    expect(read).toMatchObject(modelManifest.models.map(({ bytes, sha256 }) => ({ bytes, sha256 })));
  });

  it.each([
    undefined,
    null,
    'manifest',
    [],
    {},
    { version: 1 },
    { version: 1, models: { lite: 1 } },
    { version: 2, models: modelManifest.models },
  ])('knows nothing by %j', (manifest) => {
    expect(knownModels(manifest)).toEqual([]);
  });

  it.each([
    ['no model', null],
    ['no name', { bytes: 1, sha256: 'a'.repeat(64) }],
    ['no size', { name: 'a.task', sha256: 'a'.repeat(64) }],
    ['half a byte', { name: 'a.task', bytes: 1.5, sha256: 'a'.repeat(64) }],
    ['no checksum', { name: 'a.task', bytes: 1 }],
    ['half a checksum', { name: 'a.task', bytes: 1, sha256: 'a'.repeat(32) }],
  ])('leaves out an entry with %s, and keeps the others', (_, entry) => {
    const whole = { name: 'b.task', bytes: 2, sha256: 'b'.repeat(64) };
    expect(knownModels({ version: 1, models: [entry, whole] })).toEqual([whole]);
  });
});
