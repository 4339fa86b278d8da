import type { PoseFrame } from '@pose-coach/core';
import { type LivePublisher, publishPoses } from '@pose-coach/core/live';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { syntheticFrame } from '../synthetic-pose.ts';
import { launchChromium } from './chromium.ts';
import { paintedShare, untilPainted } from './overlay.ts';
import { type ServerProcess, startServer, TEST_TOKEN } from './overlay-server-process.ts';

/** The published picture is 640 × 480, and all of somebody's joints lie on a cross through this place of it. */
const PLACE = { x: 0.25, y: 0.5 };
const PICTURE = { width: 640, height: 480 };
const ARM = 0.1;

/** Somebody whose joints are far enough apart to be drawn with whole lines, all around one place. */
function crossFrame(sequence: number): PoseFrame {
  const landmarks = Array.from({ length: 33 }, (_, index) => {
    const [right, down] = [
      [0, 0],
      [0, -ARM],
      [0, ARM],
      [-ARM, 0],
      [ARM, 0],
    ][index % 5] ?? [0, 0];
    return { x: PLACE.x + (right ?? 0), y: PLACE.y + (down ?? 0), z: 0, visibility: 1 };
  });
  return syntheticFrame(sequence * 33, [{ id: 0, score: 1, landmarks, worldLandmarks: [] }], {
    ...PICTURE,
    sequence,
    timings: { capturedAt: Date.now(), stages: {} },
  });
}

/** The middle of everything painted, and its size, in canvas pixels. */
async function paintedBox(page: Page) {
  return await page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) throw new Error('There is no canvas.');
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    let [left, right, top, bottom] = [width, -1, height, -1];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if ((data[(y * width + x) * 4 + 3] ?? 0) < 128) continue;
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      }
    }
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    return { middle, height: bottom - top, canvas: { width, height } };
  });
}

describe('the overlay page', () => {
  let browser: Browser;
  let server: ServerProcess;
  let publisher: LivePublisher;
  let sequence = 0;
  let stream: NodeJS.Timeout;
  const pages: Page[] = [];

  function streamOn(): void {
    clearInterval(stream);
    stream = setInterval(() => {
      sequence += 1;
      publisher.send(crossFrame(sequence));
    }, 33);
  }

  async function open(parameters: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 800, height: 480 }, ...options });
    const page = await context.newPage();
    pages.push(page);
    await page.goto(`${server.overlay}${parameters}`);
    await untilPainted(page, true);
    return page;
  }

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
    publisher = publishPoses({ url: `http://${server.host}`, token: TEST_TOKEN });
    await firstValueFrom(publisher.status.pipe(filter(({ status }) => status === 'live')));
    streamOn();
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });

  afterAll(async () => {
    clearInterval(stream);
    publisher?.dispose();
    await browser?.close();
    await server?.stop();
  });

  // Of 640 × 480 in 800 × 480: as it is, with 80 at each side; enlarged by 1.25, with 60 cut off above and below;
  // and, in 800 × 600, as it is again, with 80 and 60 around it.
  it.each([
    ['&fit=contain', { width: 800, height: 480 }, { x: 80 + 160, y: 240 }, 1],
    ['&fit=cover', { width: 800, height: 480 }, { x: 200, y: 1.25 * 240 - 60 }, 1.25],
    ['&fit=crop', { width: 800, height: 600 }, { x: 80 + 160, y: 60 + 240 }, 1],
    ['&fit=contain&mirror', { width: 800, height: 480 }, { x: 80 + 480, y: 240 }, 1],
  ])('with %s lays the picture where arithmetic puts it', async (parameters, viewport, middle, scale) => {
    const box = await paintedBox(await open(parameters, { viewport }));
    expect(Math.abs(box.middle.x - middle.x)).toBeLessThanOrEqual(1.5);
    expect(Math.abs(box.middle.y - middle.y)).toBeLessThanOrEqual(1.5);
    // Both arms of the cross, and the width of lines and joints around them.
    const arms = 2 * ARM * PICTURE.height * scale;
    expect(box.height).toBeGreaterThan(arms);
    expect(box.height).toBeLessThan(arms + 16);
  });

  it('is sharp on a screen of twice the pixels, and follows the size of its window', async () => {
    const page = await open('', { deviceScaleFactor: 2 });
    const box = await paintedBox(page);
    expect(box.canvas).toEqual({ width: 1600, height: 960 });
    expect(Math.abs(box.middle.x - 2 * 240)).toBeLessThanOrEqual(2);
    await page.setViewportSize({ width: 640, height: 480 });
    await expect
      .poll(async () => (await paintedBox(page)).canvas, { timeout: 5000 })
      .toEqual({ width: 1280, height: 960 });
    await expect
      .poll(async () => Math.abs((await paintedBox(page)).middle.x - 2 * 160), { timeout: 5000 })
      .toBeLessThanOrEqual(2);
  });

  it('draws in the colour and the width it is asked for', async () => {
    const colorAt = (page: Page) =>
      page.evaluate(() => {
        const context = document.querySelector('canvas')?.getContext('2d');
        return [...(context?.getImageData(240, 240, 1, 1).data ?? [])];
      });
    expect(await colorAt(await open('&color=00ff00'))).toEqual([0, 255, 0, 255]);
    const thin = await paintedShare(await open('&lineWidth=1'));
    const thick = await paintedShare(await open('&lineWidth=8'));
    expect(thick).toBeGreaterThan(thin);
  });

  it('draws at the rate of the screen, not of the results', async () => {
    const page = await open('');
    const drawn = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const { prototype } = CanvasRenderingContext2D;
          const { clearRect } = prototype;
          let count = 0;
          prototype.clearRect = function (...area) {
            count += 1;
            clearRect.apply(this, area);
          };
          setTimeout(() => resolve(count / 3), 3000);
        }),
    );
    console.log(`overlay: ${drawn.toFixed(1)} drawings a second from 30 results a second`);
    // Sixty on a machine that has nothing else to do.
    expect(drawn).toBeGreaterThan(42);
  });

  it('is empty within half a second of the last pose, though nobody said that the source is gone', async () => {
    const page = await open('');
    // In the page's own time: what looking from outside takes would be added otherwise.
    const emptied = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const { prototype } = CanvasRenderingContext2D;
          const { clearRect, stroke } = prototype;
          let drawnAt = performance.now();
          let clearedAt = 0;
          prototype.stroke = function () {
            drawnAt = performance.now();
            Reflect.apply(stroke, this, []);
          };
          prototype.clearRect = function (...area) {
            clearedAt = performance.now();
            clearRect.apply(this, area);
            // Cleared, and nothing drawn after: empty.
            setTimeout(() => {
              if (clearedAt > drawnAt) resolve(clearedAt - drawnAt);
            }, 20);
          };
        }),
    );
    clearInterval(stream);
    const elapsed = await emptied;
    streamOn();
    console.log(`overlay: empty ${elapsed.toFixed(0)} ms after the last drawing`);
    expect(elapsed).toBeLessThan(500);
    expect(elapsed).toBeGreaterThan(300);
    await untilPainted(page, true);
  });

  it('says on the page why it can never work, when its key is wrong from the start', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    pages.push(page);
    await page.goto(server.overlay.replace(/key=[^&]*/, 'key=wrong'));
    await page.getByRole('status').filter({ hasText: 'copy the overlay link' }).waitFor();
    expect(await page.title()).toContain('copy the overlay link');
  });
});
