// The page of the overlay benchmark: what painting costs, by theme, and how late poses are painted.
import { Interpolator, type PoseFrame } from '@pose-coach/core';
import { subscribePoses } from '@pose-coach/core/live';
import { createOverlayParts } from '@pose-coach/core/overlay-parts';
import { readRecording } from '@pose-coach/core/session';
import { defaultStage, type Scene } from '@pose-coach/core/stage';
import { draw, drawStyle } from '@pose-coach/elements/draw';
import { liveStage, StageView } from '@pose-coach/elements/stage';
import * as overlayModule from '@pose-coach/extension-overlay/overlay';
import overlayManifest from '../../../packages/extension-overlay/package.json' with { type: 'json' };

/** What is painted: the plain skeleton, or the first scene's people in a theme, without or with its widgets. */
export type Painted =
  | { readonly kind: 'plain' }
  | { readonly kind: 'theme' | 'scene'; readonly theme: string };

export interface PaintCost {
  /** Milliseconds that each painting took, with its pixels made. */
  readonly costs: readonly number[];
  /** Milliseconds between two repaints, in a second run in which nobody waited for pixels. */
  readonly gaps: readonly number[];
}

declare global {
  interface Window {
    measurePaint(painted: Painted, seconds: number): Promise<PaintCost>;
    /** Milliseconds from a pose’s capture to its painting, of every repaint that showed a new moment. */
    measureDelays(server: string, key: string, seconds: number): Promise<readonly number[]>;
  }
}

const SIZE = { width: 1920, height: 1080 };
/** Milliseconds before counting: code is compiled, trails and particles are there. */
const WARM_UP = 1500;

/** What a dancer is read as: numbers that widgets show, and a beat for all to pulse on. */
const VALUES = {
  'dance.rhythm': 120,
  'dance.movement': 'dancing',
  'dance.intensity': 64,
  'stage.score': 4200,
};
const BEAT = { id: 'dance.rhythm.beat', title: 'Beat', kind: 'event', unit: 'BPM' } as const;

const parts = createOverlayParts({ sources: [{ manifest: overlayManifest, module: overlayModule }] });

/** A place as large as an overlay, in place of what was on the page. */
function place(): HTMLElement {
  const root = document.createElement('div');
  root.style.cssText = `position:absolute;left:0;top:0;width:${SIZE.width}px;height:${SIZE.height}px`;
  document.body.replaceChildren(root);
  return root;
}

/** The sample recording as it would be shown at a moment, over and over. */
async function samplePlayer(): Promise<(now: number) => PoseFrame | undefined> {
  const bytes = new Uint8Array(await (await fetch('/sample-dance.poses')).arrayBuffer());
  const read = readRecording(bytes);
  if (!read.ok) throw read.error;
  const { frames } = read.value;
  const interpolator = new Interpolator({ over: 33 });
  let next = 0;
  let began: number | undefined;
  return (now) => {
    began ??= now;
    for (;;) {
      const frame = frames[next % frames.length];
      const first = frames[0]?.timestamp ?? 0;
      const length = (frames[frames.length - 1]?.timestamp ?? 0) - first + 33;
      const round = Math.floor(next / frames.length);
      if (!frame || began + round * length + frame.timestamp - first > now) break;
      interpolator.push({ ...frame, epoch: round }, now);
      next += 1;
    }
    return interpolator.at(now)?.frame;
  };
}

/** Something that paints a moment, and the canvases that it paints on. */
interface Painter {
  paint(frame: PoseFrame | undefined, now: number): void;
  canvases(): Iterable<HTMLCanvasElement>;
  dispose(): void;
}

function plainPainter(): Painter {
  const canvas = Object.assign(document.createElement('canvas'), SIZE);
  place().append(canvas);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The page has no canvas.');
  const style = drawStyle();
  return {
    paint(frame) {
      context.clearRect(0, 0, SIZE.width, SIZE.height);
      if (frame) draw(context, frame, style, { ...SIZE, fit: 'contain', mirror: false });
    },
    canvases: () => [canvas],
    dispose: () => canvas.remove(),
  };
}

function scenePainter(theme: string, withWidgets: boolean): Painter {
  const root = place();
  const view = new StageView(root, { parts, calm: false });
  const dance = defaultStage().scenes[0] as Scene;
  const items = dance.items.filter(({ kind }) => withWidgets || kind === 'skeleton');
  view.setMetrics([BEAT]);
  view.setSource(true, performance.now());
  view.show({ ...dance, items, theme: { id: theme, settings: {} } });
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    paint(frame, now) {
      if (frame) view.setFrame(frame);
      if (frame && now - toldAt > 500) {
        toldAt = now;
        view.addReadings({ readings: readingsAt(frame), cues: [] });
      }
      view.paint(now);
    },
    canvases: () => root.querySelectorAll('canvas'),
    dispose: () => view.dispose(),
  };
}

function readingsAt({ timestamp }: PoseFrame) {
  const values = Object.entries({ ...VALUES, [BEAT.id]: 120 });
  return values.map(([metric, value]) => ({
    metric,
    timestamp,
    status: 'ok' as const,
    value,
    confidence: 1,
  }));
}

/** Calls back with every repaint, until so many milliseconds after the warm-up are over. */
function everyRepaint(seconds: number, step: (now: number, isWarm: boolean) => void): Promise<void> {
  return new Promise((resolve) => {
    const began = performance.now();
    const next = (now: number) => {
      step(now, now - began > WARM_UP);
      if (now - began > WARM_UP + seconds * 1000) resolve();
      else requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

window.measurePaint = async (painted, seconds) => {
  const make = () =>
    painted.kind === 'plain' ? plainPainter() : scenePainter(painted.theme, painted.kind === 'scene');
  const costs: number[] = [];
  let frameAt = await samplePlayer();
  let painter = make();
  await everyRepaint(seconds, (now, isWarm) => {
    const frame = frameAt(now);
    const began = performance.now();
    painter.paint(frame, now);
    // A canvas notes down what is asked of it and paints later: reading a pixel waits for it.
    for (const canvas of painter.canvases()) canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
    if (isWarm) costs.push(performance.now() - began);
  });
  painter.dispose();
  const gaps: number[] = [];
  frameAt = await samplePlayer();
  painter = make();
  let last = 0;
  await everyRepaint(seconds, (now, isWarm) => {
    painter.paint(frameAt(now), now);
    if (isWarm) gaps.push(now - last);
    last = now;
  });
  painter.dispose();
  return { costs, gaps };
};

window.measureDelays = async (server, key, seconds) => {
  const view = new StageView(place(), { parts, calm: false });
  const subscriber = subscribePoses({ url: server, key });
  const delays: number[] = [];
  let capturedAt = 0;
  let paintedOf = 0;
  let isWarm = false;
  const setFrame = view.setFrame.bind(view);
  const paint = view.paint.bind(view);
  view.setFrame = (frame) => {
    capturedAt = frame?.timings.capturedAt ?? 0;
    setFrame(frame);
  };
  view.paint = (now) => {
    paint(now);
    if (isWarm && capturedAt > 0 && capturedAt !== paintedOf) {
      delays.push(performance.timeOrigin + performance.now() - capturedAt);
    }
    paintedOf = capturedAt;
  };
  const live = liveStage(view, subscriber);
  await new Promise((resolve) => setTimeout(resolve, WARM_UP));
  isWarm = true;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  live.dispose();
  subscriber.dispose();
  view.dispose();
  return delays;
};
