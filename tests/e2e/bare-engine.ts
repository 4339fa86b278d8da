import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';

type Vision = typeof import('@mediapipe/tasks-vision');

const models = fileURLToPath(new URL('../../packages/models/', import.meta.url));
const engine = join(models, 'node_modules/@mediapipe/tasks-vision');

/** The engine is put on `window` by the page: Vitest rewrites imports inside functions that tests pass to a page. */
const PAGE = `<!doctype html><title>bare engine</title>
<script type="module">import * as vision from '/vision_bundle.mjs'; Object.assign(window, { vision });</script>`;

export type Point = readonly [x: number, y: number];

/**
 * Runs MediaPipe itself, without any of our code, on still pictures: what every result of ours is held against.
 * @param model name of a file of the models package
 * @param stills JPEG files
 * @param looks how often the engine is shown each still: once, as a picture of its own, or as so many frames of a
 * video at 30 a second, in which it follows the person and settles, as it does in ours
 * @returns per still the 33 image landmarks of the person, x and y in [0, 1], or undefined where nobody was found
 */
export async function bareLandmarks(
  browser: Browser,
  model: string,
  stills: readonly string[],
  looks = 1,
): Promise<ReadonlyArray<readonly Point[] | undefined>> {
  const server = await serve({
    '/': { body: Buffer.from(PAGE), type: 'text/html' },
    '/vision_bundle.mjs': { body: readFileSync(join(engine, 'vision_bundle.mjs')), type: 'text/javascript' },
    '/wasm/vision_wasm_internal.js': {
      body: readFileSync(join(engine, 'wasm/vision_wasm_internal.js')),
      type: 'text/javascript',
    },
    '/wasm/vision_wasm_internal.wasm': {
      body: readFileSync(join(engine, 'wasm/vision_wasm_internal.wasm')),
      type: 'application/wasm',
    },
    '/model.task': {
      body: readFileSync(join(models, 'dist/files', model)),
      type: 'application/octet-stream',
    },
  });
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const pictures = stills.map((still) => readFileSync(still).toString('base64'));
    return await page.evaluate(
      async ([encoded, times]) => {
        const { FilesetResolver, PoseLandmarker } = (window as unknown as { vision: Vision }).vision;
        const landmarker = await PoseLandmarker.createFromOptions(
          await FilesetResolver.forVisionTasks('/wasm'),
          {
            baseOptions: { modelAssetPath: '/model.task', delegate: 'CPU' },
            runningMode: times > 1 ? 'VIDEO' : 'IMAGE',
          },
        );
        let frame = 0;
        const look = (image: HTMLImageElement) => {
          if (times === 1) return landmarker.detect(image);
          frame += 1;
          return landmarker.detectForVideo(image, (frame * 1000) / 30);
        };
        const found: ([number, number][] | undefined)[] = [];
        for (const picture of encoded) {
          const image = new Image();
          image.src = `data:image/jpeg;base64,${picture}`;
          await image.decode();
          for (let past = 1; past < times; past += 1) look(image);
          const [person] = look(image).landmarks;
          found.push(person?.map(({ x, y }): [number, number] => [x, y]));
        }
        landmarker.close();
        return found;
      },
      [pictures, looks] as const,
    );
  } finally {
    await page.close();
    server.close();
  }
}

function serve(files: Readonly<Record<string, { body: Buffer; type: string }>>): Promise<Server> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' });
    response.end(file?.body);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
