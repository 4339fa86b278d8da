// Results per second of a whole coach, with or without an extension that is added while it runs.
import { createCoach, interpolate } from '@pose-coach/core';
import { camera } from '@pose-coach/core/camera';
import { createExtensions, type ExtensionState } from '@pose-coach/core/extensions';
import { mediapipe } from '@pose-coach/core/mediapipe';
import { draw, drawStyle } from '@pose-coach/elements/draw';
import { map } from 'rxjs';

export interface CoachMeasurement {
  /** Results in each second. */
  readonly perSecond: readonly number[];
  /** Milliseconds between two repaints. */
  readonly gaps: readonly number[];
  /** Frames of the camera that were skipped. */
  readonly dropped: number;
  /** What became of the extension; undefined without one. */
  readonly extension: ExtensionOutcome | undefined;
}

export interface ExtensionOutcome {
  readonly state: ExtensionState;
  readonly restarts: number;
  /** Milliseconds from adding it until it was given up. */
  readonly disabledAfter: number | undefined;
  readonly meanCost: number | undefined;
  readonly lastError: string | undefined;
}

declare global {
  interface Window {
    measureCoach(extension: string | undefined, seconds: number): Promise<CoachMeasurement>;
  }
}

/** Milliseconds before counting: the first results wait for caches and the camera's start. */
const WARM_UP = 3000;

window.measureCoach = async (address, seconds) => {
  const extensions = createExtensions();
  const coach = createCoach({
    estimator: mediapipe({ model: 'lite', delegate: 'CPU', assets: '/assets/' }),
    source: { kind: 'pixels', frames: camera({ width: 640 }) },
    extensions,
  });
  let results = 0;
  let dropped = 0;
  const firstResult = new Promise<void>((resolve) => {
    coach.frames.subscribe(({ frame }) => {
      results += 1;
      dropped += frame.dropped;
      resolve();
    });
  });
  coach.state.subscribe((state) => {
    if (state.status === 'error') throw state.error;
  });
  coach.frames
    .pipe(
      map(({ frame }) => frame),
      interpolate(),
    )
    .subscribe(painter());
  await firstResult;
  await wait(WARM_UP);

  const startedAt = performance.now();
  const repaints = watchRepaints();
  let disabledAfter: number | undefined;
  let id: string | undefined;
  if (address !== undefined) {
    extensions.onDidChange(() => {
      const state = extensions.list[0]?.state;
      if (state === 'disabled') disabledAfter ??= performance.now() - startedAt;
    });
    id = await extensions.add(address);
  }
  dropped = 0;
  const perSecond: number[] = [];
  let before = results;
  for (let second = 1; second <= seconds; second += 1) {
    await wait(startedAt + second * 1000 - performance.now());
    perSecond.push(results - before);
    before = results;
  }
  const gaps = repaints.stop();
  const status = extensions.list.find((each) => each.id === id);
  coach.dispose();
  extensions.dispose();
  return {
    perSecond,
    gaps,
    dropped,
    extension: status && {
      state: status.state,
      restarts: status.restarts,
      disabledAfter,
      meanCost: status.cost?.mean,
      lastError: status.lastError?.message,
    },
  };
};

/** Paints skeletons on the page's canvas, as a page does that shows them. */
function painter(): (moment: { readonly frame: Parameters<typeof draw>[1] }) => void {
  const canvas = document.querySelector('canvas');
  const context = canvas?.getContext('2d');
  if (!canvas || !context) throw new Error('The page has no canvas.');
  const viewport = { width: canvas.width, height: canvas.height, fit: 'contain', mirror: true } as const;
  const style = drawStyle();
  return ({ frame }) => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    draw(context, frame, style, viewport);
  };
}

function watchRepaints(): { stop(): readonly number[] } {
  const gaps: number[] = [];
  let previous: number | undefined;
  let handle = requestAnimationFrame(function repaint(now) {
    if (previous !== undefined) gaps.push(now - previous);
    previous = now;
    handle = requestAnimationFrame(repaint);
  });
  return {
    stop: () => {
      cancelAnimationFrame(handle);
      return gaps;
    },
  };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
