import { type Disposable, type JsonValue, PoseCoachError } from '../../base/index.ts';
import type {
  OverlayLook,
  OverlayModule,
  OverlayMoment,
  OverlayPartSetup,
  SettingValues,
} from '../api/index.ts';
import type { ManifestReport, SettingDeclaration } from '../manifest/index.ts';
import { readManifest, settingFault } from '../manifest/index.ts';
import { OverlayRuntime } from '../overlay/overlay-runtime.ts';
import { type PaintableCanvas, PartCanvas } from '../overlay/part-canvas.ts';

export interface TestOverlayPartOptions {
  /** The content of the extension's package.json. */
  readonly manifest: unknown;
  /** The extension's overlay module, as it was imported. */
  readonly module: OverlayModule;
  /** Of the widget or the theme. */
  readonly id: string;
  /** What is painted on: a canvas of the page, or in Node that of a package such as `@napi-rs/canvas`. */
  readonly canvas: PaintableCanvas;
  /** Where the platform has no `OffscreenCanvas`, and the part makes canvases. */
  readonly createCanvas?: (width: number, height: number) => PaintableCanvas;
  /** Settings that differ from their defaults, by name. */
  readonly settings?: Readonly<Record<string, JsonValue>>;
  /** Canvas pixels per stage pixel. Default: 1. */
  readonly pixelRatio?: number;
  /** Of its chance, which is the same in every test: a whole number from 1 to 2³² − 1. Default: 1. */
  readonly seed?: number;
  /** The package's files. Default: there are none. */
  readonly asset?: (path: string) => Promise<ArrayBuffer>;
}

/** A widget or a theme that runs in a test. */
export interface OverlayPartTest extends Disposable {
  /**
   * Paints a moment as the overlay would.
   * @param changes what differs from a moment at 0 ms in which somebody is live, nobody is seen and nothing is read
   */
  paint(changes?: Partial<OverlayMoment>): void;
}

/** As a theme might have it. */
const LOOK: OverlayLook = {
  accent: '#38bdf8',
  accent2: '#fb923c',
  text: '#ffffff',
  muted: '#94a3b8',
  surface: 'rgb(0 0 0 / 60%)',
  edge: 'transparent',
  good: '#4ade80',
  warning: '#fbbf24',
  font: 'sans-serif',
  weight: 700,
  radius: 12,
  finish: 'flat',
};

/** Of themes: a whole stage. */
const STAGE = { width: 1920, height: 1080 } as const;

/**
 * Makes a widget or a theme in a test and paints on a canvas that is given, without a clock and with chance that
 * repeats itself: the same moments always give the same picture.
 * @throws PoseCoachError `MANIFEST_INVALID` with every fault, or for an id that is not declared or not registered;
 *   `SETTING_INVALID`; whatever the module throws
 */
export async function testOverlayPart(options: TestOverlayPartOptions): Promise<OverlayPartTest> {
  const { module, id, settings = {}, pixelRatio = 1, seed = 1, createCanvas, asset = noAsset } = options;
  const manifest = soundManifest(readManifest(options.manifest, { module: true, overlay: true }));
  const { overlayWidgets, overlayThemes } = manifest.contributes;
  const widget = overlayWidgets.find((declared) => declared.id === id);
  const theme = overlayThemes.find((declared) => declared.id === id);
  const declared = widget ?? theme;
  if (!declared) throw new PoseCoachError('MANIFEST_INVALID', `${id} is not declared in this manifest.`);
  const runtime = new OverlayRuntime(manifest, { log: () => undefined, asset });
  await runtime.activate(module);
  const make = createCanvas && ((...size: [number, number]) => createCanvas(...size) as OffscreenCanvas);
  const part = runtime.create({ kind: widget ? 'widget' : 'theme', id }, seed, make satisfies Make);
  const canvas = new PartCanvas(options.canvas);
  const values = completed(declared.settings, settings);
  return {
    paint: (changes = {}) =>
      canvas.paint(
        part,
        {
          now: 0,
          elapsed: 0,
          size: widget?.size ?? STAGE,
          settings: values,
          look: LOOK,
          calm: false,
          live: true,
          readings: {},
          events: [],
          metrics: {},
          cues: [],
          ...changes,
        },
        pixelRatio,
      ),
    dispose: () => part.dispose?.(),
  };
}

type Make = OverlayPartSetup['createCanvas'] | undefined;

function completed(
  declarations: readonly SettingDeclaration[],
  chosen: Readonly<Record<string, JsonValue>>,
): SettingValues {
  const unknown = Object.keys(chosen).find((name) => !declarations.some(({ id }) => id === name));
  if (unknown !== undefined)
    throw new PoseCoachError('SETTING_INVALID', `${unknown} is no setting of this part.`);
  return Object.fromEntries(
    declarations.map((setting) => {
      const value = chosen[setting.id] ?? setting.default;
      const expected = settingFault(setting, value);
      if (expected === undefined) return [setting.id, value];
      throw new PoseCoachError('SETTING_INVALID', `${setting.id}: expected ${expected}.`);
    }),
  );
}

function soundManifest(report: ManifestReport) {
  if (report.ok) return report.manifest;
  throw new PoseCoachError('MANIFEST_INVALID', report.faults.map(({ message }) => message).join(' '));
}

async function noAsset(path: string): Promise<never> {
  throw new PoseCoachError('ASSET_NOT_FOUND', `"${path}" is not given to this test: pass "asset".`);
}
