import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type ManifestFault, readManifest } from '../index.ts';

/** By file: where its one fault or warning lies, and what was expected there. */
export type Expectations = Readonly<Record<string, readonly [path: string, expected: string]>>;

/** The manifests of a folder by their names, without `.json`. */
export function manifestsIn(folder: URL): ReadonlyMap<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as unknown,
    ]),
  );
}

/** One test for each manifest of a folder: that this is all that is found wrong with it. */
export function testOneFaultEach(folder: URL, expectations: Expectations): void {
  const manifests = manifestsIn(folder);

  it('has an expectation for every manifest in the folder', () => {
    expect([...manifests.keys()].sort()).toEqual(Object.keys(expectations).sort());
  });

  for (const [name, [path, expected]] of Object.entries(expectations)) {
    it(`finds one fault in ${name}.json, at ${path || 'the root'}`, () => {
      const report = readManifest(manifests.get(name));
      expect(report.warnings).toEqual([]);
      expectOnly(report.ok ? [] : report.faults, path, expected);
    });
  }
}

export function expectOnly(found: readonly ManifestFault[], path: string, expected: string): void {
  expect(found.map((fault) => [fault.path, fault.expected])).toEqual([[path, expected]]);
  // Whoever reads the message alone learns where to look; a sentence that ends as one.
  expect(found[0]?.message).toMatch(/^(This is not |\/).*\.$/);
  expect(found[0]?.message).toContain(path);
}
