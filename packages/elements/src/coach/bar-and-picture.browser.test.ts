import { afterEach, describe, expect, it } from 'vitest';
import { inState, inside, poseCoach, posesByHand } from './in-page.test-data.ts';
import type { PoseCoachElement } from './pose-coach.ts';

afterEach(() => document.body.replaceChildren());

/** One that runs, with nobody's pointer or focus in it. */
async function running(width: number, height: number, changes: Partial<PoseCoachElement> = {}) {
  const { source, give } = posesByHand();
  const element = await poseCoach({ source, autostart: true, ...changes });
  element.style.cssText = `width:${width}px;height:${height}px`;
  give();
  await inState(element, 'running');
  const bar = element.shadowRoot?.querySelector('.bar');
  return {
    picture: inside(element, 'video').getBoundingClientRect(),
    skeleton: inside(element, 'pose-skeleton').getBoundingClientRect(),
    bar: bar?.getBoundingClientRect(),
    hasFaded: () => bar !== null && bar !== undefined && getComputedStyle(bar).opacity === '0',
  };
}

/** Longer than the bar takes to fade, in ms. */
const FADE = 400;

const barHadTime = () => new Promise((resolve) => setTimeout(resolve, FADE));

describe('The bar and the picture of a <pose-coach>', () => {
  it.each([
    ['a desktop', 960, 540],
    ['a phone', 358, 477],
  ])('lie apart on %s, so that the feet are in view and the bar can stay', async (_, width, height) => {
    const { picture, skeleton, bar, hasFaded } = await running(width, height);
    expect(picture.top).toBe(skeleton.top);
    expect(picture.height).toBe(skeleton.height);
    expect(picture.bottom).toBeLessThanOrEqual(bar?.top ?? 0);
    // No more of the height is given away than the bar needs, with its margins.
    expect(picture.height).toBeGreaterThanOrEqual(height - 80);
    await barHadTime();
    expect(hasFaded()).toBe(false);
  });

  it.each([
    ['there is little height', 640, 360, {}],
    ['the picture is to fill the element', 960, 540, { fit: 'cover' }],
  ] as const)('lie on each other where %s, and the bar fades', async (_, width, height, changes) => {
    const { picture, skeleton, hasFaded } = await running(width, height, changes);
    expect([picture.height, skeleton.height]).toEqual([height, height]);
    await barHadTime();
    expect(hasFaded()).toBe(true);
  });

  it('give all of the height to the picture where there is no bar', async () => {
    const { picture, skeleton, bar } = await running(960, 540, { controls: false });
    expect([picture.height, skeleton.height, bar]).toEqual([540, 540, undefined]);
  });
});
