import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Flags for every Chromium that tests start: it asks nobody anything, and root may run it. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** The path of a Chromium or Chrome on this machine (`CHROMIUM_PATH` first), or undefined. */
export function findChromium(): string | undefined {
  return findProgram(process.env['CHROMIUM_PATH'], [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
  ]);
}

/** The path of a Firefox on this machine (`FIREFOX_PATH` first), or undefined. */
export function findFirefox(): string | undefined {
  return findProgram(process.env['FIREFOX_PATH'], ['firefox-esr', 'firefox']);
}

/** The path of a program on this machine, or undefined. */
export function findProgram(preferred: string | undefined, names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [preferred, ...names.flatMap((name) => folders.map((folder) => join(folder, name)))];
  return candidates.find((path) => path !== undefined && path !== '' && isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
