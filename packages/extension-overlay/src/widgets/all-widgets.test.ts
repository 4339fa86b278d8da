import { describe, expect, it } from 'vitest';
import { lookOf, manifest, themeNames, widgetNames } from '../overlay.test-support.ts';
import { Painted, type Readings, read, unknown } from './painted-widget.test-support.ts';

describe('what is not known', () => {
  const everything = {
    ...read({
      'stage.score': 77,
      'stage.combo': 77,
      'dance.rhythm': 77,
      'dance.movement': 'dancing',
      'dance.intensity': 77,
      'dance.onBeat': 77,
      'dance.onBeat.offset': 77,
      'dance.activity': [77, 77, 77, 77, 77, 77],
    }),
  };
  const unknowns = Object.assign({}, ...Object.keys(everything).map(unknown)) as Readings;

  it.each(widgetNames.filter((id) => id !== 'overlay.captions' && id !== 'overlay.activity'))(
    '%s writes a dash for it, neither the last value nor another',
    (id) => {
      for (const gone of [{}, unknowns]) {
        const widget = new Painted(id.slice('overlay.'.length));
        widget.after(0, { readings: everything, beat: { tempo: 77, at: 0 }, liveSince: 0 });
        widget.after(16, { readings: everything, beat: { tempo: 77, at: 0 }, liveSince: 0 });
        const words = [
          ...widget.after(16, { readings: gone, live: false }),
          ...widget.after(400, { readings: gone, live: false }),
        ];
        expect(words).toContain('–');
        expect(words.join(' ')).not.toMatch(/\d/);
      }
    },
  );

  it('is an empty figure, and dashes for bars', () => {
    const figure = new Painted('activity', { panel: false, title: false, tint: 'own', color: '#00ff00' });
    figure.after(0, { readings: everything });
    figure.after(16, { readings: unknowns });
    for (let index = 0; index < figure.pixels.data.length; index += 4) {
      const [r = 0, g = 0] = figure.pixels.data.slice(index, index + 2);
      if (g - r > 60) throw new Error('A part of the figure is lit.');
    }
    const bars = new Painted('activity', { shape: 'bars', title: false }, { width: 400, height: 300 });
    expect(bars.after(0, { readings: {} }).filter((word) => word === '–').length).toBe(6);
  });
});

describe('all widgets', () => {
  const readings = read({
    'stage.score': 1_234_567,
    'stage.combo': 100,
    'dance.rhythm': 200,
    'dance.movement': 'crouching',
    'dance.intensity': 100,
    'dance.onBeat': 100,
    'dance.onBeat.offset': -250,
    'dance.activity': [100, 100, 100, 100, 100, 100],
  });
  const cues = [
    {
      since: 0,
      cue: {
        id: 'c',
        timestamp: 0,
        severity: 'warning' as const,
        message: 'Step back until your feet are in the picture.',
        joints: [],
        source: 's',
      },
    },
  ];

  it.each(widgetNames)('%s keeps its words within its rectangle, in every look and shape', (id) => {
    const name = id.slice('overlay.'.length);
    const declared = manifest.contributes.overlayWidgets.find((each) => each.id === id)?.size ?? {
      width: 1,
      height: 1,
    };
    for (const [width, height] of [
      [1, 1],
      [0.5, 0.6],
      [2, 0.7],
      [0.6, 2.5],
    ] as const) {
      const size = {
        width: Math.round(declared.width * width),
        height: Math.round(declared.height * height),
      };
      for (const align of ['left', 'center', 'right']) {
        for (const panel of [true, false]) {
          const widget = new Painted(name, { align, panel }, size);
          for (const theme of themeNames) {
            const look = lookOf(theme);
            const beat = { tempo: 200, at: 0 };
            const { edges } = widget.written(1000, { readings, cues, look, beat, liveSince: -1e8 });
            expect(Math.min(...edges.map(({ left }) => left), 0), theme).toBeGreaterThanOrEqual(-1);
            expect(Math.min(...edges.map(({ top }) => top), 0), theme).toBeGreaterThanOrEqual(-1);
            expect(Math.max(...edges.map(({ right }) => right), 0), theme).toBeLessThanOrEqual(
              size.width + 1,
            );
            expect(Math.max(...edges.map(({ bottom }) => bottom), 0), theme).toBeLessThanOrEqual(
              size.height + 1,
            );
          }
        }
      }
    }
  });
});
