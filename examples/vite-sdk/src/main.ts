import { estimatePoses, interpolate, jointAngles, oneEuro, smooth } from '@pose-coach/core';
import { camera } from '@pose-coach/core/camera';
import { mediapipe } from '@pose-coach/core/mediapipe';
import { draw, drawStyle } from '@pose-coach/elements/draw';
import { share } from 'rxjs';

const video = find('#video', HTMLVideoElement);
const canvas = find('#skeleton', HTMLCanvasElement);
const status = find('#status', HTMLElement);
const start = find('#start', HTMLButtonElement);
const angles = find('#angles', HTMLElement);

start.addEventListener('click', () => {
  start.disabled = true;
  const frames = camera({ width: 640, onStream: show }).pipe(
    estimatePoses(mediapipe({ model: 'lite', assets: '/pose-coach/' }), {
      onProgress: (loaded, total) => {
        status.textContent = `Loading ${Math.round(loaded / 1e6)} of ${Math.round(total / 1e6)} MB`;
      },
    }),
    smooth(oneEuro()),
    share(),
  );

  // Numbers at the rate of the results …
  frames.subscribe({
    next: ({ poses }) => {
      status.textContent = poses.length === 0 ? 'Nobody in view.' : `${poses.length} in view.`;
      angles.replaceChildren(
        ...poses.slice(0, 1).flatMap((pose) => Object.values(jointAngles(pose).joints).flatMap(row)),
      );
    },
    error: (error: Error) => {
      status.textContent = error.message;
      start.disabled = false;
    },
  });

  // … and the picture at the rate of the screen.
  frames.pipe(interpolate()).subscribe({
    next: ({ frame }) => {
      canvas.width = canvas.clientWidth * devicePixelRatio;
      canvas.height = canvas.clientHeight * devicePixelRatio;
      const context = canvas.getContext('2d');
      if (!context) return;
      const { width, height } = canvas;
      draw(context, frame, drawStyle(), { width, height, fit: 'contain', mirror: true });
    },
    error: () => {},
  });
});

function show(stream: MediaStream | undefined) {
  video.srcObject = stream ?? null;
  if (stream) void video.play();
}

function row({ joint, degrees }: { joint: string; degrees?: number | undefined }): HTMLElement[] {
  const term = document.createElement('dt');
  const value = document.createElement('dd');
  term.textContent = joint;
  value.textContent = degrees === undefined ? 'unknown' : `${Math.round(degrees)}°`;
  return [term, value];
}

function find<T extends Element>(selector: string, kind: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}
