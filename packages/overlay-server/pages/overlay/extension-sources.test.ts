import { describe, expect, it } from 'vitest';
import { readExtensionSources } from './extension-sources.ts';

describe('the list of extensions', () => {
  it('gives manifests with their addresses, which have no module here and so are isolated', () => {
    const manifest = { name: 'extension-heart' };
    expect(
      readExtensionSources([{ id: 'extension-heart', url: '/extensions/heart/package.json', manifest }]),
    ).toEqual([{ manifest, url: '/extensions/heart/package.json' }]);
  });

  it.each([
    undefined,
    null,
    'nothing',
    [],
    {},
    { length: 1 },
    [null, {}, { url: 7 }, { url: '/x', manifest: 'x' }],
  ])('gives none of %j', (answer) => {
    expect(readExtensionSources(answer)).toEqual([]);
  });
});
