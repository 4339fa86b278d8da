import { mkdirSync, writeFileSync } from 'node:fs';
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Cue, OverlayMoment, PoseFrame, Reading } from '@pose-coach/core/extension';
import { describe, expect, it } from 'vitest';
import {
  defaultSettings,
  lookOf,
  manifest,
  moment,
  newCanvas,
  part,
  sampleFrames,
  skeletonOf,
  themeNames,
} from './overlay.test-support.ts';

/** Where people look at them; not kept in the repository. */
const FOLDER = new URL('../../../tests/results/screenshots/overlay-looks/', import.meta.url);
mkdirSync(FOLDER, { recursive: true });

const frames = sampleFrames();
const STEP = 1000 / 60;

type Backdrop = (context: SKRSContext2D, x: number, y: number, width: number, height: number) => void;
/** A dark room, a bright one, and a busy picture. */
const BACKDROPS: readonly Backdrop[] = [
  (context, x, y, width, height) => {
    const light = context.createLinearGradient(x, y, x, y + height);
    light.addColorStop(0, '#1b2030');
    light.addColorStop(0.7, '#2b2433');
    light.addColorStop(1, '#14110f');
    context.fillStyle = light;
    context.fillRect(x, y, width, height);
  },
  (context, x, y, width, height) => {
    const light = context.createLinearGradient(x, y, x, y + height);
    light.addColorStop(0, '#f4f1ea');
    light.addColorStop(0.7, '#e6e0d4');
    light.addColorStop(1, '#bba98e');
    context.fillStyle = light;
    context.fillRect(x, y, width, height);
  },
];

function cue(id: string, severity: Cue['severity'], message: string): Cue {
  return { id, timestamp: 0, severity, message, joints: ['leftWrist'], source: 'test' };
}

function reading(metric: string, value: NonNullable<Reading['value']>, more: Partial<Reading> = {}): Reading {
  return { metric, timestamp: 0, status: 'ok', value, confidence: 1, ...more };
}

const READINGS: OverlayMoment['readings'] = Object.fromEntries(
  [
    reading('stage.score', 12480),
    reading('stage.combo', 27),
    reading('dance.rhythm', 124),
    reading('dance.movement', 'dancing'),
    reading('dance.intensity', 84),
    reading('dance.activity', [35, 48, 92, 70, 58, 15]),
    reading('dance.onBeat', 72),
    reading('dance.onBeat.offset', -42, { uncertainty: 18 }),
  ].map((each) => [each.metric, each]),
);

/** The frame between two of the recording, as a stage shows it. */
function shownAt(timestamp: number): PoseFrame {
  const index = Math.max(0, frames.findIndex((frame) => frame.timestamp > timestamp) - 1);
  const before = frames[index];
  const after = frames[index + 1] ?? before;
  if (!before || !after) throw new Error('The recording is empty.');
  const share = (timestamp - before.timestamp) / (after.timestamp - before.timestamp || 1);
  return {
    ...before,
    timestamp,
    poses: before.poses.map((pose) => {
      const next = after.poses.find(({ id }) => id === pose.id)?.landmarks ?? pose.landmarks;
      const landmarks = pose.landmarks.map((landmark, joint) => {
        const { x, y } = next[joint] ?? landmark;
        return {
          ...landmark,
          x: landmark.x + (x - landmark.x) * share,
          y: landmark.y + (y - landmark.y) * share,
        };
      });
      return { ...pose, landmarks };
    }),
  };
}

const WHOLE = { width: 960, height: 720 };

/** Paints a theme for a second of the dance, as a stage would, and leaves the last moment on the canvas. */
function danced(theme: string, until: number, changes: Partial<OverlayMoment> = {}) {
  const { canvas, context } = newCanvas(WHOLE.width, WHOLE.height);
  const painted = part(theme);
  for (let time = -1300; time <= 0; time += STEP) {
    context.clearRect(0, 0, WHOLE.width, WHOLE.height);
    painted.paint(
      context,
      moment({
        now: 5000 + time,
        elapsed: time === -1300 ? 0 : STEP,
        size: WHOLE,
        settings: defaultSettings(theme),
        look: lookOf(theme),
        frame: shownAt(until + time),
        skeleton: skeletonOf(WHOLE.width, WHOLE.height, { trails: [15, 16, 27, 28] }),
        beat: { tempo: 124, at: 4950 },
        ...changes,
      }),
    );
  }
  return canvas;
}

/** Moments of the recording, in ms, at which hands and feet have just moved far. */
const STRONG = strongMoments(3);

