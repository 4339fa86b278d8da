import type { PoseFrame } from '@pose-coach/core';
import { type LivePublisher, publishPoses } from '@pose-coach/core/live';
import type { SkeletonItem } from '@pose-coach/core/stage';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { syntheticFrame } from '../synthetic-pose.ts';
import { launchChromium } from './chromium.ts';
import { PEOPLE_CANVAS, untilPainted } from './overlay.ts';
import { type ServerProcess, startServer, TEST_TOKEN } from './overlay-server-process.ts';
import { arrange, skeletonScene } from './stage-scenes.ts';

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
  return await page.evaluate((selector) => {
    const canvas = document.querySelector<HTMLCanvasElement>(selector);
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
  }, PEOPLE_CANVAS);
}

describe('the overlay page', () => {
  let browser: Browser;
  let server: ServerProcess;
  let publisher: LivePublisher;
  let sequence = 0;
  let sentAt = 0;
  let stream: NodeJS.Timeout;
  const pages: Page[] = [];

  function streamOn(): void {
    clearInterval(stream);
    stream = setInterval(() => {
      sequence += 1;
      publisher.send(crossFrame(sequence));
      sentAt = Date.now();
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
    const canvas = { width: 800, height: 480 };
    const scene = (id: string, changes: Partial<SkeletonItem>) => ({
      ...skeletonScene(id, { ...canvas, ...changes }),
      canvas,
    });
    await arrange(
      server.host,
      scene('contain', { fit: 'contain' }),
      scene('cover', { fit: 'cover' }),
      scene('crop', { fit: 'crop' }),
      scene('mirrored', { mirror: true }),
    );
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

  // The canvas is 800 × 480 of stage and of page. Of 640 × 480 in it: as it is, with 80 at each side; enlarged by 1.25,
  // with 60 cut off above and below; and as it is, with 80 at each side again.
  it.each([
    ['contain', { x: 80 + 160, y: 240 }, 1],
    ['cover', { x: 200, y: 1.25 * 240 - 60 }, 1.25],
    ['crop', { x: 80 + 160, y: 240 }, 1],
    ['mirrored', { x: 80 + 480, y: 240 }, 1],
  ])('lays the picture of the scene “%s” where arithmetic puts it', async (scene, middle, scale) => {
    const box = await paintedBox(await open(`&scene=${scene}`));
    expect(box.canvas).toEqual({ width: 800, height: 480 });
    expect(Math.abs(box.middle.x - middle.x)).toBeLessThanOrEqual(1.5);
    expect(Math.abs(box.middle.y - middle.y)).toBeLessThanOrEqual(1.5);
    // Both arms of the cross, and the width of lines and joints around them.
    const arms = 2 * ARM * PICTURE.height * scale;
    expect(box.height).toBeGreaterThan(arms);
    expect(box.height).toBeLessThan(arms + 30);
  });

  it('is sharp on a screen of twice the pixels, and follows the size of its window', async () => {
    const page = await open('', { deviceScaleFactor: 2 });
    const box = await paintedBox(page);
    expect(box.canvas).toEqual({ width: 1600, height: 960 });
    expect(Math.abs(box.middle.x - 2 * 240)).toBeLessThanOrEqual(2);
    await page.setViewportSize({ width: 640, height: 480 });
    await expect
      .poll(async () => (await paintedBox(page)).canvas, { timeout: 5000 })
      .toEqual({ width: 1280, height: 768 });
    await expect
      .poll(async () => Math.abs((await paintedBox(page)).middle.x - 2 * 0.8 * 240), { timeout: 5000 })
      .toBeLessThanOrEqual(2);
  });

  it('lays a scene whole and centred into a window of another shape', async () => {
    // 800 × 480 in 800 × 600: 60 above and below.
    const page = await open('&scene=contain', { viewport: { width: 800, height: 600 } });
    const place = await page.evaluate((selector) => {
      const { x, y, width, height } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
      return { x, y, width, height };
    }, PEOPLE_CANVAS);
    expect(place).toEqual({ x: 0, y: 60, width: 800, height: 480 });
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
    // In the page: what looking from outside takes would be added otherwise. Both clocks are this machine's.
    const emptied = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const { prototype } = CanvasRenderingContext2D;
          const { clearRect, stroke } = prototype;
          let strokes = 0;
          prototype.stroke = function (path?: Path2D) {
            strokes += 1;
            Reflect.apply(stroke, this, path ? [path] : []);
          };
          let waitsForFirst = true;
          prototype.clearRect = function (...area) {
            // Cleared twice, and nothing drawn between: the first of them left it empty.
            if (strokes === 0 && !waitsForFirst) resolve(Date.now());
            waitsForFirst = false;
            strokes = 0;
            clearRect.apply(this, area);
          };
        }),
    );
    await page.waitForTimeout(200);
    clearInterval(stream);
    const elapsed = (await emptied) - sentAt;
    streamOn();
    console.log(`overlay: empty ${elapsed.toFixed(0)} ms after the last pose was sent`);
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

  it('says on the page that there is no such scene, and shows it when there is', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    pages.push(page);
    await page.goto(`${server.overlay}&scene=finale`);
    await page.getByRole('status').filter({ hasText: 'no scene “finale”' }).waitFor();
    await arrange(server.host, skeletonScene('finale'));
    await untilPainted(page, true);
    expect(await page.getByRole('status').count()).toBe(0);
  });
});
