import { PoseCoachError } from '../../base/index.ts';
import type { ExtensionManifest } from '../manifest/index.ts';

/**
 * The order in which an extension and all that it depends on are activated: dependencies first, each once, the
 * extension itself last. Extensions that one names side by side come in the order of its manifest.
 * @param manifests those that can be activated
 * @throws PoseCoachError `EXTENSION_NOT_FOUND` naming what is missing and who needs it; `MANIFEST_INVALID` naming the
 * cycle (`a → b → a`)
 */
export function activationOrder(manifests: Iterable<ExtensionManifest>, id: string): string[] {
  const byId = new Map([...manifests].map((manifest) => [manifest.id, manifest]));
  const order = new Set<string>();

  function visit(name: string, path: readonly string[]): void {
    if (order.has(name)) return;
    const start = path.indexOf(name);
    if (start !== -1) {
      const cycle = [...path.slice(start), name].join(' → ');
      throw new PoseCoachError(
        'MANIFEST_INVALID',
        `These extensions wait for each other: ${cycle}. Take one of these dependencies out of its manifest.`,
      );
    }
    const manifest = byId.get(name);
    if (!manifest) throw missing(name, path.at(-1));
    for (const dependency of manifest.dependencies) visit(dependency, [...path, name]);
    order.add(name);
  }

  visit(id, []);
  return [...order];
}

function missing(name: string, dependent: string | undefined): PoseCoachError {
  return new PoseCoachError(
    'EXTENSION_NOT_FOUND',
    dependent === undefined
      ? `There is no extension ${name}.`
      : `${dependent} needs the extension ${name}, which is not there: add it, and switch it on.`,
  );
}
