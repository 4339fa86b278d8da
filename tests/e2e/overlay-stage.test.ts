import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { StageController } from '@pose-coach/core/live';
import { defaultStage, type Scene } from '@pose-coach/core/stage';
import type { Browser, Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { foreignRequests, launchChromium, screenshot } from './chromium.ts';
import { untilPainted } from './overlay.ts';
import { type ServerProcess, startServer } from './overlay-server-process.ts';
import { change, controller, skeletonScene, widget } from './stage-scenes.ts';
import { type StreamedSample, streamSample } from './streamed-sample.ts';

const WIDE = { width: 1920, height: 1080 };

/** Somebody else's widget: a rectangle in the colour of its setting, with nothing of ours in it. */
const FOREIGN_MANIFEST = {
  name: 'extension-square',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'square',
    overlay: './overlay.js',
    contributes: {
      overlayWidgets: [
        {
          id: 'square.square',
          title: 'Square',
          size: { width: 200, height: 200 },
          settings: { color: { type: 'string', format: 'color', title: 'Colour', default: '#ff0000' } },
        },
      ],
    },
  },
};
const FOREIGN_MODULE = `
export function activateOverlay(overlay) {
  overlay.widgets.register('square.square', {
    create: () => ({
      paint(canvas, { size, settings }) {
        canvas.fillStyle = settings.color;
        canvas.fillRect(0, 0, size.width, size.height);
      },
    }),
  });
}
`;

