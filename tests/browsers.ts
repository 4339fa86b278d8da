export { findChromium, findFirefox, findProgram } from '../scripts/programs.mjs';

/** Flags for every Chromium that tests start: it asks nobody anything, and root may run it. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
