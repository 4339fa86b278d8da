import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { launchChromium, screenshot } from './chromium.ts';
import { type ServerProcess, startServer } from './overlay-server-process.ts';
import { openStudio, untilLive, untilState } from './studio.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One dancer, the whole body in view, well lit. */
const DANCE = `${fixtures}/videos/dance_phrase_talmolab.mp4`;
const hasFixtures = () => existsSync(DANCE);
const NO_FIXTURES = 'skipped: no fixtures';

/** Milliseconds until an engine that has to share two cores has given its results. */
const PATIENCE = 60_000;

/** A camera that shows the dance through a filter of ffmpeg's. */
function film(folder: string, name: string, filter: string): string {
  const file = join(folder, `${name}.mjpeg`);
  const output = [
    '-t',
    '8',
    '-vf',
    `${filter},scale=480:-2`,
    '-r',
    '30',
    '-an',
    '-q:v',
    '3',
    '-f',
    'mjpeg',
    file,
  ];
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', DANCE, ...output]);
  return file;
}

/** What the guide says of one thing that it checks. */
function check(page: Page, name: string): Locator {
  return page.locator(`pose-guide [data-check="${name}"]`);
}

async function startCamera(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use my camera' }).click();
  await untilState(page, 'running');
  await check(page, 'Light').waitFor();
}

describe('the first steps in the studio', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pose-coach-guide-'));
  let server: ServerProcess;
  const browsers: Browser[] = [];

  async function studio(name: string, filter: string): Promise<Page> {
    const browser = await launchChromium({ camera: film(folder, name, filter) });
    browsers.push(browser);
    return await openStudio(browser, server.studio);
  }

  beforeAll(async () => {
    server = await startServer();
  });

  // Each computes poses for as long as it is open.
  afterEach(async () => {
    for (const browser of browsers.splice(0)) await browser.close();
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lead from the camera to an overlay that shows the dancer, and stay closed then', async (context) => {
    if (!hasFixtures()) return context.skip(NO_FIXTURES);
    const page = await studio('good', 'null');
    await startCamera(page);
    for (const name of ['Whole body in view', 'Light', 'Sharpness']) {
      await check(page, name).getByText('Good', { exact: true }).waitFor({ timeout: PATIENCE });
    }
    // How quick the engine is depends on the machine; that it was counted does not.
    await check(page, 'Results every frame')
      .getByText(/\d+ (results|pictures) a second/)
      .waitFor({ timeout: PATIENCE });
    await screenshot(page, 'guide-check');
    await page.evaluate(axeSource);
    const { violations } = (await page.evaluate('axe.run()')) as {
      readonly violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string }> }>;
    };
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
    await page.getByRole('button', { name: /^(Next: on air|Go on all the same)$/ }).click();
    await page.locator('pose-guide').getByRole('button', { name: 'Go live' }).click();
    await untilLive(page, 'live');
    const address = page.getByLabel('Address of the overlay');
    await expect.poll(() => address.inputValue()).toBe(server.overlay);
    const overlay = await page.context().newPage();
    await overlay.goto(await address.inputValue());
    await page.bringToFront();
    await page.getByText(/^One overlay shows you, \d+ ms after the camera\.$/).waitFor({ timeout: PATIENCE });
    await screenshot(page, 'guide-obs');
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Show the first steps' }).waitFor();
    expect(await page.getByRole('button', { name: 'Use my camera' }).count()).toBe(0);
  });

  it('say what is wrong with a camera that is blurred and sees no legs', async (context) => {
    if (!hasFixtures()) return context.skip(NO_FIXTURES);
    const page = await studio('close', 'crop=iw:ih*0.55:0:0,gblur=sigma=5');
    await startCamera(page);
    await check(page, 'Whole body in view')
      .getByText(/your feet are out of the picture/i)
      .waitFor({ timeout: PATIENCE });
    await check(page, 'Sharpness')
      .getByText('The picture is blurred.', { exact: false })
      .waitFor({ timeout: PATIENCE });
    expect(await page.locator('pose-guide circle.cut[data-part=leftFoot]').count()).toBe(1);
    expect(await page.locator('pose-guide circle.seen[data-part=head]').count()).toBe(1);
    await screenshot(page, 'guide-faults');
  });

  it('ask for light in the dark, and say that sharpness is not known there', async (context) => {
    if (!hasFixtures()) return context.skip(NO_FIXTURES);
    const page = await studio('dark', 'lutyuv=y=16+(val-16)*0.15');
    await startCamera(page);
    await check(page, 'Light').getByText('It is too dark.', { exact: false }).waitFor({ timeout: PATIENCE });
    await check(page, 'Sharpness').getByText('Not known yet', { exact: true }).waitFor();
  });
});
