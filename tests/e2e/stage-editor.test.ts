import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LivePublisher, publishPoses } from '@pose-coach/core/live';
import type { Browser, Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../synthetic-pose.ts';
import { launchChromium, screenshot } from './chromium.ts';
import { type ServerProcess, startServer, TEST_TOKEN } from './overlay-server-process.ts';

/** A widget that fills its place with the colour of its setting, as somebody else would write one. */
const SQUARE_MANIFEST = {
  name: 'extension-square',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'square',
    overlay: './overlay.js',
    contributes: {
      overlayWidgets: [
        {
          id: 'square.square',
          title: 'Square',
          size: { width: 200, height: 200 },
          settings: { color: { title: 'Colour', type: 'string', format: 'color', default: '#ff0000' } },
        },
      ],
    },
  },
};
const SQUARE_MODULE = `
export function activateOverlay(overlay) {
  overlay.widgets.register('square.square', {
    create: () => ({
      paint(canvas, { size, settings }) {
        canvas.fillStyle = settings.color;
        canvas.fillRect(0, 0, size.width, size.height);
      },
    }),
  });
}
`;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where the tempo stands in the stage that everybody begins with, in stage pixels. */
const TEMPO = { left: 96, top: 54 };

/** Milliseconds: a server that is started again, pages that come back, on a busy machine. */
const PATIENCE = 30_000;

/** Where an item stands on an overlay page, in stage pixels. */
async function placeOf(page: Page, item: string): Promise<{ left: number; top: number } | undefined> {
  return await page.evaluate((id) => {
    const element = document.querySelector<HTMLElement>(`[data-item="${id}"]`);
    return element
      ? { left: Number.parseFloat(element.style.left), top: Number.parseFloat(element.style.top) }
      : undefined;
  }, item);
}

