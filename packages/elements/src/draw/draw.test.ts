import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { type DrawContext, draw } from './draw.ts';
import { drawStyle } from './draw-style.ts';
import type { Viewport } from './fit.ts';
import { leftHand, poseFrame, standingPose } from './standing-pose.test-data.ts';
import { NO_TRAILS, nextTrails } from './trails.ts';

const VIEW: Viewport = { width: 500, height: 500, fit: 'contain', mirror: false };
/** Pure colours and no rim, so that a pixel says by itself what it belongs to. */
const STYLE = drawStyle({
  left: '#0000ff',
  right: '#ff0000',
  middle: '#ffffff',
  leftHand: '#00ff00',
  rightHand: '#ffff00',
  outline: undefined,
});

/** Draws on a real canvas for Node and gives a function that reads a pixel as [red, green, blue, alpha]. */
function drawn(
  ...[frame, style, view, trails]: Parameters<typeof draw> extends [unknown, ...infer R] ? R : never
) {
  const canvas = createCanvas(view.width, view.height);
  const context = canvas.getContext('2d');
  draw(context, frame, style, view, trails);
  return (x: number, y: number) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data];
}

const BLUE = [0, 0, 255, 255];
const RED = [255, 0, 0, 255];
const WHITE = [255, 255, 255, 255];
const NOTHING = [0, 0, 0, 0];

describe('draw', () => {
  it('paints the own left side, the right side and the middle in their colours, where the joints are', () => {
    const pixel = drawn(poseFrame([standingPose()]), STYLE, VIEW);
    expect(pixel(0.555 * 500, 0.7 * 500)).toEqual(BLUE); // left knee
    expect(pixel(0.445 * 500, 0.7 * 500)).toEqual(RED); // right knee
    expect(pixel(0.5 * 500, 0.24 * 500)).toEqual(WHITE); // between the shoulders
    expect(pixel(0.5 * 500, 0.7 * 500)).toEqual(NOTHING); // between the knees
  });

  it('paints a mirrored person on the other side', () => {
    const pixel = drawn(poseFrame([standingPose()]), STYLE, { ...VIEW, mirror: true });
    expect(pixel((1 - 0.555) * 500, 0.7 * 500)).toEqual(BLUE);
    expect(pixel(0.555 * 500, 0.7 * 500)).toEqual(RED);
  });

  it('follows the fit of a picture of another shape', () => {
    // 2000×1000 contained in 500×500: 500×250, from y = 125.
    const pixel = drawn(poseFrame([standingPose()], { width: 2000 }), STYLE, VIEW);
    expect(pixel(0.555 * 500, 125 + 0.7 * 250)).toEqual(BLUE);
  });

  it('fades joints that are hardly seen and leaves out those that are not', () => {
    const pixel = drawn(
      poseFrame([standingPose({ 25: { visibility: 0.3 }, 26: { visibility: 0.01 } })]),
      STYLE,
      VIEW,
    );
    const faded = pixel(0.555 * 500, 0.7 * 500)[3] ?? 0;
    expect(faded).toBeGreaterThan(60);
    expect(faded).toBeLessThan(250);
    expect(pixel(0.445 * 500, 0.7 * 500)).toEqual(NOTHING);
  });

  it('draws every person', () => {
    const shifted = standingPose({}, 1);
    const other = { ...shifted, landmarks: shifted.landmarks.map((mark) => ({ ...mark, x: mark.x - 0.3 })) };
    const pixel = drawn(poseFrame([standingPose(), other]), STYLE, VIEW);
    expect(pixel(0.555 * 500, 0.7 * 500)).toEqual(BLUE);
    expect(pixel(0.255 * 500, 0.7 * 500)).toEqual(BLUE);
  });

  it('draws hands in colours of their own, instead of the knuckles of the body', () => {
    const frame = poseFrame([standingPose()], { hands: [leftHand(1000)] });
    const pixel = drawn(frame, STYLE, VIEW);
    expect(pixel(0.62 * 500, 0.5 * 500)[1]).toBeGreaterThan(150);
    expect(pixel(0.65 * 500, 0.53 * 500)[2]).toBe(0); // where the body's own little finger would be
  });

  it('does not draw a hand that was seen over half a second ago', () => {
    const pixel = drawn(poseFrame([standingPose()], { hands: [leftHand(300)] }), STYLE, VIEW);
    expect(pixel(0.62 * 500, 0.5 * 500)).toEqual(NOTHING);
  });

  it('leaves out coordinates that are no numbers, and draws the rest', () => {
    const pixel = drawn(poseFrame([standingPose({ 25: { x: Number.NaN } })]), STYLE, VIEW);
    expect(pixel(0.445 * 500, 0.7 * 500)).toEqual(RED);
    expect(pixel(0.555 * 500, 0.7 * 500)).toEqual(NOTHING);
  });

  it('draws trails beneath, brightest at the newest end', () => {
    let trails = NO_TRAILS;
    let frame = poseFrame([]);
    for (let step = 0; step <= 10; step++) {
      frame = poseFrame([standingPose({ 15: { x: 0.7 + step * 0.02, y: 0.9 } })], { timestamp: step * 33 });
      trails = nextTrails(trails, frame, { joints: [15] });
    }
    const pixel = drawn({ ...frame, poses: [] }, STYLE, VIEW, trails);
    const newest = pixel(0.89 * 500, 450)[3] ?? 0;
    const older = pixel(0.78 * 500, 450)[3] ?? 0;
    expect(newest).toBeGreaterThan(older);
    expect(older).toBeGreaterThan(0);
  });

  it('draws nothing for an empty scene', () => {
    const pixel = drawn(poseFrame([]), STYLE, VIEW);
    for (let at = 0; at < 500; at += 25) expect(pixel(at, at)).toEqual(NOTHING);
  });

  it('makes the lines of a distant person thinner', () => {
    const widths = (shrink: number) => {
      const pose = standingPose();
      const landmarks = pose.landmarks.map((mark) => ({ ...mark, x: mark.x * shrink, y: mark.y * shrink }));
      return Math.max(
        ...recorded(poseFrame([{ ...pose, landmarks }]))
          .filter((entry) => entry.name === 'lineWidth')
          .map((entry) => Number(entry.value)),
      );
    };
    expect(widths(1)).toBe(STYLE.lineWidth);
    expect(widths(0.2)).toBeLessThan(STYLE.lineWidth / 2);
  });

  it('clears nothing and leaves the settings of the context to whoever owns it', () => {
    const calls = recorded(poseFrame([standingPose()])).map((entry) => entry.name);
    expect(calls[0]).toBe('save');
    expect(calls.at(-1)).toBe('restore');
    expect(calls).not.toContain('clearRect');
    expect(calls.filter((name) => name === 'arc')).toHaveLength(33);
  });
});

/** Every call and every setting, in order, on a context that draws nowhere. */
function recorded(frame: Parameters<typeof draw>[1]): Array<{ name: string; value: unknown }> {
  const log: Array<{ name: string; value: unknown }> = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get:
      (_, name) =>
      (...values: unknown[]) =>
        void log.push({ name: String(name), value: values }),
    set: (_, name, value) => {
      log.push({ name: String(name), value });
      return true;
    },
  });
  draw(context as unknown as DrawContext, frame, STYLE, VIEW);
  return log;
}
