import { type Clock, PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import { type ExtensionManifest, type ManifestFault, readManifest } from '../manifest/index.ts';
import { messageOf } from '../runtime/index.ts';
import { inTime } from './load-limit.ts';
import type { OpenedPackage, PackageOrigin } from './package-source.ts';

/** A package whose manifest is sound, or why it is not. */
export type Inspection =
  | {
      readonly ok: true;
      readonly manifest: ExtensionManifest;
      readonly warnings: readonly ManifestFault[];
      readonly opened: OpenedPackage;
    }
  | {
      readonly ok: false;
      /** What to list it under. */
      readonly id: string;
      /** For people: as `title` in `ExtensionStatus`. */
      readonly title: string;
      readonly error: PoseCoachError;
      readonly faults: readonly ManifestFault[];
      readonly warnings: readonly ManifestFault[];
    };

/** Characters of a foreign name that are shown: npm allows 214. */
const LONGEST_NAME = 214;

/** Fetches package.json and reads the manifest in it. Never rejects: what is wrong is what it says. */
export async function inspect(origin: PackageOrigin, clock: Clock, signal: AbortSignal): Promise<Inspection> {
  const address = origin.address ?? 'an extension without a name';
  let opened: OpenedPackage;
  try {
    opened = await inTime(origin.open(signal), clock, signal, address);
  } catch (thrown) {
    const error = toPoseCoachError(
      thrown,
      'EXTENSION_UNAVAILABLE',
      `${address} cannot be read: ${messageOf(thrown)}`,
    );
    return { ok: false, id: address, title: address, error, faults: [], warnings: [] };
  }
  const report = readManifest(opened.packageJson, { module: origin.hasModule });
  if (report.ok) return { ok: true, manifest: report.manifest, warnings: report.warnings, opened };
  const id = nameIn(opened.packageJson, 'name') ?? address;
  return {
    ok: false,
    id,
    title: nameIn(opened.packageJson, 'displayName') ?? id,
    error: manifestError(report.faults),
    faults: report.faults,
    warnings: report.warnings,
  };
}

/** The error that stands for a list of faults. */
export function manifestError(faults: readonly ManifestFault[]): PoseCoachError {
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new PoseCoachError(
    'MANIFEST_INVALID',
    `The manifest is refused${more}. ${faults[0]?.message ?? 'See its faults.'}`,
  );
}

function nameIn(packageJson: unknown, field: 'name' | 'displayName'): string | undefined {
  try {
    const name: unknown = Reflect.get(Object(packageJson), field);
    return typeof name === 'string' && name.trim() !== '' ? name.slice(0, LONGEST_NAME) : undefined;
  } catch {
    // A getter that throws is no name.
    return undefined;
  }
}
