// The page of the pipeline benchmark: counts results of the bare engine and of the SDK on the same camera.
import { estimatePoses, interpolate, oneEuro, smooth } from '@pose-coach/core';
import { camera } from '@pose-coach/core/camera';
import { mediapipe } from '@pose-coach/core/mediapipe';
import { draw, drawStyle } from '@pose-coach/elements/draw';
import { share } from 'rxjs';

export interface Measurement {
  readonly resultsPerSecond: number;
  /** Milliseconds between two repaints, while it ran. */
  readonly gaps: readonly number[];
  /** Main-thread tasks over 50 ms, in ms. */
  readonly longTasks: readonly number[];
  /** Per painted skeleton: ms from the camera's frame to its paint. Empty for the bare engine. */
  readonly paintDelays: readonly number[];
  /** Per result: ms the engine took for the body. Empty for the bare engine. */
  readonly inference: readonly number[];
}

declare global {
  interface Window {
    measureBare(model: string, seconds: number): Promise<Measurement>;
    measureSdk(model: 'lite' | 'full', seconds: number, hands: boolean): Promise<Measurement>;
    heapInUse(): number | undefined;
    startSdk(model: 'lite' | 'full'): void;
  }
}

/** Warm-up before counting, in ms: the first results wait for caches and the camera's start. */
const WARM_UP = 3000;

window.measureBare = async (model, seconds) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640 } });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error('The camera gave no track.');
  const { readable } = new MediaStreamTrackProcessor({ track });
  const worker = new Worker('/bare-worker.js', { type: 'module' });
  const counter = observe(seconds);
  worker.onmessage = ({ data }: MessageEvent<{ type: string }>) => {
    if (data.type === 'ready') counter.start();
    else counter.result();
  };
  worker.postMessage({ readable, model: `/assets/models/${model}`, wasm: '/assets/wasm' }, [readable]);
  const measurement = await counter.finished;
  worker.terminate();
  for (const each of stream.getTracks()) each.stop();
  return measurement;
};

window.measureSdk = async (model, seconds, hands) => {
  const counter = observe(seconds);
  const stop = runSdk(model, hands, counter);
  const measurement = await counter.finished;
  stop();
  return measurement;
};

window.startSdk = (model) => {
  runSdk(model, false, { start() {}, result() {}, inferred() {}, painted() {} });
};

window.heapInUse = () =>
  (performance as Performance & { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize;

type Watcher = Pick<Counter, 'start' | 'result' | 'inferred' | 'painted'>;

function runSdk(model: 'lite' | 'full', hands: boolean, counter: Watcher): () => void {
  const canvas = document.querySelector('canvas');
  const context = canvas?.getContext('2d');
  if (!canvas || !context) throw new Error('The page has no canvas.');
  let started = false;
  const frames = camera({ width: 640 }).pipe(
    estimatePoses(mediapipe({ model, hands, delegate: 'CPU', assets: '/assets/' })),
    smooth(oneEuro()),
    share(),
  );
  const results = frames.subscribe((frame) => {
    if (!started) counter.start();
    started = true;
    counter.result();
    counter.inferred(frame.timings.stages.body ?? 0);
  });
  const viewport = { width: canvas.width, height: canvas.height, fit: 'contain', mirror: true } as const;
  const style = drawStyle();
  let shown = -1;
  const display = frames.pipe(interpolate()).subscribe(({ frame, settled }) => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    draw(context, frame, style, viewport);
    if (settled && frame.sequence !== shown) {
      shown = frame.sequence;
      counter.painted(performance.timeOrigin + performance.now() - frame.timings.capturedAt);
    }
  });
  return () => {
    results.unsubscribe();
    display.unsubscribe();
  };
}

interface Counter {
  start(): void;
  result(): void;
  inferred(milliseconds: number): void;
  painted(milliseconds: number): void;
  readonly finished: Promise<Measurement>;
}

function observe(seconds: number): Counter {
  const gaps: number[] = [];
  const longTasks: number[] = [];
  const paintDelays: number[] = [];
  const inference: number[] = [];
  let results = 0;
  let counting = false;
  let finish: (measurement: Measurement) => void;
  const finished = new Promise<Measurement>((resolve) => {
    finish = resolve;
  });
  return {
    finished,
    result: () => {
      if (counting) results += 1;
    },
    inferred: (milliseconds) => {
      if (counting) inference.push(milliseconds);
    },
    painted: (milliseconds) => {
      if (counting) paintDelays.push(milliseconds);
    },
    start: () =>
      void setTimeout(() => {
        counting = true;
        const startedAt = performance.now();
        const watcher = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longTasks.push(duration);
        });
        watcher.observe({ type: 'longtask' });
        let previous: number | undefined;
        const repaint = (now: number) => {
          if (previous !== undefined) gaps.push(now - previous);
          previous = now;
          if (counting) requestAnimationFrame(repaint);
        };
        requestAnimationFrame(repaint);
        setTimeout(() => {
          counting = false;
          watcher.disconnect();
          const elapsed = (performance.now() - startedAt) / 1000;
          finish({ resultsPerSecond: results / elapsed, gaps, longTasks, paintDelays, inference });
        }, seconds * 1000);
      }, WARM_UP),
  };
}
