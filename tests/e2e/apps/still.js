// @ts-check
// What somebody writes who uses the SDK on a page of their own: the person's landmarks in one picture.
// The page's address says which picture, and where the engine's files are: `?still=/still.jpg&assets=/assets/`; and
// with `engine=onnx` that it is to be another engine than MediaPipe.
import { estimatePoses } from '@pose-coach/core';
import { image } from '@pose-coach/core/camera';
import { engine } from '@pose-coach/core/engine';
import { mediapipe } from '@pose-coach/core/mediapipe';

const query = new URLSearchParams(location.search);
const assets = query.get('assets');
const workerUrl = query.get('workerUrl');

/** @type {string[]} */
const degraded = [];

/** @param {{ landmarks?: number[][], aspect?: number, error?: string, code?: string }} outcome */
const finish = (outcome) => Object.assign(window, { outcome: { degraded, ...outcome } });

async function main() {
  const response = await fetch(query.get('still') ?? '/still.jpg');
  const folder = assets === null ? {} : { assets };
  const worker = workerUrl === null ? {} : { workerUrl };
  const estimator =
    query.get('engine') === 'onnx'
      ? engine({ engine: 'onnx', model: 'lite', ...folder, onnx: worker })
      : mediapipe({ model: 'lite', delegate: 'CPU', ...folder, ...worker });
  image(await response.blob())
    .pipe(
      estimatePoses(estimator, {
        onEvent: (event) => {
          if (event.type === 'degraded') degraded.push(event.error.message);
        },
      }),
    )
    .subscribe({
      next: ({ poses, width, height }) =>
        finish({ landmarks: (poses[0]?.landmarks ?? []).map(({ x, y }) => [x, y]), aspect: width / height }),
      error: (error) => finish({ error: error.message, code: error.code }),
    });
}

main().catch((error) => finish({ error: String(error) }));
