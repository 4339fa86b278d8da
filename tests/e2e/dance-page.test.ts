import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreignRequests, launchChromium, screenshot } from './chromium.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const dance = join(repository, 'packages/extension-dance');

/** Milliseconds for the page to load everything and play some of its sample, on a busy machine. */
const PATIENCE = 60_000;

let browser: Browser;
let server: StaticServer;
let site = '';

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'pose-coach-dance-'));
  const copy = join(repository, 'packages/elements/bin/elements.js');
  execFileSync(process.execPath, [copy, 'copy', join(site, 'pose-coach')], { stdio: 'pipe' });
  for (const part of ['package.json', 'dist']) {
    cpSync(join(dance, part), join(site, 'extension-dance', part), { recursive: true });
  }
  const page = /```html\n([\s\S]*?)```/.exec(readFileSync(join(dance, 'README.md'), 'utf8'))?.[1] ?? '';
  writeFileSync(join(site, 'index.html'), `<!doctype html>\n${page}`);
  server = await serveStatic({ '/': site });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  if (site) rmSync(site, { recursive: true, force: true });
});

describe('the page of the dance README', () => {
  it('runs the extension locked away and shows what a real dancer does', async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
    const foreign = foreignRequests(page, server.host);
    await page.goto(`${server.origin}/`);
    await page.getByRole('button', { name: /play the sample/i }).click();
    await page.getByRole('button', { name: 'Allow' }).click({ timeout: PATIENCE });
    await page.waitForFunction(
      () => {
        const latest = (metric: string) =>
          document.querySelector('pose-coach')?.coachExtensions?.metrics.latest(metric) ?? [];
        return (
          latest('dance.movement').some(({ value }) => value === 'dancing') &&
          latest('dance.intensity').some(({ value }) => Number(value) > 20)
        );
      },
      undefined,
      { timeout: PATIENCE },
    );
    await page.getByText('Dancing', { exact: true }).waitFor();
    await screenshot(page, 'extension-dance');
    const [status] = await page.evaluate(
      () => document.querySelector('pose-coach')?.coachExtensions?.list ?? [],
    );
    expect(status).toMatchObject({
      state: 'active',
      trust: 'isolated',
      faults: [],
      warnings: [],
      granted: ['poses', 'audio'],
    });
    expect(foreign).toEqual([]);
    await page.close();
  });
});
