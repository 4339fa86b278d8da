import type { Browser } from 'playwright-core';
import type { Point } from './bare-engine.ts';
import { foreignRequests } from './chromium.ts';

/** What the app `apps/still.js` found, and what its page did on the way. */
export interface StillOutcome {
  readonly landmarks?: readonly Point[];
  /** The picture's width divided by its height. */
  readonly aspect?: number;
  readonly error?: string;
  readonly code?: string;
  /** What the engine had to do without, in words. */
  readonly degraded: readonly string[];
  /** Addresses of the workers that were started. */
  readonly workers: readonly string[];
  /** Requests to other hosts than those allowed. */
  readonly foreign: readonly string[];
  /** Directives of the page's content security policy that were violated. */
  readonly violations: readonly string[];
}

/** Longest wait in ms for a page to load the engine and look at one picture, on a busy machine. */
const PATIENCE = 90_000;

/**
 * Opens a page with the app on it and waits for what comes out.
 * @param hosts all hosts that the page may talk to
 */
export async function openStill(
  browser: Browser,
  address: string,
  hosts: readonly string[],
): Promise<StillOutcome> {
  const page = await browser.newPage();
  const foreign = foreignRequests(page, ...hosts);
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  const log: string[] = [];
  page.on('console', (message) => log.push(message.text()));
  page.on('pageerror', (error) => log.push(error.message));
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  try {
    await page.goto(address);
    await page
      .waitForFunction(() => 'outcome' in window, undefined, { timeout: PATIENCE })
      .catch((cause: unknown) => {
        throw new Error(`The page came to no result. It said: ${log.join(' | ') || 'nothing'}`, { cause });
      });
    const found = await page.evaluate(() => {
      const { outcome, violations } = window as unknown as Pick<StillOutcome, 'violations'> & {
        outcome: Omit<StillOutcome, 'workers' | 'foreign' | 'violations'>;
      };
      return { ...outcome, violations };
    });
    return { ...found, workers, foreign };
  } finally {
    await page.close();
  }
}
