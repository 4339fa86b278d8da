import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyChecksum } from './checksum.ts';
import { type AssetLocation, locateAssets } from './locate.ts';
import type { AssetEngine } from './manifest.ts';
import { ModelsError } from './models-error.ts';
import { writeWhole } from './write-whole.ts';

/** A file that was copied. */
export interface CopiedFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** The engine that needs it; absent where every engine does. */
  readonly engine?: AssetEngine;
}

/**
 * Copies models and WebAssembly into a folder that an app serves: the folder's address is then what `assets`
 * names. Every file is read and checked before the first is written, and each appears as a whole or not at all.
 *
 * @param folder made if it does not exist
 * @param files what to copy; all that belongs below an `assets` address unless told otherwise
 * @throws ModelsError `ASSET_NOT_FOUND`, `ASSET_INVALID` or `WRITE_FAILED`, naming the file
 *
 * @example
 * await copyAssets('public/pose-coach');
 * await copyAssets('public/pose-coach', locateAssets('onnx')); // only what this engine needs
 */
export async function copyAssets(
  folder: string,
  files: readonly AssetLocation[] = locateAssets(),
): Promise<readonly CopiedFile[]> {
  const contents = await Promise.all(files.map(async (file) => ({ ...file, bytes: await readAsset(file) })));
  const copied: CopiedFile[] = [];
  for (const { path, bytes, engine } of contents) {
    const target = join(folder, ...path.split('/'));
    await writeWhole(target, bytes).catch((cause: unknown) => {
      throw new ModelsError('WRITE_FAILED', `Cannot write ${target}: ${reason(cause)}.`, { cause });
    });
    copied.push({ path, bytes: bytes.length, ...(engine && { engine }) });
  }
  return copied;
}

async function readAsset({ path, location, sha256 }: AssetLocation): Promise<Uint8Array> {
  const bytes = await readFile(location).catch((cause: unknown) => {
    throw new ModelsError(
      'ASSET_NOT_FOUND',
      `${path} is missing (${reason(cause)}). Install @pose-coach/models again; in a checkout, build it first.`,
      { cause },
    );
  });
  if (sha256 !== undefined) verifyChecksum(path, bytes, sha256);
  return bytes;
}

/** The system's words for what went wrong, or its code, in one line. */
function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return (code && SYSTEM_ERRORS[code]) ?? code ?? String(error);
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EEXIST: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
  ENOENT: 'no such file',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands where a folder is needed',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
};
