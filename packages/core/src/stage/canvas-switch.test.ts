import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCanvas } from './canvas-switch.ts';
import { defaultStage, TALL_CANVAS, WIDE_CANVAS } from './default-stage.ts';
import type { Scene, StageRectangle } from './stage.ts';
import { scene as anyScene, SEED } from './stage-arbitraries.test-data.ts';

const [dance] = defaultStage().scenes;

/** Those of the first scene that would lie on others on the tall canvas. */
const GIVING_WAY = ['captions', 'activity'];

const placesOf = (scene: Scene | undefined) =>
  Object.fromEntries((scene?.items ?? []).map(({ id, x, y, width, height }) => [id, [x, y, width, height]]));

describe('another canvas', () => {
  it('has what lay at margins and in the middle there again, and the skeleton over all of it', () => {
    expect(dance && placesOf(withCanvas(dance, TALL_CANVAS))).toMatchObject({
      skeleton: [0, 0, 1080, 1920],
      // Top left and top right: 5 % of 1080 are 54, of 1920 are 96.
      tempo: [54, 96, 300, 150],
      score: [726, 96, 300, 150],
      // Bottom left; and bottom middle, where the intensity lies already: 16 pixels above it.
      intensity: [54, 1724, 420, 100],
      captions: [120, 1568, 840, 140],
    });
  });

  it('gives the old one back as it was, where nothing had to give way', () => {
    const few = dance && { ...dance, items: dance.items.filter(({ id }) => !GIVING_WAY.includes(id)) };
    const there = few && withCanvas(few, TALL_CANVAS);
    expect(placesOf(there && withCanvas(there, WIDE_CANVAS))).toEqual(placesOf(few));
  });

  it('lays nothing on anything on which it did not lie before, where there is room', () => {
    const there = dance && withCanvas(dance, TALL_CANVAS);
    const widgets = (there?.items ?? []).filter(({ kind }) => kind === 'widget');
    expect(widgets).toHaveLength(7);
    for (const [index, one] of widgets.entries()) {
      for (const other of widgets.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart, `${one.id} and ${other.id}`).toBe(true);
      }
    }
  });

  it('shrinks in proportion what would not fit between the margins, and keeps a band from edge to edge', () => {
    const item = (id: string, place: StageRectangle) => ({
      ...{ kind: 'widget' as const, id, widget: 'overlay.score', ...place, visible: true, settings: {} },
    });
    const scene: Scene = {
      ...{ id: 'a', name: 'A', canvas: WIDE_CANVAS, theme: { id: 'overlay.neon', settings: {} } },
      items: [
        item('large', { x: 96, y: 54, width: 1728, height: 864 }),
        item('band', { x: 0, y: 880, width: 1920, height: 100 }),
      ],
      ...{ triggers: [], bindings: [] },
    };
    expect(placesOf(withCanvas(scene, TALL_CANVAS))).toEqual({
      // 972 wide instead of 1728, and 486 high instead of 864; at the top margin as before.
      large: [54, 96, 972, 486],
      // 826 of the 872 pixels between the margins lie above it: of 1628 that is 1542.1, and the margin 96.
      band: [0, 1638, 1080, 100],
    });
  });

  it('has every item wholly on it, whatever lay where', () => {
    const size = fc.integer({ min: 16, max: 4000 });
    fc.assert(
      fc.property(anyScene, fc.record({ width: size, height: size }), (scene, canvas) => {
        const { items, canvas: now } = withCanvas(scene, canvas);
        expect(now).toEqual(canvas);
        if (canvas.width === scene.canvas.width && canvas.height === scene.canvas.height) return;
        for (const { x, y, width, height } of items) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
          expect(x + width).toBeLessThanOrEqual(canvas.width);
          expect(y + height).toBeLessThanOrEqual(canvas.height);
        }
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});
