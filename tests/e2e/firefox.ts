import { type Browser, launch } from 'puppeteer-core';
import { findFirefox } from '../browsers.ts';
import { findXvfb, type Screen, startScreen } from './xvfb.ts';

/** Firefox with a profile that is thrown away. */
export interface RunningFirefox {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** What is missing on this machine to run Firefox, or undefined. */
export function missingForFirefox(): string | undefined {
  if (!findFirefox()) return 'skipped: no Firefox';
  return findXvfb() ? undefined : 'skipped: no Xvfb (headless Firefox has no WebGL)';
}

/** Starts it without a screen, where it has no WebGL. */
export async function launchHeadlessFirefox(): Promise<RunningFirefox> {
  const browser = await launch({ browser: 'firefox', executablePath: firefoxProgram(), headless: true });
  return { browser, close: () => browser.close() };
}

function firefoxProgram(): string {
  const program = findFirefox();
  if (!program) throw new Error('No Firefox on this machine: install it or set FIREFOX_PATH.');
  return program;
}

/** Starts it on a screen of its own, with software graphics: MediaPipe's engine needs WebGL. */
export async function launchFirefox(): Promise<RunningFirefox> {
  const executablePath = firefoxProgram();
  const screen: Screen = await startScreen();
  try {
    const browser = await launch({
      browser: 'firefox',
      executablePath,
      headless: false,
      env: { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1', MOZ_ENABLE_WAYLAND: '0' },
    });
    return {
      browser,
      close: async () => {
        await browser.close();
        await screen.close();
      },
    };
  } catch (error) {
    await screen.close();
    throw error;
  }
}
