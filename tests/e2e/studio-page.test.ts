import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, screenshot } from './chromium.ts';
import { type ServerProcess, startServer } from './overlay-server-process.ts';
import { press, untilState } from './studio.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core answers, as far as it is looked at here. */
interface AxeResults {
  readonly violations: ReadonlyArray<{
    readonly id: string;
    readonly nodes: ReadonlyArray<{ readonly html: string }>;
  }>;
}

describe('the studio page', () => {
  let browser: Browser;
  let server: ServerProcess;
  const pages: Page[] = [];

  async function open(address: string, viewport = { width: 1280, height: 860 }): Promise<Page> {
    const context = await browser.newContext({
      viewport,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    pages.push(page);
    await page.goto(address);
    return page;
  }

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each([
    ['a desktop', { width: 1280, height: 860 }],
    ['a phone', { width: 390, height: 844 }],
  ])('passes the accessibility audit on %s, and does not scroll sideways', async (name, viewport) => {
    const page = await open(server.studio, viewport);
    await page.getByRole('button', { name: /start the camera/i }).waitFor();
    await page.getByText('If something is off').click();
    // Through the debugger: the page's own policy forbids scripts that it did not bring.
    await page.evaluate(axeSource);
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await screenshot(page, `studio-${name.split(' ')[1]}`);
  });

  it('is isolated from other sites, so that WebAssembly has every core; the overlay need not be', async () => {
    const studio = await open(server.studio);
    expect(await studio.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([
      true,
      'function',
    ]);
    // Also where the code of the engine comes from: a worker out of a blob.
    const inWorker = await studio.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const address = URL.createObjectURL(new Blob(['postMessage(crossOriginIsolated)']));
          const worker = new Worker(address);
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = reject;
        }),
    );
    expect(inWorker).toBe(true);
    const overlay = await open(server.overlay);
    expect(await overlay.evaluate(() => crossOriginIsolated)).toBe(false);
  });

  it('gives the overlay’s link as the server made it, and copies it', async () => {
    const page = await open(server.studio);
    const link = page.getByLabel('Copy the overlay’s address:');
    await expect.poll(() => link.inputValue()).toBe(server.overlay);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied.').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(server.overlay);
    // The address is good: a page that it leads to says that nobody is live, and not that it was refused.
    const overlay = await open(copied);
    await expect.poll(() => overlay.title()).toContain('nobody is live');
  });

  it('goes on with what the coach looks at behind another tab', async () => {
    const page = await open(server.studio);
    await press(page, /play the sample/i);
    await untilState(page, 'running');
    await page.getByRole('tab', { name: 'Overlay' }).click();
    await page.locator('pose-stage-editor').waitFor();
    expect(await page.locator('pose-coach').isVisible()).toBe(false);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          let frames = 0;
          document.querySelector('pose-coach')?.addEventListener('pose-frame', () => {
            frames += 1;
            if (frames === 60) resolve();
          });
        }),
    );
    expect(await page.evaluate(() => document.querySelector('pose-coach')?.state.status)).toBe('running');
  });

  it.each([
    ['no token', '', 'has no token'],
    ['an old token', '#channel=main&token=a-token-from-another-day', 'not the server’s any more'],
  ])('says what to do when its address has %s', async (_, fragment, words) => {
    const page = await open(server.studio.replace(/#.*/, fragment));
    const alert = page.getByRole('alert').filter({ hasText: words });
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Open the studio link that the server printed');
    expect(await page.getByRole('button', { name: 'Copy' }).isDisabled()).toBe(true);
  });
});
