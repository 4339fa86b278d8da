import { join } from 'node:path';
import type { PoseCoachElement } from '@pose-coach/elements';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { bareLandmarks, type Point } from './bare-engine.ts';
import { type CameraClip, stillsClip } from './camera-clip.ts';
import { launchChromium, screenshot } from './chromium.ts';
import { launchFirefox, missingForFirefox, type RunningFirefox } from './firefox.ts';
import { LIMB_JOINTS, largestDistance } from './landmark-distance.ts';
import { type ServerProcess, startServer } from './overlay-server-process.ts';
import { videoFileOf } from './video-clip.ts';

/**
 * Frames of the dance clip in three different poses in which the bare engine ends within 0.2 % of the picture's
 * height of the same place whichever pose it comes from: in some others it has two answers.
 */
const STILLS = [20, 100, 150];
const FRAME_RATE = 30;
/** Video frames that each still is held. */
const HOLD = 75;
/** Frames of each still that are not judged: engine and filter still follow the person from the one before. */
const SETTLING = 45;
/** The last frames of each still are not judged either: a slow browser's picture may be ahead of the time it tells. */
const LEAD = 3;
/** In heights of the picture. */
const TOLERANCE = 0.015;
/** Fewest frames of a still that make a judgement: five a second, on a machine that renders in software. */
const ENOUGH = 5;
/** Longest wait in ms for the studio to load the engine and play the clip to its end. */
const PATIENCE = 90_000;

interface FoundFrame {
  readonly timestamp: number;
  /** The picture's width divided by its height. */
  readonly aspect: number;
  readonly landmarks: readonly Point[];
}

/** What the studio's element tells, kept on its window. */
interface StudioRecord {
  frames: FoundFrame[];
  readonly states: string[];
  readonly errors: string[];
}

describe('Firefox', () => {
  const missing = fixtures ? missingForFirefox() : 'skipped: no fixtures';
  let clip: CameraClip;
  let video: string;
  let server: ServerProcess;
  let firefox: RunningFirefox;
  let expected: ReadonlyArray<readonly Point[] | undefined>;

  beforeAll(async () => {
    if (missing || !fixtures) return;
    clip = stillsClip(join(fixtures, 'videos/dance_phrase_talmolab.mp4'), STILLS, HOLD);
    video = videoFileOf(clip);
    const chromium = await launchChromium();
    try {
      expected = await bareLandmarks(chromium, 'pose_landmarker_lite.task', clip.stills, SETTLING);
    } finally {
      await chromium.close();
    }
    server = await startServer();
    firefox = await launchFirefox();
  });

  afterAll(async () => {
    await firefox?.close();
    await server?.stop();
    clip?.dispose();
  });

  beforeEach((context) => {
    if (missing) context.skip(missing);
  });

  it('shows the studio, in which a video file gives the landmarks of the bare engine', async () => {
    const page = await firefox.browser.newPage();
    const foreign = watchRequests(page, server.host);
    await page.setViewport({ width: 1280, height: 860 });
    await page.goto(server.studio);
    await recordStudio(page);

    await page.locator('pose-coach >>> ::-p-text(Choose another source)').click();
    const input = await page.waitForSelector('pose-coach >>> input[type=file]');
    await (input as ElementHandle<HTMLInputElement>).uploadFile(video);
    await untilEnded(page, 1);
    // The video went on while the engine was loading: what counts is the second time.
    await page.evaluate(() => {
      (window as unknown as { studioRecord: StudioRecord }).studioRecord.frames = [];
    });
    await page.locator('pose-coach >>> ::-p-text(Play it again)').click();
    await page.waitForFunction(
      () => (window as unknown as { studioRecord: StudioRecord }).studioRecord.frames.length > 20,
      { timeout: PATIENCE },
    );
    await screenshot(page, 'studio-firefox');
    await untilEnded(page, 2);

    const { frames, errors } = await page.evaluate(
      () => (window as unknown as { studioRecord: StudioRecord }).studioRecord,
    );
    // Nothing failed, and nothing was given up: no engine on the page's own thread, no missing hands.
    expect(errors).toEqual([]);
    for (const [still, person = []] of expected.entries()) {
      const distances = distancesOf(frames, still, person);
      console.log(
        `still ${still}: ${distances.length} frames, worst joint ${percent(distances[distances.length >> 1])} of the picture's height off (median), ${percent(distances.at(-1))} at most`,
      );
      expect(person).toHaveLength(33);
      expect(distances.length).toBeGreaterThanOrEqual(ENOUGH);
      expect(distances.at(-1)).toBeLessThan(TOLERANCE);
    }
    expect(foreign).toEqual([]);
  });
});

/** Sorted distances of the worst joint, of the frames in which engine and filter have settled on a still. */
function distancesOf(frames: readonly FoundFrame[], still: number, person: readonly Point[]): number[] {
  const from = ((still * HOLD + SETTLING) * 1000) / FRAME_RATE;
  const until = (((still + 1) * HOLD - LEAD) * 1000) / FRAME_RATE;
  return frames
    .filter(({ timestamp }) => timestamp >= from && timestamp < until)
    .map(({ landmarks, aspect }) => largestDistance(landmarks, person, aspect, LIMB_JOINTS))
    .sort((a, b) => a - b);
}

function percent(share: number | undefined): string {
  return `${((share ?? Number.NaN) * 100).toFixed(2)} %`;
}

/** The requests of a page to other hosts than its own, from now on. */
function watchRequests(page: Page, ownHost: string): string[] {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:' && host !== ownHost) foreign.push(request.url());
  });
  return foreign;
}

async function recordStudio(page: Page): Promise<void> {
  await page.evaluate(() => {
    const record: StudioRecord = { frames: [], states: [], errors: [] };
    Object.assign(window, { studioRecord: record });
    const coach = document.querySelector<PoseCoachElement>('pose-coach');
    coach?.addEventListener('pose-frame', ({ detail: { frame } }) => {
      record.frames.push({
        timestamp: frame.timestamp,
        aspect: frame.width / frame.height,
        landmarks: (frame.poses[0]?.landmarks ?? []).map(({ x, y }) => [x, y] as const),
      });
    });
    coach?.addEventListener('pose-state', ({ detail }) => record.states.push(detail.status));
    coach?.addEventListener('pose-error', ({ detail }) => record.errors.push(detail.message));
  });
}

/** Waits until the video has been played to its end so many times. */
async function untilEnded(page: Page, times: number): Promise<void> {
  const ended = (wanted: number) => {
    const { states } = (window as unknown as { studioRecord: StudioRecord }).studioRecord;
    return states.filter((status) => status === 'ended').length >= wanted;
  };
  await page.waitForFunction(ended, { timeout: PATIENCE }, times).catch(async (cause: unknown) => {
    await screenshot(page, 'studio-firefox-stuck');
    const { states, errors } = await page.evaluate(
      () => (window as unknown as { studioRecord: StudioRecord }).studioRecord,
    );
    throw new Error(`The video did not end. States: ${[...new Set(states)]}. Errors: ${errors.join(' ')}`, {
      cause,
    });
  });
}
