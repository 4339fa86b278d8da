import type { BodyLandmark } from '../pose/index.ts';
import type { ScoringRule } from './scoring.ts';
import { type Scene, type SkeletonItem, STAGE_VERSION, type Stage, type WidgetItem } from './stage.ts';

/** Canvases of the usual video formats, in stage pixels. */
export const WIDE_CANVAS = { width: 1920, height: 1080 } as const;
export const TALL_CANVAS = { width: 1080, height: 1920 } as const;

/** Where the ends of the body are: what moves most, and whose trails say most. */
const HANDS_AND_FEET: readonly BodyLandmark[] = ['leftWrist', 'rightWrist', 'leftAnkle', 'rightAnkle'];

/**
 * Movement beats against the beats of the music, in ms. None from 70 ms on, the window in which `dance.onBeat` takes
 * a movement to be on the beat; full up to 30 ms, one picture of a camera of 30 Hz: no nearer can be told. Four
 * seconds without a beat are two bars at 120 BPM: that is not dancing any more.
 */
const BEAT_SCORING: ScoringRule = { metric: 'dance.onBeat.each', full: 30, none: 70, patience: 4 };

/** What a streamer sees first: three scenes that work without a change. */
export function defaultStage(): Stage {
  return {
    version: STAGE_VERSION,
    current: 'dance',
    hidden: false,
    scenes: [dance(), justTheSkeleton(), vertical()],
  };
}

/** The middle stays free for the dancer; all that is to be read lies within the safe margins. */
function dance(): Scene {
  return {
    id: 'dance',
    name: 'Dance',
    canvas: WIDE_CANVAS,
    theme: { id: 'overlay.neon', settings: {} },
    items: [
      wholeSkeleton('skeleton', WIDE_CANVAS),
      widget('tempo', 96, 54, 300, 150),
      widget('movement', 96, 220, 300, 90),
      widget('score', 1524, 54, 300, 150),
      widget('combo', 1524, 220, 300, 110),
      widget('intensity', 96, 926, 420, 100),
      widget('captions', 540, 886, 840, 140),
      widget('activity', 1604, 766, 220, 260),
    ],
    scoring: BEAT_SCORING,
    triggers: [],
    bindings: [],
  };
}

function justTheSkeleton(): Scene {
  return {
    id: 'skeleton',
    name: 'Just the skeleton',
    canvas: WIDE_CANVAS,
    theme: { id: 'overlay.broadcast', settings: {} },
    items: [wholeSkeleton('skeleton', WIDE_CANVAS)],
    triggers: [],
    bindings: [],
  };
}

/** The lowest fifth stays free: there the apps that show such films have their own words and buttons. */
function vertical(): Scene {
  return {
    id: 'vertical',
    name: 'Vertical',
    canvas: TALL_CANVAS,
    theme: { id: 'overlay.particles', settings: {} },
    items: [
      { ...wholeSkeleton('skeleton', TALL_CANVAS), fit: 'cover' },
      widget('tempo', 54, 96, 300, 150),
      widget('movement', 54, 262, 300, 90),
      widget('score', 726, 96, 300, 150),
      widget('combo', 726, 262, 300, 110),
      widget('captions', 120, 1256, 840, 140),
      widget('intensity', 54, 1420, 420, 100),
    ],
    scoring: BEAT_SCORING,
    triggers: [],
    bindings: [],
  };
}

/** A skeleton over the whole canvas. */
export function wholeSkeleton(id: string, canvas: Scene['canvas']): SkeletonItem {
  return {
    kind: 'skeleton',
    id,
    x: 0,
    y: 0,
    width: canvas.width,
    height: canvas.height,
    visible: true,
    fit: 'contain',
    mirror: false,
    trails: HANDS_AND_FEET,
    highlight: true,
  };
}

/** One of our own widgets, with its own defaults. */
function widget(name: string, x: number, y: number, width: number, height: number): WidgetItem {
  return {
    kind: 'widget',
    id: name,
    widget: `overlay.${name}`,
    x,
    y,
    width,
    height,
    visible: true,
    settings: {},
  };
}
