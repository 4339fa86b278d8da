import { defaultStage } from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { CanvasDrag } from './canvas-drag.ts';

const [SCENE] = defaultStage().scenes;
if (!SCENE) throw new Error('The stage has no scene.');
/** One item of 300 × 150 stage pixels, alone on a canvas of 1920 × 1080. */
const ITEM = {
  kind: 'widget' as const,
  id: 'tempo',
  widget: 'overlay.tempo',
  ...{ x: 400, y: 300, width: 300, height: 150 },
  visible: true,
  settings: {},
};
const ALONE = { ...SCENE, items: [ITEM] };
const HELD = { altKey: false, shiftKey: false };

/** A drag at half size, so that one CSS pixel is two of the stage. */
function drag(handle: Parameters<CanvasDrag['begin']>[0]['handle']) {
  const dragging = new CanvasDrag();
  dragging.begin({ event: { clientX: 100, clientY: 100 }, handle, item: ITEM, scale: 0.5 });
  return (dx: number, dy: number, held: Partial<typeof HELD> = {}, snaps = true) =>
    dragging.move({ clientX: 100 + dx, clientY: 100 + dy, ...HELD, ...held }, ALONE, snaps);
}

describe('a drag on the canvas', () => {
  it('is a click as long as the pointer only trembles', () => {
    const move = drag('move');
    expect(move(2, 2)).toBeUndefined();
    expect(move(20, 0)).toMatchObject({ rectangle: { x: 440 } });
    // Back at the beginning it is a drag all the same.
    expect(move(0, 0)).toMatchObject({ rectangle: { x: 400 } });
  });

  it('goes as far on the stage as the pointer goes over the scaled canvas', () => {
    expect(drag('move')(30, 45)).toMatchObject({
      rectangle: { x: 460, y: 390, width: 300, height: 150 },
      guides: [],
    });
    expect(drag('se')(30, 40)).toMatchObject({ rectangle: { x: 400, y: 300, width: 360, height: 230 } });
    expect(drag('nw')(30, 15)).toMatchObject({ rectangle: { x: 460, y: 330, width: 240, height: 120 } });
  });

  it('is drawn on by the safe margin 14 stage pixels before it, and not with Alt or without snapping', () => {
    // From 400 to 104 is 8 from the margin at 96.
    const move = drag('move');
    expect(move(-148, 0)).toMatchObject({ rectangle: { x: 96 }, guides: [{ axis: 'x', at: 96 }] });
    expect(move(-148, 0, { altKey: true })).toMatchObject({ rectangle: { x: 104 }, guides: [] });
    expect(move(-148, 0, {}, false)).toMatchObject({ rectangle: { x: 104 }, guides: [] });
    expect(move(-140, 0)).toMatchObject({ rectangle: { x: 120 }, guides: [] });
  });

  it('keeps the proportions with Shift', () => {
    expect(drag('se')(75, 0, { shiftKey: true })).toMatchObject({
      rectangle: { x: 400, y: 300, width: 450, height: 225 },
    });
  });

  it('is one step of undo, and the next drag another', () => {
    const dragging = new CanvasDrag();
    const begin = () =>
      dragging.begin({ event: { clientX: 0, clientY: 0 }, handle: 'move', item: ITEM, scale: 1 });
    const step = (dx: number) => dragging.move({ clientX: dx, clientY: 0, ...HELD }, ALONE, false)?.step;
    begin();
    const first = step(10);
    expect(step(20)).toBe(first);
    begin();
    expect(step(10)).not.toBe(first);
  });
});
