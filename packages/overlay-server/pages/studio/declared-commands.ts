import { type CommandDeclaration, readManifest } from '@pose-coach/core/extensions';

/** What extensions say in their manifests that can be done; nothing of one whose manifest is faulty. */
export function commandsOf(manifests: readonly unknown[]): readonly CommandDeclaration[] {
  return manifests.flatMap((manifest) => {
    const report = readManifest(manifest);
    return report.ok ? report.manifest.contributes.commands : [];
  });
}