function strongMoments(count: number): readonly number[] {
  const found: { at: number; way: number }[] = [];
  for (const [index, frame] of frames.entries()) {
    const before = frames[index - 8];
    const now = frame.poses[0]?.landmarks;
    const then = before?.poses[0]?.landmarks;
    if (!now || !then || now.some(({ visibility }) => visibility < 0.1)) continue;
    const way = [15, 16, 27, 28].reduce(
      (sum, joint) =>
        sum +
        Math.hypot(
          (now[joint]?.x ?? 0) - (then[joint]?.x ?? 0),
          (now[joint]?.y ?? 0) - (then[joint]?.y ?? 0),
        ),
      0,
    );
    found.push({ at: frame.timestamp, way });
  }
  found.sort((one, other) => other.way - one.way);
  const chosen: number[] = [];
  for (const { at } of found) {
    if (chosen.length < count && chosen.every((other) => Math.abs(other - at) > 1500)) chosen.push(at);
  }
  return chosen;
}

describe('contact sheets', () => {
  it.each(themeNames)('%s on dark and light pictures, moving, highlighted and calm', (theme) => {
    const { width, height } = WHOLE;
    const sheet = createCanvas(width * 3, height * 2);
    const context = sheet.getContext('2d');
    const highlights = skeletonOf(width, height, { trails: [15, 16, 27, 28], highlights: [13, 26] });
    const pictures = [
      danced(theme, STRONG[0] ?? 0),
      danced(theme, STRONG[1] ?? 0, { skeleton: highlights }),
      danced(theme, STRONG[2] ?? 0, { calm: true }),
    ];
    for (const [row, backdrop] of BACKDROPS.entries()) {
      for (const [column, picture] of pictures.entries()) {
        backdrop(context, column * width, row * height, width, height);
        context.drawImage(picture, column * width, row * height);
      }
    }
    writeFileSync(new URL(`${theme}.png`, FOLDER), sheet.toBuffer('image/png'));
    expect(litPixels(pictures)).toBeGreaterThan(pictures.length * 5000);
  });

  it.each(themeNames)('the widgets in the look of %s', (theme) => {
    const [columns, gap] = [1980, 20];
    const sheet = createCanvas(columns, 2640);
    const context = sheet.getContext('2d');
    const pictures = (['panel', 'bare', 'unknown'] as const).flatMap((variant) =>
      manifest.contributes.overlayWidgets.map(({ id, size }) => lived(theme, id, size, variant)),
    );
    for (const [half, backdrop] of BACKDROPS.entries()) {
      backdrop(context, 0, half * 1320, columns, 1320);
      let [x, y, rowHeight] = [gap, half * 1320 + gap, 0];
      for (const picture of pictures) {
        if (x + picture.width + gap > columns) [x, y, rowHeight] = [gap, y + rowHeight + gap, 0];
        context.drawImage(picture, x, y);
        x += picture.width + gap;
        rowHeight = Math.max(rowHeight, picture.height);
      }
    }
    writeFileSync(new URL(`${theme}-widgets.png`, FOLDER), sheet.toBuffer('image/png'));
    expect(litPixels(pictures)).toBeGreaterThan(250_000);
  });
});

/** Paints a widget for twenty seconds; in the last variant nothing is known for the last eight. */
function lived(
  theme: string,
  id: string,
  size: OverlayMoment['size'],
  variant: 'panel' | 'bare' | 'unknown',
): Canvas {
  const painted = part(id);
  const { canvas, context } = newCanvas(size.width, size.height);
  const settings = { ...defaultSettings(id), panel: variant !== 'bare' };
  const long = 'Your left arm does half the work of the right.';
  for (let time = 0; time <= 20_000; time += 200) {
    const known = variant !== 'unknown' || time < 12_000;
    const swing = 50 + 40 * Math.sin(time / 2300) + 6 * Math.sin(time / 210);
    const live = {
      ...READINGS,
      'dance.intensity': reading('dance.intensity', swing),
      'stage.combo': reading('stage.combo', time < 19_800 ? 24 : 25),
    };
    context.clearRect(0, 0, size.width, size.height);
    painted.paint(
      context,
      moment({
        now: 1000 + time,
        elapsed: 200,
        size,
        settings,
        look: lookOf(theme),
        readings: known ? live : {},
        live: known,
        liveSince: -3_725_000,
        cues: known
          ? [
              { cue: cue('a', 'praise', 'On the beat: well done.'), since: 500 },
              { cue: cue('b', 'warning', long), since: 600 },
            ]
          : [{ cue: cue('c', 'hint', 'Step back until your feet are in the picture.'), since: 600 }],
        ...(known ? { beat: { tempo: 124, at: 21_000 - 60 } } : {}),
      }),
    );
  }
  return canvas;
}

/** How many pixels are painted at all. */
function litPixels(pictures: readonly Canvas[]): number {
  return pictures.reduce((sum, picture) => {
    const { data } = picture.getContext('2d').getImageData(0, 0, picture.width, picture.height);
    return sum + data.filter((value, index) => index % 4 === 3 && value > 0).length;
  }, 0);
}
