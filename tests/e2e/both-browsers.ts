import { findChromium } from '../browsers.ts';
import { launchChromium } from './chromium.ts';
import { launchFirefox, missingForFirefox } from './firefox.ts';

/** Chromium and Firefox, for tests that ask the same of both: why one is not there, and how to open a page in it. */
export const bothBrowsers = [
  {
    name: 'Chromium',
    missing: () => (findChromium() ? undefined : 'skipped: no Chromium'),
    open: async () => {
      const browser = await launchChromium();
      return { page: await browser.newPage(), close: () => browser.close() };
    },
  },
  {
    name: 'Firefox',
    missing: missingForFirefox,
    open: async () => {
      const { browser, close } = await launchFirefox();
      return { page: await browser.newPage(), close };
    },
  },
];
