import type { OverlayLook, OverlayMoment, SettingDeclaration } from '@pose-coach/core/extension';
import { syntheticFrames } from '@pose-coach/core/extension-testing';
import { createOverlayParts } from '@pose-coach/core/overlay-parts';
import { afterAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as module from './overlay.ts';

const parts = createOverlayParts({ sources: [{ manifest, module }] });
afterAll(() => parts.dispose());

const SIZE = { width: 480, height: 270 };
const frames = syntheticFrames(1, (seconds) => ({ shoulder: 120 * Math.abs(Math.sin(3 * seconds)) }));

function defaults(settings: readonly SettingDeclaration[]): OverlayMoment['settings'] {
  return Object.fromEntries(settings.map(({ id, default: value }) => [id, value]));
}

function moments(settings: readonly SettingDeclaration[], look: OverlayLook): readonly OverlayMoment[] {
  return frames.map((frame, index) => ({
    now: 1000 + frame.timestamp,
    elapsed: index === 0 ? 0 : 1000 / 30,
    size: SIZE,
    settings: defaults(settings),
    look,
    calm: false,
    live: true,
    liveSince: 0,
    frame,
    skeleton: { x: 60, y: 0, width: 360, height: 270, mirror: false, trails: [15, 16], highlights: [13] },
    readings: {},
    events: [],
    metrics: {},
    cues: [
      {
        since: 0,
        cue: {
          id: 'a.b',
          timestamp: 0,
          severity: 'praise',
          message: 'Well done.',
          joints: ['leftElbow'],
          source: 'a',
        },
      },
    ],
    beat: { tempo: 120, at: 0 },
  }));
}

const LOOK: OverlayLook = {
  accent: '#22e6ff',
  accent2: '#ff4df0',
  text: '#ffffff',
  muted: '#cccccc',
  surface: 'rgba(0, 0, 0, 0.8)',
  edge: '#22e6ff',
  good: '#5dffa8',
  warning: '#ffd23d',
  font: 'sans-serif',
  weight: 700,
  radius: 12,
  finish: 'glow',
};

const all = [
  ...parts.themes.map(({ value }) => ({ kind: 'theme' as const, ...value })),
  ...parts.widgets.map(({ value }) => ({ kind: 'widget' as const, ...value })),
];

describe('in the page that shows the overlay', () => {
  it('all themes and widgets are listed', () => {
    expect(parts.faults).toEqual([]);
    expect(all.length).toBe(14);
  });

  it.each(all)(
    '$id paints a second of somebody who moves, without a fault',
    async ({ kind, id, settings }) => {
      const place = document.createElement('div');
      document.body.append(place);
      const part = parts.mount(kind, id, place);
      const [first, ...rest] = moments(settings, LOOK);
      if (!first) throw new Error('There is nobody.');
      part.paint(first, 1);
      await expect.poll(() => part.state).toBe('ready');
      for (const each of rest) part.paint(each, 1);
      const canvas = place.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('There is no canvas.');
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const lit = data.filter((value, index) => index % 4 === 3 && value > 0).length;
      expect(lit).toBeGreaterThan(300);
      expect(parts.faults).toEqual([]);
      part.dispose();
      place.remove();
    },
  );
});
