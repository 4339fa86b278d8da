import { PoseCoachError } from '../../base/index.ts';

/** What a package can be fetched over: the web, and in Node the disk. */
const PROTOCOLS = ['http:', 'https:', 'file:'];

/**
 * The address of a package.json.
 * @param address its own, or its folder's; relative to the page where there is one
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function manifestAddress(address: string): URL {
  const base = typeof document === 'undefined' ? undefined : document.baseURI;
  let url: URL;
  try {
    url = new URL(address, base);
  } catch (error) {
    throw new PoseCoachError(
      'OPTION_INVALID',
      `"${address}" is no address. Give that of the extension's package.json or of its folder${base ? '' : ', complete with https:// or file://'}.`,
      { cause: error },
    );
  }
  if (!PROTOCOLS.includes(url.protocol))
    throw new PoseCoachError(
      'OPTION_INVALID',
      `An extension cannot be loaded from "${url.protocol}". Serve its folder over https.`,
    );
  url.hash = '';
  if (url.pathname.endsWith('.json')) return url;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.pathname += 'package.json';
  return url;
}

/** Longest path of a file within a package, in characters. */
const LONGEST_PATH = 200;

/**
 * The address of a file of a package.
 * @param manifest the address of its package.json
 * @param path relative to that, as `./sounds/bell.mp3`
 * @throws PoseCoachError `OPTION_INVALID` for a path that leaves the package, or is none
 */
export function packageFile(manifest: URL, path: string): URL {
  const folder = new URL('.', manifest);
  const fault = (why: string) =>
    new PoseCoachError(
      'OPTION_INVALID',
      `"${path.slice(0, LONGEST_PATH)}" ${why}. Name a file of the package, as in "./sounds/bell.mp3".`,
    );
  if (path.length > LONGEST_PATH) throw fault(`is longer than ${LONGEST_PATH} characters`);
  // Encoded dots and slashes are read differently by different servers, and a query is a message, not a file.
  if (/[?#\\]|%2e|%2f|%5c/i.test(path))
    throw fault('holds characters that a path within a package must not have');
  let url: URL;
  try {
    url = new URL(path, folder);
  } catch {
    throw fault('is no path');
  }
  const inside = url.href.startsWith(folder.href);
  if (!inside || url.href.endsWith('/')) throw fault('leaves the package');
  return url;
}