describe('the editor in the studio', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pose-coach-editor-'));
  const extension = join(folder, 'extension-square');
  const start = (port = 0) =>
    startServer({ port, data: join(folder, 'data'), more: ['--extension', extension] });
  let browser: Browser;
  let server: ServerProcess;
  let studio: Page;
  let overlay: Page;
  let publisher: LivePublisher;
  let stream: NodeJS.Timeout;

  beforeAll(async () => {
    browser = await launchChromium();
    mkdirSync(extension);
    writeFileSync(join(extension, 'package.json'), JSON.stringify(SQUARE_MANIFEST));
    writeFileSync(join(extension, 'overlay.js'), SQUARE_MODULE);
    server = await start();
    publisher = publishPoses({ url: `http://${server.host}`, token: TEST_TOKEN });
    await firstValueFrom(publisher.status.pipe(filter(({ status }) => status === 'live')));
    let sequence = 0;
    stream = setInterval(() => {
      sequence += 1;
      publisher.send(
        syntheticFrame(sequence * 33, [syntheticPose(0, syntheticBody())], {
          sequence,
          timings: { capturedAt: Date.now(), stages: {} },
        }),
      );
    }, 33);
    studio = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await studio.goto(server.studio);
    overlay = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
    await overlay.goto(server.overlay);
  });

  afterAll(async () => {
    clearInterval(stream);
    publisher?.dispose();
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is a tab beside the camera, chosen by mouse or keyboard and again after a reload', async () => {
    await studio.getByRole('tab', { name: 'Camera' }).press('ArrowRight');
    await studio.getByRole('tab', { name: 'Overlay', selected: true }).waitFor();
    await studio.locator('pose-stage-editor').getByRole('button', { name: 'Dance on stream' }).waitFor();
    expect(await studio.locator('pose-coach').isVisible()).toBe(false);
    await studio.reload();
    await studio.getByRole('tab', { name: 'Overlay', selected: true }).waitFor();
    await studio.locator('pose-stage-editor').waitFor();
    expect(new URL(studio.url()).hash).toContain('token=');
  });

  it('moves a widget on an open overlay while it is dragged, without a reload', async () => {
    await expect.poll(() => placeOf(overlay, 'tempo'), { timeout: PATIENCE }).toEqual(TEMPO);
    await overlay.evaluate(() => Object.assign(window, { isTheSame: true }));
    const tempo = studio.getByRole('button', { name: /^Tempo, 96 from the left/ });
    const box = await tempo.boundingBox();
    if (!box) throw new Error('The tempo is not on the canvas.');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await studio.mouse.move(x, y);
    await studio.mouse.down();
    await studio.mouse.move(x + 150, y + 170, { steps: 10 });
    // The button is still down.
    await expect
      .poll(async () => (await placeOf(overlay, 'tempo'))?.left, { timeout: PATIENCE })
      .toBeGreaterThan(200);
    await screenshot(studio, 'stage-editor-dragging');
    await studio.mouse.up();
    expect(await overlay.evaluate(() => 'isTheSame' in window)).toBe(true);
    await studio.getByText('Saved', { exact: true }).waitFor();
    await studio.keyboard.press('Control+z');
    await expect.poll(() => placeOf(overlay, 'tempo'), { timeout: PATIENCE }).toEqual(TEMPO);
    await studio.keyboard.press('Control+y');
    await expect
      .poll(async () => (await placeOf(overlay, 'tempo'))?.left, { timeout: PATIENCE })
      .toBeGreaterThan(200);
  });

  it('finds it again after the server was restarted, on the overlay and in the studio', async () => {
    const before = await placeOf(overlay, 'tempo');
    await studio.getByText('Saved', { exact: true }).waitFor();
    const { port } = server;
    await server.stop();
    await studio.getByText('Not connected', { exact: true }).waitFor();
    server = await start(port);
    await studio.getByText('Saved', { exact: true }).waitFor({ timeout: PATIENCE });
    const named = `Tempo, ${before?.left} from the left, ${before?.top} from the top`;
    await studio.getByRole('button', { name: named }).waitFor();
    const other = await (await browser.newContext()).newPage();
    await other.goto(server.overlay);
    await expect.poll(() => placeOf(other, 'tempo'), { timeout: PATIENCE }).toEqual(before);
    await other.context().close();
    // It still changes what is there.
    await studio.getByRole('button', { name: named }).press('ArrowRight');
    await expect
      .poll(async () => (await placeOf(overlay, 'tempo'))?.left, { timeout: PATIENCE })
      .toBe((before?.left ?? 0) + 1);
  });

  it('shows another scene on the stream with one press', async () => {
    await studio.getByRole('button', { name: 'Just the skeleton' }).click();
    await studio.getByRole('button', { name: 'Show on stream' }).click();
    await expect.poll(() => placeOf(overlay, 'tempo'), { timeout: PATIENCE }).toBeUndefined();
    await expect.poll(() => placeOf(overlay, 'skeleton'), { timeout: PATIENCE }).toEqual({ left: 0, top: 0 });
  });

  it('puts a widget of somebody else’s on the stage, painted in a frame of its own, in a colour of ours', async () => {
    await studio.getByText('Add to the stage').click();
    await studio.getByRole('button', { name: 'Square' }).click();
    const item = studio.locator('.item[aria-pressed=true]');
    await expect
      .poll(() => item.getAttribute('aria-label'))
      .toMatch(/^Square, 860 from the left, 440 from the top/);
    await studio.getByLabel('Colour').fill('#00ff00');
    // In its middle, beside the skeleton: what the frame's worker has painted is seen in a picture of the page only.
    const box = await item.boundingBox();
    if (!box) throw new Error('The square is not on the canvas.');
    const clip = { x: box.x + box.width / 4, y: box.y + box.height / 4, width: 4, height: 4 };
    const color = async () => {
      const picture = (await studio.screenshot({ clip })).toString('base64');
      return await studio.evaluate(async (data) => {
        const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(1, 1).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
      }, picture);
    };
    await expect.poll(color, { timeout: PATIENCE }).toEqual([0, 255, 0, 255]);
  });

  it.each([
    ['a desktop', { width: 1440, height: 900 }],
    ['a phone', { width: 390, height: 844 }],
  ])('passes the accessibility audit on %s, and does not scroll sideways', async (name, viewport) => {
    await studio.setViewportSize(viewport);
    await studio.getByRole('button', { name: /^Dance/ }).click();
    await studio
      .getByRole('button', { name: /^Score, / })
      .first()
      .focus();
    // Through the debugger: the page's own policy forbids scripts that it did not bring.
    await studio.evaluate(axeSource);
    const { violations } = (await studio.evaluate('axe.run()')) as {
      readonly violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string }> }>;
    };
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
    expect(
      await studio.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
    await screenshot(studio, `stage-editor-${name.split(' ')[1]}`);
  });
});
