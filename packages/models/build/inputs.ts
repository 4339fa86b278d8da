import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { verifyChecksum } from '../src/checksum.ts';
import { ModelsError } from '../src/models-error.ts';
import { type AssetSource, SOURCES } from '../src/sources.ts';

/** A model inside a published file: all of it, or the bytes from `start` to before `end`. */
export interface ModelInput {
  readonly source: AssetSource;
  readonly start?: number;
  readonly end?: number;
}

/** The models that bundles are made of. */
export const INPUTS = {
  poseDetector: { source: SOURCES.poseDetector },
  poseLandmarksLite: { source: SOURCES.poseLandmarksLite },
  poseLandmarksFull: { source: SOURCES.poseLandmarksFull },
  poseLandmarksHeavy: { source: SOURCES.poseLandmarksHeavy },
  /** Where the package's own loader of packed assets says that the full palm detector lies. */
  palmDetector: { source: SOURCES.palmDetectors, start: 11, end: 2_341_291 },
  handLandmarks: { source: SOURCES.handLandmarks },
} as const satisfies Readonly<Record<string, ModelInput>>;

/** The folder in which a package is installed. */
export function packageFolder(name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch (cause) {
    throw new ModelsError('ASSET_NOT_FOUND', `The package ${name} is not installed; run \`pnpm install\`.`, {
      cause,
    });
  }
}

/**
 * Reads a model and checks the file it comes from.
 *
 * @param folderOf where a package is installed
 * @throws ModelsError `ASSET_NOT_FOUND` if the file is missing, `ASSET_INVALID` if it is not the one that was pinned
 */
export async function readInput(
  { source, start = 0, end }: ModelInput,
  folderOf: (packageName: string) => string = packageFolder,
): Promise<Uint8Array> {
  const label = `${source.package}@${source.version}/${source.file}`;
  const bytes = await readFile(join(folderOf(source.package), source.file)).catch((cause: unknown) => {
    throw new ModelsError('ASSET_NOT_FOUND', `${label} is missing; run \`pnpm install\`.`, { cause });
  });
  verifyChecksum(label, bytes, source.sha256);
  return new Uint8Array(bytes.subarray(start, end));
}
