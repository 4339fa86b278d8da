import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFlags } from '../browsers.ts';
import { chromiumProgram } from '../e2e/chromium.ts';

/** A page in a window of Chromium, on a screen that something else looks at. */
export interface ShownWindow {
  readonly page: Page;
  /** Where its page lies on the screen, in pixels. */
  readonly place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  close(): Promise<void>;
}

/** Opens an address in Chromium. @param display the screen: `:101` */
export async function showWindow(display: string, address: string): Promise<ShownWindow> {
  const browser: Browser = await chromium.launch({
    executablePath: chromiumProgram(),
    headless: false,
    env: { ...process.env, DISPLAY: display },
    args: [
      ...chromiumFlags,
      '--enable-unsafe-swiftshader',
      '--window-position=0,0',
      '--window-size=1280,720',
    ],
  });
  try {
    const context = await browser.newContext({ viewport: null });
    const page = await context.newPage();
    await page.goto(address);
    const place = await page.evaluate(() => ({
      x: screenX + (outerWidth - innerWidth) / 2,
      y: screenY + (outerHeight - innerHeight),
      width: innerWidth,
      height: innerHeight,
    }));
    return { page, place, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
