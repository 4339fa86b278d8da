import { afterEach, beforeEach, expect } from 'vitest';
import type { ExtensionHost, RunningExtension } from '../host.ts';
import { isolatedHost } from './index.ts';
import {
  COUNTS,
  type CountingClock,
  countingClock,
  frameCount,
  type HeardServices,
  heardServices,
  startRequest,
  stepOnce,
} from './isolated-host.test-support.ts';

/** Milliseconds for `activate`, so that the tests that wait for its end are short. */
const ACTIVATION = 1000;
/** Milliseconds between two steps of the page's own loop: sixty a second. */
const PACE = 16;
/** The longest that the page's loop may pause, in ms, on a machine on which the hostile thread takes a core. */
const LONGEST_PAUSE = 500;

/** Steps of the page's loop that are waited for after each test. */
const STEPS_AFTERWARDS = 3;

/** An extension whose step is this code. */
export const stepping = (code: string) => `
  let count = 0;
  export function activate(context, coach) {
    coach.analyzers.register('test.count', {
      create: () => ({ step(input) { count += 1; ${code}; return []; }, reset() {} }),
    });
  }
`;

/** An extension with the command `test.do` that is this code. */
export const commanding = (code: string) => `
  export function activate(context, coach) {
    coach.commands.register('test.do', async () => { ${code} });
    coach.commands.register('test.other', () => 'still here');
  }
`;

/** What the tests of one file do with hostile extensions. */
export interface Containment {
  readonly clock: CountingClock;
  /** Starts one, beside its neighbour. */
  start(text: string): Promise<{ readonly extension: RunningExtension; readonly services: HeardServices }>;
  /** The error with which a start is refused. */
  refusal(text: string): Promise<unknown>;
}

/**
 * Gives every test a host with an innocent extension in it, which the page steps as a camera would, and sees to it
 * after each test that whatever the hostile one did, the page went on, so did its neighbour, and nothing is left.
 */
export function containment(): Containment {
  const clock = countingClock();
  let host: ExtensionHost;
  let neighbour: RunningExtension;
  let page: PageLoop;

  beforeEach(async () => {
    host = isolatedHost({ clock, limits: { activation: ACTIVATION } });
    neighbour = await host.start(startRequest(COUNTS, heardServices()));
    page = pageLoop(neighbour);
  });

  /** Whatever the hostile one did: the page went on, so did its neighbour, and nothing is left behind. */
  afterEach(async () => {
    const { longestPause, failures } = await page.end();
    await neighbour.stop();
    const left = { frames: frameCount(), timers: clock.pending };
    host.dispose();
    expect(failures).toEqual([]);
    expect(longestPause).toBeLessThan(LONGEST_PAUSE);
    expect(left).toEqual({ frames: 0, timers: 0 });
  });

  const start = async (text: string) => {
    const services = heardServices();
    const extension = await host.start(startRequest(text, services));
    return { extension, services };
  };

  /** The error with which a start is refused. */
  const refusal = async (text: string) => {
    const services = heardServices();
    const error = await host.start(startRequest(text, services)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    // Whoever starts is told by the refusal, not twice.
    expect(services.failures).toEqual([]);
    return error;
  };
  return { clock, start, refusal };
}

interface PageLoop {
  /** Ends it after some more steps. */
  end(): Promise<{ longestPause: number; failures: unknown[] }>;
}

/** The page's own loop, which steps its extension as a camera would, and notes how long it ever paused. */
function pageLoop(extension: RunningExtension): PageLoop {
  let steps = 0;
  let longestPause = 0;
  let last = performance.now();
  let underWay: Promise<unknown> = Promise.resolve();
  let busy = false;
  const failures: unknown[] = [];
  const timer = setInterval(() => {
    const now = performance.now();
    longestPause = Math.max(longestPause, now - last);
    last = now;
    if (busy) return;
    busy = true;
    underWay = stepOnce(extension, steps + 1)
      .then(
        () => {
          steps += 1;
        },
        (error: unknown) => failures.push(error),
      )
      .finally(() => {
        busy = false;
      });
  }, PACE);
  return {
    end: async () => {
      // It still goes on after what happened.
      const wanted = steps + STEPS_AFTERWARDS;
      await expect.poll(() => steps >= wanted || failures.length > 0).toBe(true);
      clearInterval(timer);
      await underWay;
      return { longestPause, failures };
    },
  };
}
