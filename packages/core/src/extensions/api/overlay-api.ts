import type { MetricDeclaration, MetricId, Reading } from '../../analysis/index.ts';
import type { Cue } from '../../feedback/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { Log, Registrar, SettingValues } from './extension-api.ts';

/**
 * What the module that a manifest's `overlay` names exports. It runs where the overlay is shown: a trusted one in
 * the page, any other in a worker inside an isolated frame. Both ways it paints on a canvas and reaches nothing else.
 */
export interface OverlayModule {
  /**
   * Called once in each realm, when its first part is wanted: register every part that the manifest declares. In the
   * page one realm serves all places; isolated, every place on the stage has one of its own. Throwing, rejecting or
   * taking longer than ten seconds is a failure of the part that was wanted.
   */
  activateOverlay(overlay: OverlayApi): void | Promise<void>;
}

/** What Pose Coach offers to overlay modules. */
export interface OverlayApi {
  readonly apiVersion: 1;
  /** Of `contributes.overlayWidgets`. */
  readonly widgets: Registrar<OverlayPartFactory>;
  /** Of `contributes.overlayThemes`: a theme paints the skeleton, and its `look` colours the widgets. */
  readonly themes: Registrar<OverlayPartFactory>;
  readonly log: Log;
  /**
   * A file of the extension's own package that its manifest names in `assets`: a font, a picture.
   * @throws PoseCoachError `ASSET_NOT_FOUND`, `OPTION_INVALID`
   */
  asset(path: string): Promise<ArrayBuffer>;
}

/** Makes a part for every place on the stage that shows it, so that each has a memory of its own. */
export interface OverlayPartFactory {
  create(setup: OverlayPartSetup): OverlayPart;
}

export interface OverlayPartSetup {
  /** A canvas to paint on beside the stage: for a picture that is kept, or for WebGL. */
  createCanvas(width: number, height: number): OffscreenCanvas;
  /** In [0, 1), for whatever is scattered. Parts use no other chance, so that tests can repeat what they did. */
  random(): number;
}

/** Something that is painted on the stage, up to 60 times a second. */
export interface OverlayPart {
  /**
   * Paints one moment on a cleared canvas. One unit is one stage pixel, the origin the item's top left corner.
   * Reads no clock: `moment.now` is the time. Throwing empties this part and is told in the studio.
   */
  paint(canvas: OverlayCanvas, moment: OverlayMoment): void;
  dispose?(): void;
}

/** The 2-D context of a canvas of the page or of a worker. */
export type OverlayCanvas = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** All that a part is told. Plain data: it can be cloned and posted. */
export interface OverlayMoment {
  /** Milliseconds on a steady clock of the stage's own, the same for all its parts. */
  readonly now: number;
  /** Milliseconds since this part's painting before; 0 at the first and after a pause. */
  readonly elapsed: number;
  /** Size of the item in stage pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** By name, complete and valid: what the studio chose, else the default. */
  readonly settings: SettingValues;
  readonly look: OverlayLook;
  /** The viewer, or the streamer, asks for less motion: nothing moves that need not. */
  readonly calm: boolean;
  /** Whether somebody publishes. */
  readonly live: boolean;
  /** `now` at which the present publisher went live. */
  readonly liveSince?: number;
  /** The people as they are shown now, between two results; absent while there is no source. Without world landmarks. */
  readonly frame?: PoseFrame;
  /** Themes only: where the picture lies in the item, what of its joints leaves a trail, what is emphasised. */
  readonly skeleton?: OverlaySkeleton;
  /** The newest reading of each metric, of the first person; gone when silent for ten seconds. */
  readonly readings: Readonly<Record<MetricId, Reading>>;
  /** Readings of metrics of the kind `event` that came since this part's painting before, of anybody. */
  readonly events: readonly Reading[];
  /** What is declared, whether or not it is read. */
  readonly metrics: Readonly<Record<MetricId, MetricDeclaration>>;
  /** Those that are to be read now, the newest last. */
  readonly cues: readonly OverlayCue[];
  /** The beat of music or movement; absent when none is known. */
  readonly beat?: OverlayBeat;
}

export interface OverlayCue {
  readonly cue: Cue;
  /** `now` at which it came. */
  readonly since: number;
}

export interface OverlayBeat {
  /** Beats per minute. */
  readonly tempo: number;
  /** `now` of a beat; others lie whole beats from it. */
  readonly at: number;
}

/** The camera's picture on the item. A landmark lies at `x + landmark.x · width` (mirrored: `x + (1 − landmark.x) · width`), `y + landmark.y · height`. */
export interface OverlaySkeleton {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly mirror: boolean;
  /** Indices of body landmarks. */
  readonly trails: readonly number[];
  /** Indices of body landmarks that a cue names now. */
  readonly highlights: readonly number[];
}

/** How a theme wants everything on the stage to look. Colours as CSS says them. */
export interface OverlayLook {
  readonly accent: string;
  /** For what must differ from the accent: the other side of the body, a second line. */
  readonly accent2: string;
  readonly text: string;
  readonly muted: string;
  /** Behind text; may be transparent. */
  readonly surface: string;
  readonly edge: string;
  readonly good: string;
  readonly warning: string;
  /** CSS font families. */
  readonly font: string;
  /** CSS font weight of numbers and titles, 100 to 900. */
  readonly weight: number;
  /** Radius of corners in stage pixels. */
  readonly radius: number;
  /** How lines and letters are made. */
  readonly finish: 'flat' | 'glow' | 'sketch' | 'soft';
}