describe('a stage on overlay pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pose-coach-stage-'));
  const data = join(folder, 'data');
  const extension = join(folder, 'extension-square');
  let browser: Browser;
  let server: ServerProcess;
  let stage: StageController;
  let sample: StreamedSample;
  const pages: Page[] = [];
  const foreign: string[][] = [];
  const troubles: string[] = [];

  const start = (port?: number) =>
    startServer({ data, more: ['--extension', extension], ...(port === undefined ? {} : { port }) });

  async function open(parameters = '', viewport = WIDE): Promise<Page> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    pages.push(page);
    foreign.push(foreignRequests(page, server.host));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      if (/content security policy|the (widget|theme) /i.test(message.text())) troubles.push(message.text());
    });
    await page.goto(`${server.overlay}${parameters}`);
    return page;
  }

  /** Share of an item's place on which anything is to be seen, as the page shows it over nothing. */
  async function seenShare(page: Page, item: string): Promise<number> {
    const { data: pixels, length } = await picture(page, item);
    let seen = 0;
    for (let index = 3; index < length; index += 4) if ((pixels[index] ?? 0) > 0) seen += 1;
    return seen / (length / 4);
  }

  /** The pixels of an item's place, as the page shows it. */
  async function picture(page: Page, item: string) {
    const place = page.locator(`[data-item="${item}"]`);
    const clip = await place.boundingBox();
    if (!clip || !(await place.isVisible())) return { data: new Uint8ClampedArray(4), length: 4, width: 1 };
    const image = await loadImage(await page.screenshot({ clip, omitBackground: true }));
    const canvas = createCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
    return { data: pixels, length: pixels.length, width: image.width };
  }

  const current = async () => (await firstValueFrom(stage.stage)).stage;

  beforeAll(async () => {
    mkdirSync(extension);
    writeFileSync(join(extension, 'package.json'), JSON.stringify(FOREIGN_MANIFEST));
    writeFileSync(join(extension, 'overlay.js'), FOREIGN_MODULE);
    browser = await launchChromium();
    server = await start();
    stage = await controller(server.host);
    sample = await streamSample(server.host);
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });

  afterAll(async () => {
    sample?.dispose();
    stage?.dispose();
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows the dancer and every widget of the first scene, and widgets what is read', async () => {
    const page = await open();
    await untilPainted(page, true);
    const scene = (await current()).scenes[0];
    const shown = (scene?.items ?? []).filter(({ kind, id }) => kind === 'widget' && id !== 'captions');
    expect(shown.length).toBeGreaterThan(4);
    for (const { id } of shown) {
      await expect.poll(() => seenShare(page, id), { timeout: 15_000 }).toBeGreaterThan(0.3);
    }
    // The movement of a dancer, and how much of it: known after a second or two, and painted in the look's own colour.
    const before = await picture(page, 'intensity');
    await expect
      .poll(
        async () => Buffer.from((await picture(page, 'intensity')).data).equals(Buffer.from(before.data)),
        {
          timeout: 15_000,
        },
      )
      .toBe(false);
  });

  it('shows what a controller changes, without a reload', async () => {
    const page = await open();
    await untilPainted(page, true);
    await page.evaluate(() => Object.assign(window, { notReloaded: true }));
    const scene = (await current()).scenes.find(({ id }) => id === 'dance') as Scene;
    const rest = scene.items.filter(({ id }) => id !== 'score' && id !== 'timer');
    const items = [...rest, widget('timer', 'overlay.timer')];
    const moved = items.map((item) => (item.id === 'tempo' ? { ...item, x: 1000, y: 500 } : item));
    await change(stage, { scenes: [{ ...scene, items: moved }] });
    await expect.poll(() => seenShare(page, 'timer'), { timeout: 15_000 }).toBeGreaterThan(0.1);
    const box = await page.locator('[data-item="tempo"]').boundingBox();
    expect(box).toMatchObject({ x: 1000, y: 500 });
    expect(await page.locator('[data-item="score"]').count()).toBe(0);
    expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
  });

  it('finds the same scene again after the server was started anew, on the open page and on a new one', async () => {
    const page = await open();
    await untilPainted(page, true);
    const known = await current();
    await server.stop();
    await expect.poll(() => page.locator('[data-item="timer"]').isVisible(), { timeout: 15_000 }).toBe(false);
    server = await start(server.port);
    await firstValueFrom(sample.publisher.status.pipe(filter(({ status }) => status === 'live')));
    await untilPainted(page, true);
    expect(await page.locator('[data-item="tempo"]').boundingBox()).toMatchObject({ x: 1000, y: 500 });
    const other = await open();
    await untilPainted(other, true);
    expect(await other.locator('[data-item="tempo"]').boundingBox()).toMatchObject({ x: 1000, y: 500 });
    await firstValueFrom(stage.status.pipe(filter(({ status }) => status === 'connected')));
    expect(await current()).toEqual(known);
  });

  it('shows two scenes of one channel on two pages, and upright for a phone', async () => {
    const wide = await open('&scene=skeleton');
    const tall = await open('&scene=vertical', { width: 540, height: 960 });
    await untilPainted(wide, true);
    await untilPainted(tall, true);
    expect(await wide.locator('[data-item]').count()).toBe(1);
    expect(await tall.locator('[data-item]').count()).toBeGreaterThan(3);
    // 1080 × 1920, half as large.
    const people = await tall.locator('[data-kind=skeleton]').boundingBox();
    expect(people).toEqual({ x: 0, y: 0, width: 540, height: 960 });
    await screenshot(tall, 'stage-vertical');
  });

  it('shows somebody else’s widget, in a frame of its own without an origin', async () => {
    const square = widget('square', 'square.square', { x: 100, y: 200, width: 300, height: 150 });
    const scene = { ...skeletonScene('third-party'), canvas: WIDE, items: [square] };
    await change(stage, { scenes: [scene] });
    const page = await open('&scene=third-party');
    const colour = async () => {
      const { data: pixels, length, width } = await picture(page, 'square');
      const middle = (Math.floor(length / 4 / width / 2) * width + Math.floor(width / 2)) * 4;
      return [...pixels.subarray(middle, middle + 4)];
    };
    await expect.poll(colour, { timeout: 15_000 }).toEqual([255, 0, 0, 255]);
    expect(await page.locator('[data-item="square"] iframe').getAttribute('sandbox')).toBe('allow-scripts');
    const blue = { ...square, settings: { color: '#0000ff' } };
    await change(stage, { scenes: [{ ...scene, items: [blue] }] });
    await expect.poll(colour, { timeout: 15_000 }).toEqual([0, 0, 255, 255]);
  });

  it('shows a hidden widget while a trigger says so', async () => {
    const scene: Scene = {
      ...skeletonScene('surprise'),
      items: [...skeletonScene('surprise').items, widget('hint', 'overlay.timer', { visible: false })],
      triggers: [
        {
          id: 'show',
          name: 'Show the timer',
          enabled: true,
          when: [{ metric: 'dance.intensity', when: { above: 1000 } }],
          actions: [{ do: 'show-item', item: 'hint', seconds: 2 }],
          coolDown: 1,
        },
      ],
    };
    await change(stage, { scenes: [scene] });
    const page = await open('&scene=surprise');
    await untilPainted(page, true);
    expect(await page.locator('[data-item="hint"]').isVisible()).toBe(false);
    const { outcomes } = await stage.request('trigger.test', {
      scene: 'surprise',
      trigger: 'show',
      dry: false,
    });
    expect(outcomes.map(({ ok }) => ok)).toEqual([true]);
    await page.locator('[data-item="hint"]').waitFor({ state: 'visible' });
    await page.locator('[data-item="hint"]').waitFor({ state: 'hidden' });
  });

  it('is empty while the streamer hides it, or is away, and comes back by itself', async () => {
    const page = await open();
    await untilPainted(page, true);
    await change(stage, { hidden: true });
    await untilPainted(page, false);
    expect(await page.locator('[data-item="tempo"]').isVisible()).toBe(false);
    await change(stage, { hidden: false });
    await untilPainted(page, true);
    sample.dispose();
    await untilPainted(page, false);
    expect(await page.locator('[data-item="tempo"]').isVisible()).toBe(false);
    sample = await streamSample(server.host);
    await untilPainted(page, true);
    await page.locator('[data-item="tempo"]').waitFor({ state: 'visible' });
  });

  it('paints nothing while OBS does not show the source', async () => {
    const context = await browser.newContext({ viewport: WIDE });
    const page = await context.newPage();
    pages.push(page);
    await page.addInitScript(() => Object.assign(window, { obsstudio: {}, cleared: 0 }));
    await page.addInitScript(() => {
      const { clearRect } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.clearRect = function (...area) {
        const counting = window as unknown as { cleared: number };
        counting.cleared += 1;
        clearRect.apply(this, area);
      };
    });
    const tell = (visible: boolean) =>
      page.evaluate(
        (shown) => dispatchEvent(new CustomEvent('obsSourceVisibleChanged', { detail: { visible: shown } })),
        visible,
      );
    const cleared = () => page.evaluate(() => (window as unknown as { cleared: number }).cleared);
    await page.goto(server.overlay);
    await untilPainted(page, true);
    await tell(false);
    await untilPainted(page, false);
    const count = await cleared();
    await page.waitForTimeout(500);
    expect(await cleared()).toBe(count);
    await tell(true);
    await untilPainted(page, true);
  });

  it('tells the server how late it paints', async () => {
    const page = await open();
    await untilPainted(page, true);
    const measured = async () => (await stage.request('delay.measure', {})).median ?? 0;
    await expect.poll(measured, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await measured()).toBeLessThan(1000);
  });

  it('has four looks', async () => {
    const page = await open('&scene=looks');
    await page.addStyleTag({ content: 'body { background: linear-gradient(120deg, #1f2a37, #5b6b7a) }' });
    const dance = defaultStage().scenes[0] as Scene;
    for (const look of ['neon', 'broadcast', 'chalk', 'particles']) {
      const theme = { id: `overlay.${look}`, settings: {} };
      await change(stage, { scenes: [{ ...dance, id: 'looks', theme }] });
      await untilPainted(page, true);
      await page.waitForTimeout(1500);
      await screenshot(page, `stage-${look}`);
    }
  });

  it('has asked no other host for anything, and has thrown nothing', () => {
    expect(foreign.flat()).toEqual([]);
    expect(troubles).toEqual([]);
  });
});
