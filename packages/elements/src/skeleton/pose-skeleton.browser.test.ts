import type { PoseFrame } from '@pose-coach/core';
import { Subject } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import './pose-skeleton.ts';
import type { PoseSkeletonElement } from './pose-skeleton.ts';

afterEach(() => document.body.replaceChildren());

/** An element of 300×300 CSS pixels with pure colours. */
async function skeleton(changes: Partial<PoseSkeletonElement> = {}): Promise<PoseSkeletonElement> {
  const element = document.createElement('pose-skeleton');
  element.style.cssText =
    'width:300px;height:300px;--pose-left-color:#0000ff;--pose-right-color:#ff0000;--pose-outline-color:transparent';
  Object.assign(element, changes);
  document.body.append(element);
  await element.updateComplete;
  await painted();
  return element;
}

/** Two repaints: one for the observers, one for the drawing. */
async function painted(): Promise<void> {
  for (let count = 0; count < 3; count++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

function canvasOf(element: PoseSkeletonElement): HTMLCanvasElement {
  const canvas = element.renderRoot.querySelector('canvas');
  if (!canvas) throw new Error('There is no canvas.');
  return canvas;
}

/** The colour at a place given in parts of the element. */
function pixel(element: PoseSkeletonElement, x: number, y: number): number[] {
  const canvas = canvasOf(element);
  const context = canvas.getContext('2d');
  const data = context?.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data;
  return [...(data ?? [])];
}

const BLUE = [0, 0, 255, 255];
const NOTHING = [0, 0, 0, 0];
/** Where the left knee of the standing person is. */
const KNEE = [0.555, 0.7] as const;

describe('<pose-skeleton>', () => {
  it('passes the accessibility audit', async () => {
    await expectAccessible(await skeleton({ frame: poseFrame([standingPose()]) }));
  });

  it('draws a frame where its joints are', async () => {
    const element = await skeleton({ frame: poseFrame([standingPose()]) });
    expect(pixel(element, ...KNEE)).toEqual(BLUE);
    expect(pixel(element, 0.5, 0.7)).toEqual(NOTHING);
  });

  it('has as many pixels as the screen has for it', async () => {
    const element = await skeleton();
    expect(canvasOf(element).width).toBe(Math.round(300 * devicePixelRatio));
  });

  it('mirrors and fits as its attributes say', async () => {
    const element = await skeleton({ frame: poseFrame([standingPose()]) });
    element.setAttribute('mirror', '');
    await element.updateComplete;
    await painted();
    expect(pixel(element, 1 - KNEE[0], KNEE[1])).toEqual(BLUE);

    element.setAttribute('fit', 'crop');
    element.setAttribute('mirror', 'false');
    await element.updateComplete;
    await painted();
    // 1000 picture pixels around the middle of 300: x = 150 + (0.555 − 0.5)·1000 = 205; y would be 350, outside.
    // The left hip, at (0.55, 0.52), is at (200, 170).
    expect(pixel(element, 200 / 300, 170 / 300)).toEqual(BLUE);
  });

  it('takes colours from custom properties and one colour for all from its attribute', async () => {
    const element = await skeleton({ frame: poseFrame([standingPose()]) });
    element.setAttribute('color', '#00ff00');
    await element.updateComplete;
    await painted();
    expect(pixel(element, ...KNEE)).toEqual([0, 255, 0, 255]);
  });

  it('shows a stream, and nothing once it has fallen silent for half a second', async () => {
    const frames = new Subject<PoseFrame>();
    const element = await skeleton({ frames });
    frames.next(poseFrame([standingPose()], { timings: { capturedAt: Date.now(), stages: {} } }));
    await vi.waitFor(() => expect(pixel(element, ...KNEE)).toEqual(BLUE));
    const shownAt = performance.now();
    await vi.waitFor(() => expect(pixel(element, ...KNEE)).toEqual(NOTHING), { timeout: 1500, interval: 20 });
    expect(performance.now() - shownAt).toBeLessThan(700);
  });

  it('clears itself when its stream ends or is taken away', async () => {
    const frames = new Subject<PoseFrame>();
    const element = await skeleton({ frames });
    frames.next(poseFrame([standingPose()]));
    await vi.waitFor(() => expect(pixel(element, ...KNEE)).toEqual(BLUE));
    frames.complete();
    await vi.waitFor(() => expect(pixel(element, ...KNEE)).toEqual(NOTHING), { timeout: 300 });
  });

  it('lets its stream go when it leaves the page, and takes it up again when it comes back', async () => {
    const frames = new Subject<PoseFrame>();
    const element = await skeleton({ frames });
    expect(frames.observed).toBe(true);
    element.remove();
    expect(frames.observed).toBe(false);
    document.body.append(element);
    expect(frames.observed).toBe(true);
  });

  it('does not draw while it is out of sight, and does not let the stream go either', async () => {
    const frames = new Subject<PoseFrame>();
    const element = await skeleton({ frames });
    element.style.marginTop = '200vh';
    await painted();
    const clear = vi.spyOn(CanvasRenderingContext2D.prototype, 'clearRect');
    frames.next(poseFrame([standingPose()]));
    await painted();
    expect(clear).not.toHaveBeenCalled();
    clear.mockRestore();
    expect(frames.observed).toBe(true);
  });

  it('keeps its trails to itself: a second element on the page has none', async () => {
    const one = new Subject<PoseFrame>();
    const first = await skeleton({ frames: one, trails: true });
    const second = await skeleton({ trails: true, frame: poseFrame([]) });
    for (let step = 0; step < 10; step++) {
      one.next(
        poseFrame([standingPose({ 15: { x: 0.7 + step * 0.02, y: 0.95 } })], { timestamp: 1000 + step * 33 }),
      );
      await new Promise((resolve) => setTimeout(resolve, 33));
    }
    await painted();
    expect(pixel(first, 0.8, 0.95)[3]).toBeGreaterThan(0);
    expect(pixel(second, 0.8, 0.95)).toEqual(NOTHING);
  });
});
