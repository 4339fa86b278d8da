import type { Browser, CDPSession, Page } from 'playwright-core';

/** What the browser itself counts of a page, after collecting garbage: nothing that scripts do hides from it. */
export interface Census {
  /** Event listeners of everything that is alive in the page's process. */
  readonly listeners: number;
  readonly documents: number;
  readonly frames: number;
  /** Bytes of the page's own heap. */
  readonly heap: number;
}

/** Counts, again and again, in one page. */
export class PageCensus {
  readonly #devtools: CDPSession;

  private constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  static async open(page: Page): Promise<PageCensus> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    return new PageCensus(devtools);
  }

  async take(): Promise<Census> {
    // What was collected may have held the last reference to more, across the border of page and browser.
    for (let pass = 0; pass < 3; pass += 1) await this.#devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.#devtools.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    const { usedSize } = await this.#devtools.send('Runtime.getHeapUsage');
    return {
      listeners: metric('JSEventListeners'),
      documents: metric('Documents'),
      frames: metric('Frames'),
      heap: usedSize,
    };
  }
}

/** Workers that run anywhere in the browser, as the browser lists them: of every page and frame. */
export async function countWorkers(browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  try {
    const { targetInfos } = await devtools.send('Target.getTargets', { filter: [{}] });
    return targetInfos.filter(({ type }) => type === 'worker').length;
  } finally {
    await devtools.detach();
  }
}
