import type { Browser, Page } from 'playwright-core';
import type { Point } from './bare-engine.ts';

/** The canvas on which the overlay paints people; none while its scene is not there yet. */
export const PEOPLE_CANVAS = '[data-kind=skeleton] canvas';

/** Size of the overlay's window: the camera clips' own, so that `contain` is one to one. */
export const OVERLAY_SIZE = { width: 640, height: 480 };

/** The overlay page, in a window as OBS opens it. */
export async function openOverlay(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: OVERLAY_SIZE });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Share of the pixels of the people's canvas on which anything is drawn. */
export async function paintedShare(page: Page): Promise<number> {
  return await page.evaluate((selector) => {
    const canvas = document.querySelector<HTMLCanvasElement>(selector);
    const context = canvas?.getContext('2d');
    if (!canvas || !context || getComputedStyle(canvas).visibility === 'hidden') return 0;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let painted = 0;
    for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 0) painted += 1;
    return painted / (data.length / 4);
  }, PEOPLE_CANVAS);
}

/**
 * Share of `points` (image coordinates in [0, 1]) at which the overlay has drawn something, within two pixels; where
 * its scene is one to one with the picture, as `skeletonScene` is.
 */
export async function hitShare(page: Page, points: readonly Point[]): Promise<number> {
  return await page.evaluate(
    ([selector, wanted]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(selector);
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return 0;
      const hits = wanted.filter(([x, y]) => {
        const { data } = context.getImageData(x * canvas.width - 2, y * canvas.height - 2, 5, 5);
        return data.some((value, index) => index % 4 === 3 && value > 0);
      });
      return hits.length / wanted.length;
    },
    [PEOPLE_CANVAS, points] as const,
  );
}

/** Waits until the overlay shows somebody, or nobody. */
export async function untilPainted(page: Page, painted: boolean, timeout = 30_000): Promise<void> {
  await page.waitForFunction(
    ([selector, wanted]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(selector);
      const context = canvas?.getContext('2d');
      if (!canvas || !context || getComputedStyle(canvas).visibility === 'hidden') return !wanted;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value, index) => index % 4 === 3 && value > 0) === wanted;
    },
    [PEOPLE_CANVAS, painted] as const,
    { timeout, polling: 50 },
  );
}
