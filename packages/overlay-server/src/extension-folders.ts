import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { PoseCoachError } from '@pose-coach/core';
import type { ExtensionManifest } from '@pose-coach/core/extensions';

/** An extension that the server gives out: what `/api/extensions` lists of it. */
export interface ServedExtension {
  /** Its npm name. */
  readonly id: string;
  /** The address of its package.json; its files lie relative to it. */
  readonly url: string;
  /** The content of its package.json, as far as it is an extension's manifest. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** An extension of the operator's, and the files of it that pages may ask for. */
export interface ExtensionFolder {
  readonly extension: ServedExtension;
  /** Files by their address on the server. */
  readonly files: ReadonlyMap<string, string>;
}

/** Where extensions lie on the server. */
const EXTENSIONS_PATH = '/extensions';

/** What is told of a package.json; the rest is npm's business. */
const MANIFEST_FIELDS = ['name', 'version', 'displayName', 'description', 'poseCoach'] as const;

/**
 * Reads the folders of extensions: their package.json, and the files that it names. Everything that pages may ask
 * for is known afterwards.
 * @throws PoseCoachError `OPTION_INVALID` naming the file, and in it the place, in one line
 */
export async function readExtensionFolders(folders: readonly string[]): Promise<readonly ExtensionFolder[]> {
  if (folders.length === 0) return [];
  // Loaded when it is needed: most servers have no extensions.
  const { readManifest } = await import('@pose-coach/core/extensions');
  const found = new Map<string, ExtensionFolder>();
  for (const folder of folders) {
    const file = join(folder, 'package.json');
    const content = readJson(file);
    const report = readManifest(content);
    if (!report.ok) {
      const [fault] = report.faults;
      throw invalid(
        `"${file}" is no extension’s: ${fault ? `${fault.path}: ${fault.message}` : 'see its manifest.'}`,
      );
    }
    const { manifest } = report;
    const address = `${EXTENSIONS_PATH}/${manifest.prefix}`;
    if (found.has(address)) {
      throw invalid(
        `"${file}" has the prefix "${manifest.prefix}", which another --extension has: leave one out.`,
      );
    }
    found.set(address, {
      extension: { id: manifest.id, url: `${address}/package.json`, manifest: told(content) },
      files: new Map([
        [`${address}/package.json`, file],
        ...filesOf(manifest).map((path) => [posix.join(address, path), fileIn(folder, path)] as const),
      ]),
    });
  }
  return [...found.values()];
}

function filesOf({ main, overlay, assets }: ExtensionManifest): readonly string[] {
  return [main, overlay, ...assets].filter((path) => path !== undefined);
}

/** The file of a path that a manifest names, which must be there, and not lead out of the folder by a link. */
function fileIn(folder: string, path: string): string {
  const file = join(folder, path);
  try {
    const real = realpathSync(file);
    if (!real.startsWith(`${realpathSync(folder)}${sep}`)) {
      throw invalid(`"${file}" leads out of the extension’s folder: put the file itself there.`);
    }
    if (statSync(real).isFile()) return real;
  } catch (error) {
    if (error instanceof PoseCoachError) throw error;
  }
  throw invalid(
    `"${file}", which the extension’s package.json names, is not there: build the extension first.`,
  );
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw invalid(
      `"${file}" cannot be read: --extension takes the folder of an extension’s package.json.`,
      cause,
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(`"${file}" is not JSON.`, cause);
  }
}

function told(content: unknown): Readonly<Record<string, unknown>> {
  const fields = content as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    MANIFEST_FIELDS.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]),
  );
}

function invalid(words: string, cause?: unknown): PoseCoachError {
  return new PoseCoachError('OPTION_INVALID', words, cause === undefined ? {} : { cause });
}
