import type { PoseCoachElement } from '@pose-coach/elements';
import type { Browser, Page } from 'playwright-core';

/** The studio in a page of its own, used as a streamer uses it: by its buttons. */
export async function openStudio(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({
    permissions: ['camera'],
    viewport: { width: 1280, height: 860 },
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Presses a button of the studio, by what it says. */
export async function press(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click();
}

/** Waits until `<pose-coach>` is in this state. */
export async function untilState(page: Page, status: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector<PoseCoachElement>('pose-coach')?.state.status === wanted,
    status,
    { timeout: 60_000 },
  );
}

/** Waits until the stream to the server has this status. */
export async function untilLive(page: Page, status: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector<PoseCoachElement>('pose-coach')?.liveState.status === wanted,
    status,
    { timeout: 30_000 },
  );
}
