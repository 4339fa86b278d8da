import { readFileSync } from 'node:fs';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type {
  MetricDeclaration,
  OverlayCanvas,
  OverlayLook,
  OverlayMoment,
  OverlayPart,
  OverlayPartFactory,
  OverlayPartSetup,
  OverlaySkeleton,
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
