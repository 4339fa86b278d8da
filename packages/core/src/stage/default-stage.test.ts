import { describe, expect, it } from 'vitest';
import overlay from '../../../extension-overlay/package.json' with { type: 'json' };
import { defaultStage } from './default-stage.ts';

const scenes = defaultStage().scenes.map((scene) => [scene.name, scene] as const);
const { overlayThemes, overlayWidgets } = overlay.poseCoach.contributes;

describe.each(scenes)('the scene “%s” that everybody begins with', (_, { canvas, items, theme }) => {
  const widgets = items.filter((item) => item.kind === 'widget');

  it('shows themes and widgets that our extension has, at the size for which they are made', () => {
    expect(overlayThemes.map(({ id }) => id)).toContain(theme.id);
    for (const { widget, width, height } of widgets) {
      const declared = overlayWidgets.find(({ id }) => id === widget);
      expect({ widget, size: { width, height } }).toEqual({ widget, size: declared?.size });
    }
  });

  it('has the skeleton over the whole canvas, behind everything', () => {
    expect(items[0]).toMatchObject({ kind: 'skeleton', x: 0, y: 0, ...canvas });
    expect(items.filter(({ kind }) => kind === 'skeleton')).toHaveLength(1);
  });

  it('has every widget within the safe margins of a twentieth', () => {
    for (const { x, y, width, height } of widgets) {
      expect(x).toBeGreaterThanOrEqual(canvas.width / 20);
      expect(y).toBeGreaterThanOrEqual(canvas.height / 20);
      expect(x + width).toBeLessThanOrEqual((canvas.width * 19) / 20);
      expect(y + height).toBeLessThanOrEqual((canvas.height * 19) / 20);
    }
  });

  it('has no widget that covers another', () => {
    const covered = widgets.flatMap((one) =>
      widgets.filter(
        (other) =>
          other !== one &&
          one.x < other.x + other.width &&
          other.x < one.x + one.width &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      ),
    );
    expect(covered).toEqual([]);
  });
});
