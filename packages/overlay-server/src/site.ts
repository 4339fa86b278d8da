import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PoseCoachError } from '@pose-coach/core';
import { locateAssets } from '@pose-coach/models/copy';
import { PART_FRAME_HEADERS, PART_FRAME_PATH, partFrame } from './part-frame.ts';

/** A file that the server gives out. */
export interface SiteFile {
  readonly file: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly etag: string;
  /** Whether the address changes with the content, so that it may be kept for ever. */
  readonly immutable: boolean;
  /** Whether it is a page that computes, and is to be isolated from other sites' for that. */
  readonly isolated: boolean;
  /** Headers of its own, which take the place of those that pages have. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every address that has a file behind it. Made once, at start: no request ever reaches the file system by its path. */
export type Site = ReadonlyMap<string, SiteFile>;

/** Files to be given out, by address. */
export type SiteFiles = ReadonlyMap<string, string>;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Where the engine runs. The overlay only draws, in whatever browser a streaming program brings. */
const COMPUTING_PAGE = '/studio';

const OTHER_TYPE = 'application/octet-stream';

/** Files larger than this many bytes are told apart by size and time instead of by their content, to start quickly. */
const HASHED_UP_TO = 2_000_000;

/**
 * What the server gives out: the pages of `pages` (a folder per page, whose `index.html` answers at the folder's own
 * address), the frame of isolated extensions, and below `/assets/` the models and the engine's WebAssembly, or the files of `assets`.
 * @throws PoseCoachError `OPTION_INVALID` when `assets` is no such folder
 */
export function buildSite(pages: string, assets: string | undefined, frame = partFrame()): Site {
  if (assets !== undefined && !existsSync(join(assets, 'models'))) {
    throw new PoseCoachError(
      'OPTION_INVALID',
      `The folder of assets "${assets}" has no models: make it with \`npx @pose-coach/models copy <folder>\`.`,
    );
  }
  const site = new Map<string, SiteFile>();
  const add = (path: string, file: string) => site.set(path, describe(path, file));
  for (const path of listFiles(pages)) {
    const file = join(pages, path);
    if (posix.basename(path) === 'index.html') add(`/${posix.dirname(path)}`, file);
    else add(`/${path}`, file);
  }
  if (assets === undefined) {
    for (const { path, location } of locateAssets()) {
      const file = fileURLToPath(location);
      if (existsSync(file)) add(`/assets/${path}`, file);
    }
  } else {
    for (const path of listFiles(assets)) add(`/assets/${path}`, join(assets, path));
  }
  if (frame) {
    site.set(PART_FRAME_PATH, {
      ...describe(PART_FRAME_PATH, frame.file),
      headers: { ...PART_FRAME_HEADERS, 'content-security-policy': frame.policy },
    });
  }
  return site;
}

/** The site with further files, which have these headers. */
export function addFiles(site: Site, files: SiteFiles, headers: Readonly<Record<string, string>>): Site {
  const added = [...files].map(([path, file]) => [path, { ...describe(path, file), headers }] as const);
  return new Map([...site, ...added]);
}

/** The files below a folder, relative, with forward slashes; none where there is no such folder. */
function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'));
}

function describe(path: string, file: string): SiteFile {
  const { size, mtimeMs } = statSync(file);
  const hash = createHash('sha256').update(size > HASHED_UP_TO ? `${size} ${mtimeMs}` : readFileSync(file));
  return {
    file,
    contentType: CONTENT_TYPES[extname(file)] ?? OTHER_TYPE,
    bytes: size,
    etag: `"${hash.digest('base64url').slice(0, 22)}"`,
    immutable: path.includes('/chunks/'),
    isolated: path === COMPUTING_PAGE,
  };
}
