import { join } from 'node:path';
import { subscribePoses } from '@pose-coach/core/live';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { findChromium } from '../browsers.ts';
import { fixtures } from '../fixtures.ts';
import { type CameraClip, movingClip } from './camera-clip.ts';
import { screenshot } from './chromium.ts';
import { type DesktopChromium, startDesktopChromium } from './desktop-chromium.ts';
import { type ServerProcess, startServer, TEST_TOKEN } from './overlay-server-process.ts';
import { press, untilLive, untilState } from './studio.ts';
import { findXvfb } from './xvfb.ts';

/** How often the tab is hidden and shown again: what else the machine does falls on both. */
const TURNS = 2;
/** Seconds that are counted each time. */
const SECONDS = 6;
/** Seconds that are left out after each change. */
const SETTLING = 2;
/** Smallest share of the rate that must be left when nobody sees the studio. */
const LEFT = 0.9;

describe('A studio tab behind another', () => {
  const missing = !fixtures
    ? 'skipped: no fixtures'
    : !findXvfb()
      ? 'skipped: no Xvfb'
      : findChromium()
        ? undefined
        : 'skipped: no Chromium';
  let clip: CameraClip;
  let chromium: DesktopChromium;
  let server: ServerProcess;

  beforeAll(async () => {
    if (missing || !fixtures) return;
    clip = movingClip(join(fixtures, 'videos/dance_phrase_talmolab.mp4'));
    chromium = await startDesktopChromium(clip.file);
    server = await startServer();
  });

  afterAll(async () => {
    await chromium?.close();
    await server?.stop();
    clip?.dispose();
  });

  beforeEach((context) => {
    if (missing) context.skip(missing);
  });

  it('streams on at the rate it had in front', async () => {
    const studio = await chromium.context.newPage();
    await studio.goto(server.studio);
    await press(studio, /start the camera/i);
    await untilState(studio, 'running');
    await press(studio, /go live/i);
    await untilLive(studio, 'live');
    await screenshot(studio, 'studio-on-a-desk');
    const other = await chromium.context.newPage();
    await other.goto('data:text/html,<title>A game</title><h1>A game in front of the studio</h1>');

    const counter = countFrames(server);
    const rates: Record<'visible' | 'hidden', number[]> = { visible: [], hidden: [] };
    try {
      for (let turn = 0; turn < TURNS; turn += 1) {
        for (const [front, state] of [
          [studio, 'visible'],
          [other, 'hidden'],
        ] as const) {
          await front.bringToFront();
          await wait(SETTLING);
          expect(await visibility(studio)).toBe(state);
          rates[state].push(...(await counter.perSecond(SECONDS)));
          expect(await visibility(studio)).toBe(state);
        }
      }
    } finally {
      counter.stop();
    }
    const ratio = median(rates.hidden) / median(rates.visible);
    console.log(
      `pose frames per second: in front ${rates.visible.join(' ')}; hidden ${rates.hidden.join(' ')}; ratio of the medians ${ratio.toFixed(3)}`,
    );
    expect(median(rates.visible)).toBeGreaterThan(0);
    expect(ratio).toBeGreaterThanOrEqual(LEFT);
  });
});

function visibility(page: Page): Promise<DocumentVisibilityState> {
  return page.evaluate(() => document.visibilityState);
}

/** Counts the pose frames that the server hands on, as an overlay gets them. */
function countFrames(server: ServerProcess): {
  perSecond(seconds: number): Promise<number[]>;
  stop(): void;
} {
  const subscriber = subscribePoses({
    url: `http://${server.host}`,
    key: TEST_TOKEN,
    WebSocket,
  });
  let frames = 0;
  subscriber.frames.subscribe(() => {
    frames += 1;
  });
  return {
    perSecond: async (seconds) => {
      const counts: number[] = [];
      for (let second = 0; second < seconds; second += 1) {
        const before = frames;
        await wait(1);
        counts.push(frames - before);
      }
      return counts;
    },
    stop: () => subscriber.dispose(),
  };
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
