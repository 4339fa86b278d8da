import type { ExtensionManifest } from '../manifest/manifest.ts';

/** All that need an extension, directly or through others, however they go round in circles. */
export function dependents(manifests: readonly ExtensionManifest[], id: string): readonly string[] {
  const found = new Set<string>();
  const open = [id];
  for (let needed = open.pop(); needed !== undefined; needed = open.pop()) {
    for (const manifest of manifests) {
      if (!manifest.dependencies.includes(needed) || found.has(manifest.id) || manifest.id === id) continue;
      found.add(manifest.id);
      open.push(manifest.id);
    }
  }
  return [...found];
}
