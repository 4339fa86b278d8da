import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { OverlayMoment } from '@pose-coach/core/extension';
import { build } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultSettings,
  frameOf,
  lookOf,
  manifest,
  metrics,
  moment,
  newCanvas,
  part,
  registeredIds,
  skeletonOf,
  standing,
  themeNames,
  widgetNames,
} from './overlay.test-support.ts';

const parts = [...themeNames, ...widgetNames];

describe('the overlay module', () => {
  it('registers every theme and widget that the manifest declares, and no other', () => {
    expect([...registeredIds()].sort()).toEqual([...parts].sort());
    expect(parts.length).toBe(14);
  });

  it('gives widgets only metrics to start with that are declared', () => {
    const chosen = manifest.contributes.overlayWidgets.flatMap(({ settings }) =>
      settings.filter(({ schema }) => schema.format === 'metric').map((setting) => String(setting.default)),
    );
    expect(chosen.length).toBeGreaterThan(7);
    expect(chosen.filter((metric) => !Object.hasOwn(metrics, metric))).toEqual([]);
  });

  it('imports nothing that other extensions could not', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.includes('.test'),
    );
    const imported = files.flatMap((file) =>
      [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => name),
    );
    expect([...new Set(imported)].sort()).toEqual([
      '@pose-coach/core',
      '@pose-coach/core/analysis',
      '@pose-coach/core/extension',
    ]);
  });

  it('is one self-contained module of at most 40 kB, with nothing that needs rxjs', async () => {
    const root = fileURLToPath(new URL('../../../', import.meta.url));
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: ['packages/extension-overlay/src/overlay.ts'],
      tsconfig: `${root}/tsconfig.json`,
      bundle: true,
      format: 'esm',
      minify: true,
      target: ['chrome103'],
      write: false,
    });
    const code = outputFiles[0]?.text ?? '';
    expect(code).not.toMatch(/\bimport\b|Observable/);
    expect(gzipSync(code).length).toBeLessThan(40_000);
    expect(code.length).toBeGreaterThan(10_000);
  });
});

