import { readFileSync } from 'node:fs';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type {
  Landmark,
  MetricDeclaration,
  OverlayCanvas,
  OverlayLook,
  OverlayMoment,
  OverlayPart,
  OverlayPartFactory,
  OverlayPartSetup,
  OverlaySkeleton,
  Pose,
  PoseFrame,
  SettingValues,
} from '@pose-coach/core/extension';
import { type ExtensionManifest, readManifest } from '@pose-coach/core/extensions';
import { readRecording } from '@pose-coach/core/session';
import { STAGE_METRICS } from '@pose-coach/core/stage';
import { activateOverlay } from './overlay.ts';

/** The package's own manifest, as the extension host reads it. */
export const manifest: ExtensionManifest = manifestOf(new URL('../package.json', import.meta.url));

/** What is declared on a usual stage: the metrics of dance and of the stage itself. */
export const metrics: Readonly<Record<string, MetricDeclaration>> = Object.fromEntries(
  [
    ...manifestOf(new URL('../../extension-dance/package.json', import.meta.url)).contributes.metrics,
    ...STAGE_METRICS,
  ].map((metric) => [metric.id, metric]),
);

function manifestOf(file: URL): ExtensionManifest {
  const report = readManifest(JSON.parse(readFileSync(file, 'utf8')));
  if (!report.ok) throw new Error(report.faults.map(({ message }) => message).join('\n'));
  return report.manifest;
}

const registered = new Map<string, OverlayPartFactory>();
const registrar = {
  register(id: string, factory: OverlayPartFactory) {
    registered.set(id, factory);
    return { dispose: () => registered.delete(id) };
  },
};
activateOverlay({
  apiVersion: 1,
  widgets: registrar,
  themes: registrar,
  log: { info() {}, warn() {}, error() {} },
  asset: () => Promise.reject(new Error('There are no assets.')),
});

export const themeNames = manifest.contributes.overlayThemes.map(({ id }) => id);
export const widgetNames = manifest.contributes.overlayWidgets.map(({ id }) => id);

/** Ids under which the module has registered something. */
export function registeredIds(): readonly string[] {
  return [...registered.keys()];
}

/** A part as a page would make it. Chance is the same in every run, unless a test brings its own. */
export function part(id: string, random: () => number = mulberry(1)): OverlayPart {
  const factory = registered.get(id);
  if (!factory) throw new Error(`${id} is not registered.`);
  const setup: OverlayPartSetup = {
    // A canvas for Node stands in for the browser's: it has all that is used of it.
    createCanvas: (width, height) => createCanvas(width, height) as unknown as OffscreenCanvas,
    random,
  };
  return factory.create(setup);
}

/** Mulberry32: numbers in [0, 1) that look like chance, the same for the same seed. */
export function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The defaults of a widget or theme, as its declaration has them. */
export function defaultSettings(id: string): SettingValues {
  const all = [...manifest.contributes.overlayThemes, ...manifest.contributes.overlayWidgets];
  const declaration = all.find((each) => each.id === id);
  if (!declaration) throw new Error(`${id} is not declared.`);
  return Object.fromEntries(declaration.settings.map((setting) => [setting.id, setting.default]));
}

/** The look of a theme with its default settings. */
export function lookOf(theme: string): OverlayLook {
  const declaration = manifest.contributes.overlayThemes.find(({ id }) => id === theme);
  if (!declaration) throw new Error(`${theme} is not declared.`);
  const settings = defaultSettings(theme);
  return Object.fromEntries(
    Object.entries(declaration.look).map(([name, value]) => [
      name,
      typeof value === 'object' ? settings[value.setting] : value,
    ]),
  ) as unknown as OverlayLook;
}

/** The recording that the elements bring along: 640 × 480, one dancer. */
export function sampleFrames(): readonly PoseFrame[] {
  const bytes = readFileSync(new URL('../../elements/assets/sample-dance.poses', import.meta.url));
  const recording = readRecording(new Uint8Array(bytes));
  if (!recording.ok) throw recording.error;
  return recording.value.frames;
}

