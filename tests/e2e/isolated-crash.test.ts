import { expect, it } from 'vitest';
import { findChromium } from '../browsers.ts';
import { launchChromium } from './chromium.ts';
import { startCountingServer } from './counting-server.ts';
import { buildIsolatedApp } from './isolated-page.ts';
import { serveStatic } from './static-server.ts';

/** Megabytes of JavaScript objects a thread may hold: a machine's memory need not be filled to see it run out. */
const HEAP = 100;
/** Longest wait in ms for the process to run out of memory, and for the host to notice. */
const PATIENCE = 60_000;

const PEACEFUL = `
  export function activate(context, coach) {
    coach.commands.register('probe.run', (a, b) => a + b);
  }`;

/** Fills the memory frame by frame, each in good time: no watchdog would stop it. */
const CRASHING = `
  const kept = [];
  export function activate(context, coach) {
    coach.analyzers.register('probe.frames', {
      create: () => ({
        step() {
          kept.push(Array.from({ length: 20_000 }, (_, index) => ({ index })));
          return [];
        },
        reset() {},
      }),
    });
  }`;

it('An isolated extension that exhausts the memory of its process takes no page with it, and is the one to blame', async (context) => {
  if (!findChromium()) return context.skip('skipped: no Chromium');
  const app = await buildIsolatedApp();
  const own = await serveStatic(app.mounts);
  const counting = await startCountingServer();
  const browser = await launchChromium({ flags: [`--js-flags=--max-old-space-size=${HEAP}`] });
  try {
    const page = await browser.newPage();
    await page.goto(`${own.origin}/`);
    await page.waitForFunction(() => 'runCrash' in window);
    // The driver takes the crash of a frame for one of the page and talks to it no more: it reports by itself.
    await page.evaluate(
      ({ peaceful, crashing, report }) => {
        const { runCrash } = window as unknown as { runCrash(...texts: string[]): Promise<void> };
        void runCrash(peaceful, crashing, report);
      },
      { peaceful: PEACEFUL, crashing: CRASHING, report: `${counting.origin}/outcome` },
    );
    await expect.poll(() => counting.paths, { timeout: PATIENCE }).toHaveLength(1);
    const found = new URL(counting.paths[0] ?? '', counting.origin).searchParams;
    expect(Object.fromEntries(found)).toEqual({
      crashed: 'EXTENSION_FAILED',
      neighbour: 'ABORTED',
      again: '42',
    });
  } finally {
    await browser.close();
    counting.close();
    own.close();
    app.app.dispose();
  }
});
