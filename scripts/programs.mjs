// @ts-check
// Finds programs on this machine. Plain JavaScript: it runs on any Node from 20 up, before anything is installed.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The path of a program on this machine, or undefined.
 * @param {string | undefined} preferred a path that is tried first
 * @param {readonly string[]} names names that are looked up on the PATH, in order
 * @returns {string | undefined}
 */
export function findProgram(preferred, names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [preferred, ...names.flatMap((name) => folders.map((folder) => join(folder, name)))];
  return candidates.find((path) => path !== undefined && path !== '' && isExecutable(path));
}

/** A Chromium or Chrome (`CHROMIUM_PATH` first). */
export function findChromium() {
  return findProgram(process.env.CHROMIUM_PATH, [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
  ]);
}

/** A Firefox (`FIREFOX_PATH` first). */
export function findFirefox() {
  return findProgram(process.env.FIREFOX_PATH, ['firefox-esr', 'firefox']);
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