/** A moment with nothing in it but what is named. */
export function moment(changes: Partial<OverlayMoment> = {}): OverlayMoment {
  return {
    now: 1000,
    elapsed: 0,
    size: { width: 300, height: 150 },
    settings: {},
    look: lookOf('overlay.broadcast'),
    calm: false,
    live: true,
    readings: {},
    events: [],
    metrics,
    cues: [],
    ...changes,
  };
}

/** The picture fills the item. */
export function skeletonOf(
  width: number,
  height: number,
  changes: Partial<OverlaySkeleton> = {},
): OverlaySkeleton {
  return { x: 0, y: 0, width, height, mirror: false, trails: [], highlights: [], ...changes };
}

/** A canvas for Node, and its context as parts expect one. */
export function newCanvas(
  width: number,
  height: number,
): { readonly canvas: Canvas; readonly context: OverlayCanvas } {
  const canvas = createCanvas(width, height);
  return { canvas, context: canvas.getContext('2d') as unknown as OverlayCanvas };
}

/**
 * Somebody who stands upright in the middle of a square picture, 0.8 of it high, with arms held out: every joint
 * where arithmetic can find it again.
 * @param changes of single landmarks, by index
 */
export function standing(changes: Readonly<Record<number, Partial<Landmark>>> = {}, scale = 1, id = 1): Pose {
  const place = (x: number, y: number): Landmark => ({
    x: 0.5 + (x - 0.5) * scale,
    y: 0.5 + (y - 0.5) * scale,
    z: 0,
    visibility: 1,
  });
  const face = Array.from({ length: 11 }, () => place(0.5, 0.16));
  const sides = (y: number, away: number) => [place(0.5 + away, y), place(0.5 - away, y)];
  const below = [
    ...sides(0.26, 0.09), // shoulders
    ...sides(0.26, 0.2), // elbows
    ...sides(0.26, 0.31), // wrists
    ...sides(0.27, 0.34), // small fingers
    ...sides(0.25, 0.34), // index fingers
    ...sides(0.24, 0.33), // thumbs
    ...sides(0.49, 0.06), // hips
    ...sides(0.7, 0.06), // knees
    ...sides(0.86, 0.06), // ankles
    ...sides(0.88, 0.05), // heels
    ...sides(0.9, 0.09), // toes
  ];
  const landmarks = [...face, ...below].map((landmark, joint) => ({ ...landmark, ...changes[joint] }));
  return { id, score: 1, landmarks, worldLandmarks: [] };
}

/** A frame of a square picture. */
export function frameOf(poses: readonly Pose[], changes: Partial<PoseFrame> = {}): PoseFrame {
  return {
    sequence: 1,
    epoch: 1,
    timestamp: 1000,
    width: 1000,
    height: 1000,
    poses,
    hands: [],
    dropped: 0,
    timings: { capturedAt: 0, stages: {} },
    ...changes,
  };
}

/** Side of the square item that themes are tested on, in stage pixels. */
export const SIDE = 400;

/** A moment of a theme with its own settings, on a square item. */
export function themeMoment(theme: string, changes: Partial<OverlayMoment> = {}): OverlayMoment {
  return moment({
    size: { width: SIDE, height: SIDE },
    settings: defaultSettings(theme),
    look: lookOf(theme),
    skeleton: skeletonOf(SIDE, SIDE),
    ...changes,
  });
}

/** What is on a canvas: red, green, blue and alpha of a pixel, and all alphas. */
export function pixelsOf(canvas: Canvas): {
  at(x: number, y: number): readonly number[];
  readonly data: Uint8ClampedArray;
  readonly lit: number;
} {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let lit = 0;
  for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 0) lit += 1;
  return {
    at: (x, y) => {
      const index = (Math.round(y) * canvas.width + Math.round(x)) * 4;
      return [...data.slice(index, index + 4)];
    },
    data,
    lit,
  };
}

/** Paints moments one after the other, and gives the canvas as the last has left it. */
export function painted(id: string, moments: readonly OverlayMoment[], random?: () => number): Canvas {
  const { width, height } = moments[0]?.size ?? { width: 1, height: 1 };
  const { canvas, context } = newCanvas(width, height);
  const made = part(id, random);
  for (const each of moments) {
    context.clearRect(0, 0, width, height);
    made.paint(context, each);
  }
  return canvas;
}