/** `#rrggbb` or `rgba(r, g, b, a)`. */
function rgba(color: string): readonly [number, number, number, number] {
  const [, hex] = /^#([0-9a-f]{6})$/i.exec(color) ?? [];
  if (hex !== undefined) {
    const value = Number.parseInt(hex, 16);
    return [value >> 16, (value >> 8) & 255, value & 255, 1];
  }
  const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b, a];
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance([r, g, b]: readonly [number, number, number, number]): number {
  const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) => {
    const channel = value / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(themeNames)('the look of %s', (theme) => {
  const look = lookOf(theme);
  const over = (picture: number) => {
    const [r, g, b, a] = rgba(look.surface);
    const mixed = [r, g, b].map((value) => value * a + picture * (1 - a));
    return luminance([mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0, 1]);
  };

  it('has text that can be read on its panels, over a white picture as over a black one', () => {
    const contrast = (color: string, picture: number) => {
      const [light, dark] = [luminance(rgba(color)), over(picture)].sort((one, other) => other - one);
      return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
    };
    for (const picture of [0, 255]) {
      for (const color of [look.text, look.muted, look.accent, look.accent2, look.good, look.warning]) {
        expect(contrast(color, picture), `${color} over ${picture}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

/** What a canvas remembers between two paintings. */
const STATE = [
  'globalAlpha',
  'globalCompositeOperation',
  'lineWidth',
  'lineCap',
  'lineJoin',
  'strokeStyle',
  'fillStyle',
  'font',
  'textAlign',
  'textBaseline',
] as const;

const anyNumber = fc.double({ noNaN: true, min: -1e4, max: 1e4 });
const anyLandmark = fc.record({
  x: fc.double({ noNaN: true, min: -3, max: 4 }),
  y: fc.double({ noNaN: true, min: -3, max: 4 }),
  z: fc.constant(0),
  visibility: fc.double({ noNaN: true, min: 0, max: 1 }),
});
const anyHand = fc.record({
  poseId: fc.integer({ min: 0, max: 3 }),
  side: fc.constantFrom('left' as const, 'right' as const),
  score: fc.constant(1),
  timestamp: fc.integer({ min: 0, max: 1200 }),
  landmarks: fc.array(anyLandmark, { minLength: 21, maxLength: 21 }),
  worldLandmarks: fc.constant([]),
});
const anyPose = fc.record({
  id: fc.integer({ min: 0, max: 3 }),
  score: fc.constant(1),
  landmarks: fc.oneof(
    fc.array(anyLandmark, { minLength: 33, maxLength: 33 }),
    fc.constant(standing().landmarks),
  ),
  worldLandmarks: fc.constant([]),
});
const anyReading = (metric: string) =>
  fc.record({
    metric: fc.constant(metric),
    timestamp: fc.constant(0),
    status: fc.constantFrom('ok' as const, 'unknown' as const),
    value: fc.oneof(
      anyNumber,
      fc.string(),
      fc.boolean(),
      fc.array(anyNumber, { minLength: 1, maxLength: 12 }),
    ),
    confidence: fc.constant(1),
    uncertainty: fc.double({ noNaN: true, min: 0, max: 1e4 }),
  });
const readMetrics = [
  'stage.score',
  'stage.combo',
  'dance.rhythm',
  'dance.movement',
  'dance.intensity',
  'dance.activity',
  'dance.onBeat',
  'dance.onBeat.offset',
];
const anyMoment = fc.record({
  elapsed: fc.oneof(fc.constantFrom(0, 16.7, 33, 66), fc.double({ noNaN: true, min: 0, max: 1e6 })),
  size: fc.record({ width: fc.integer({ min: 1, max: 500 }), height: fc.integer({ min: 1, max: 500 }) }),
  theme: fc.constantFrom(...themeNames),
  calm: fc.boolean(),
  live: fc.boolean(),
  liveSince: fc.option(anyNumber, { nil: undefined }),
  frame: fc.option(
    fc
      .record({
        poses: fc.array(anyPose, { maxLength: 3 }),
        hands: fc.array(anyHand, { maxLength: 2 }),
        epoch: fc.integer({ min: 1, max: 2 }),
      })
      .map(({ poses, hands, epoch }) => frameOf(poses, { hands, epoch })),
    { nil: undefined },
  ),
  mirror: fc.boolean(),
  trails: fc.array(fc.integer({ min: 0, max: 32 }), { maxLength: 5 }),
  highlights: fc.array(fc.integer({ min: 0, max: 32 }), { maxLength: 5 }),
  readings: fc.record(Object.fromEntries(readMetrics.map((metric) => [metric, anyReading(metric)])), {
    requiredKeys: [],
  }),
  messages: fc.array(fc.string({ maxLength: 200 }), { maxLength: 4 }),
  beat: fc.option(fc.record({ tempo: fc.double({ noNaN: true, min: 0, max: 400 }), at: anyNumber }), {
    nil: undefined,
  }),
});

describe.each(parts)('%s', (id) => {
  it('paints whatever it is told without throwing, and leaves the canvas as it was', () => {
    const run = fc.property(
      fc.array(anyMoment, { minLength: 1, maxLength: 4 }),
      fc.record({
        panel: fc.boolean(),
        title: fc.boolean(),
        align: fc.constantFrom('left', 'center', 'right'),
        shape: fc.constantFrom('bars', 'figure'),
      }),
      (told, chosen) => {
        const made = part(id);
        const { canvas, context } = newCanvas(500, 500);
        let now = 1000;
        for (const {
          elapsed,
          theme,
          frame,
          mirror,
          trails,
          highlights,
          beat,
          liveSince,
          messages,
          ...rest
        } of told) {
          now += elapsed;
          const before = STATE.map((name) => context[name]);
          made.paint(
            context,
            moment({
              ...rest,
              readings: rest.readings as OverlayMoment['readings'],
              now,
              elapsed,
              settings: { ...defaultSettings(id), ...chosen },
              look: lookOf(theme),
              skeleton: skeletonOf(rest.size.width, rest.size.height, { mirror, trails, highlights }),
              cues: messages.map((message, index) => ({
                since: now - 100 * index,
                cue: {
                  id: `c.${index}`,
                  timestamp: 0,
                  severity: 'hint',
                  message,
                  joints: ['leftKnee'],
                  source: 's',
                },
              })),
              ...(frame ? { frame } : {}),
              ...(beat ? { beat } : {}),
              ...(liveSince === undefined ? {} : { liveSince }),
            }),
          );
          expect(STATE.map((name) => context[name])).toEqual(before);
          const { a, b, c, d, e, f } = context.getTransform();
          expect([a, b, c, d, e, f]).toEqual([1, 0, 0, 1, 0, 0]);
          // What is saved and never restored would show only here.
          context.restore();
          expect(context.globalAlpha).toBe(1);
        }
        expect(canvas.width).toBe(500);
      },
    );
    fc.assert(run, { numRuns: 40, seed: 7 });
  });
});
