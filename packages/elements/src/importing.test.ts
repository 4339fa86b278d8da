import { describe, expect, it } from 'vitest';

describe('importing the elements in Node', () => {
  it('throws nothing and gives the classes and names', async () => {
    expect(typeof document).toBe('undefined');
    const elements = await import('./index.ts');
    expect(elements.TAGS.coach).toBe('pose-coach');
    expect(typeof elements.PoseCoachElement).toBe('function');
  });

  it('gives what hears music, and opens nothing', async () => {
    const { PoseMusicElement } = await import('./music/index.ts');
    expect(typeof PoseMusicElement).toBe('function');
  });

  it('gives the stage, and connects to nobody', async () => {
    const { PoseStageElement } = await import('./stage/index.ts');
    expect(typeof PoseStageElement).toBe('function');
  });

  it('gives the drawing without Lit and without a page', async () => {
    const { draw, fitPicture } = await import('./draw/index.ts');
    expect(typeof draw).toBe('function');
    expect(
      fitPicture({ width: 2, height: 1 }, { width: 4, height: 4, fit: 'contain', mirror: false }),
    ).toEqual({
      scaleX: 4,
      scaleY: 2,
      offsetX: 0,
      offsetY: 1,
    });
  });
});
