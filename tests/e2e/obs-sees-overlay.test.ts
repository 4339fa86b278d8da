import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { type PoseFrame, systemClock } from '@pose-coach/core';
import { type LivePublisher, publishPoses } from '@pose-coach/core/live';
import { playRecording, readRecording } from '@pose-coach/core/session';
import type { Subscription } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOverlayServer, type OverlayServer } from '../../packages/overlay-server/src/index.ts';
import { hasObs, NO_OBS, type RealObs, startObs } from '../obs/real-obs.ts';
import { type ShownWindow, showWindow } from '../obs/shown-window.ts';
import { TEST_TOKEN } from './overlay-server-process.ts';

const SAMPLE = new URL('../../packages/elements/assets/sample-dance.poses', import.meta.url);
const SCREENSHOTS = fileURLToPath(new URL('../results/screenshots/', import.meta.url));

/** A scene of every new stage: nothing but the skeleton, over the whole canvas of 16 by 9. */
const SCENE = 'skeleton';
const CANVAS = { width: 1920, height: 1080 };

/** What is behind the overlay in its window: the green that streamers have OBS make transparent. */
const GREEN: readonly number[] = [0, 177, 64];

/** Sum of the differences of red, green and blue from which on a pixel is not of the background. */
const NOT_GREEN = 90;

/** Limbs and trunk, as pairs of body landmarks. */
const BONES = [
  [11, 12],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
  [11, 23],
  [12, 24],
  [23, 24],
  [23, 25],
  [25, 27],
  [24, 26],
  [26, 28],
] as const;

type Point = readonly [x: number, y: number];

/** One frame of the sample, in which somebody dances, held for as long as wanted. */
function heldDance(): { still: PoseFrame; frames: PoseFrame[] } {
  const recording = readRecording(readFileSync(SAMPLE));
  if (!recording.ok) throw recording.error;
  const { frames } = recording.value;
  const still = frames[Math.floor(frames.length / 2)];
  if (!still) throw new Error('The sample is empty.');
  const held = Array.from({ length: 600 }, (_, sequence) => ({
    ...still,
    sequence,
    epoch: 1,
    timestamp: (sequence * 1000) / 30,
  }));
  return { still, frames: held };
}

/** Where points along the bones lie on the screen, by arithmetic: picture into canvas, canvas into window. */
function pointsOnScreen({ poses, width, height }: PoseFrame, place: ShownWindow['place']): Point[] {
  const inCanvas = Math.min(CANVAS.width / width, CANVAS.height / height);
  const inWindow = Math.min(place.width / CANVAS.width, place.height / CANVAS.height);
  const size = { width: width * inCanvas * inWindow, height: height * inCanvas * inWindow };
  const left = place.x + (place.width - size.width) / 2;
  const top = place.y + (place.height - size.height) / 2;
  const landmarks = poses[0]?.landmarks ?? [];
  return BONES.flatMap(([one, other]) => {
    const [from, to] = [landmarks[one], landmarks[other]];
    if (!from || !to || Math.min(from.visibility, to.visibility) < 0.6) return [];
    return [0.25, 0.5, 0.75].map(
      (share): Point => [
        left + (from.x + (to.x - from.x) * share) * size.width,
        top + (from.y + (to.y - from.y) * share) * size.height,
      ],
    );
  });
}

describe('an overlay in a window that OBS captures', () => {
  let obs: RealObs;
  let server: OverlayServer;
  let publisher: LivePublisher;
  let playing: Subscription;
  let shown: ShownWindow;
  let still: PoseFrame;

  /** What OBS itself sees of a source. */
  async function seenByObs(): Promise<{ picture: Buffer; share(points: readonly Point[]): number }> {
    const { imageData } = await obs.ask('GetSourceScreenshot', { sourceName: 'Overlay', imageFormat: 'png' });
    const picture = Buffer.from(imageData.slice(imageData.indexOf(',') + 1), 'base64');
    const image = await loadImage(picture);
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const share = (points: readonly Point[]) =>
      points.filter(([x, y]) => {
        const { data } = context.getImageData(Math.round(x), Math.round(y), 1, 1);
        const difference = GREEN.reduce((sum, value, index) => sum + Math.abs((data[index] ?? 0) - value), 0);
        return difference > NOT_GREEN;
      }).length / points.length;
    return { picture, share };
  }

  beforeAll(async () => {
    if (!hasObs()) return;
    obs = await startObs();
    server = createOverlayServer({ port: 0, token: TEST_TOKEN });
    const { server: url, overlay } = await server.listen();
    publisher = publishPoses({ url, token: TEST_TOKEN });
    const dance = heldDance();
    still = dance.still;
    playing = playRecording(dance, { loop: true, clock: systemClock }).subscribe((frame) =>
      publisher.send(frame),
    );
    shown = await showWindow(obs.display, `${overlay}&scene=${SCENE}`);
    await shown.page.addStyleTag({ content: `html { background: rgb(${GREEN.join(' ')}) !important; }` });
    const { currentProgramSceneName } = await obs.ask('GetSceneList');
    await obs.ask('CreateInput', {
      sceneName: currentProgramSceneName,
      inputName: 'Overlay',
      inputKind: 'xshm_input',
      inputSettings: { show_cursor: false },
    });
  });

  beforeEach((context) => {
    if (!hasObs()) context.skip(NO_OBS);
  });

  afterAll(async () => {
    playing?.unsubscribe();
    publisher?.dispose();
    await shown?.close();
    await server?.close();
    await obs?.close();
  });

  it('is seen by OBS with the skeleton where the dancer is, and nowhere else', async () => {
    const points = pointsOnScreen(still, shown.place);
    expect(points.length).toBeGreaterThan(20);
    await expect
      .poll(async () => (await seenByObs()).share(points), { timeout: 60_000, interval: 500 })
      .toBeGreaterThan(0.95);
    const { picture, share } = await seenByObs();
    mkdirSync(SCREENSHOTS, { recursive: true });
    writeFileSync(`${SCREENSHOTS}obs-sees-overlay.png`, picture);
    // The same figure a quarter of the window to the left and to the right.
    const aside = shown.place.width / 4;
    for (const way of [-aside, aside]) {
      expect(share(points.map(([x, y]): Point => [x + way, y]))).toBeLessThan(0.2);
    }
  });
});
