import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { chromiumFlags } from '../browsers.ts';
import { cameraFlags, chromiumProgram } from './chromium.ts';
import { startScreen } from './xvfb.ts';

/** Without it Chromium has no WebGL on a machine that has no graphics card. */
const SOFTWARE_GRAPHICS = '--enable-unsafe-swiftshader';

/** Chromium in a window on a screen of its own. */
export interface DesktopChromium {
  /** Its one window, whose pages are tabs. */
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/**
 * Starts Chromium as a person does: not headless, and without what browser automation adds, by which a page that
 * nobody sees is taken for one that somebody does (anti-throttling flags, the pretence that every page has the focus).
 * @param camera an .mjpeg file that its camera plays
 */
export async function startDesktopChromium(camera: string): Promise<DesktopChromium> {
  const screen = await startScreen();
  const profile = mkdtempSync(join(tmpdir(), 'pose-coach-profile-'));
  const child = spawn(
    chromiumProgram(),
    [
      ...chromiumFlags,
      ...cameraFlags(camera),
      SOFTWARE_GRAPHICS,
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--window-size=1280,800',
      'about:blank',
    ],
    { env: { ...process.env, DISPLAY: screen.display }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async () => {
    child.kill();
    await exited;
    await screen.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let printed = '';
      child.stderr.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const found = /DevTools listening on (\S+)/.exec(printed)?.[1];
        if (found) resolve(found);
      });
      child.once('error', reject);
      void exited.then(() => reject(new Error(`Chromium ended: ${printed}`)));
    });
    const browser = await chromium.connectOverCDP(address, { noDefaults: true });
    const [context] = browser.contexts();
    if (!context) throw new Error('Chromium has no window.');
    return {
      context,
      close: async () => {
        await browser.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
