import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mediapipe } from './index.ts';

const MODEL = '/assets/models/pose_landmarker_lite.task';

/** Answers some addresses differently from the server, as a badly set up one would. */
function serve(
  answers: Readonly<Record<string, (real: typeof fetch) => Response | Promise<Response>>>,
): void {
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (url: string | URL, options?: RequestInit) => {
    const answer = Object.entries(answers).find(([part]) => String(url).endsWith(part))?.[1];
    return answer ? Promise.resolve(answer((input) => real(input, options))) : real(url, options);
  });
}

function create(assets = '/assets/', onProgress: (loaded: number, total: number) => void = () => undefined) {
  return mediapipe({ assets, delegate: 'CPU' }).create({ signal: new AbortController().signal, onProgress });
}

describe('the assets of mediapipe', () => {
  // What other tests loaded, or are still putting there, would be taken from the cache.
  beforeEach(() => void vi.stubGlobal('caches', undefined));
  afterEach(() => vi.unstubAllGlobals());

  it('are missed by their address, with what to do about it', async () => {
    const failure = create('/nowhere/');
    await expect(failure).rejects.toMatchObject({ name: 'PoseCoachError', code: 'ASSET_NOT_FOUND' });
    await expect(failure).rejects.toThrow(/\/nowhere\/\S+ answered 404.*npx @pose-coach\/models copy/);
  });

  it('are missed with other advice when no package carries them: the heavy model', async () => {
    const factory = mediapipe({ assets: '/assets/', model: 'heavy', delegate: 'CPU' });
    const failure = factory.create({ signal: new AbortController().signal, onProgress: () => undefined });
    await expect(failure).rejects.toThrow(/heavy\.task answered 404.*README/);
  });

  it('are missed when the server cannot be reached', async () => {
    await expect(create('http://127.0.0.1:9/')).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
  });

  it('are refused when they are the server’s start page', async () => {
    const page = () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
    serve({ 'pose_landmarker_lite.task': page });
    const failure = create();
    await expect(failure).rejects.toMatchObject({ code: 'ASSET_INVALID' });
    await expect(failure).rejects.toThrow(/pose_landmarker_lite\.task is a web page/);
  });

  it('are refused when they are cut off', async () => {
    serve({
      'pose_landmarker_lite.task': async (real) =>
        new Response((await (await real(MODEL)).blob()).slice(0, 5000)),
    });
    const failure = create();
    await expect(failure).rejects.toMatchObject({ code: 'ASSET_INVALID' });
    await expect(failure).rejects.toThrow(/has 5000 bytes instead of \d+/);
  });

  it('are refused when one byte is another', async () => {
    serve({
      'pose_landmarker_lite.task': async (real) => {
        const bytes = new Uint8Array(await (await real(MODEL)).arrayBuffer());
        bytes[4_000_000] = 255 - (bytes[4_000_000] ?? 0);
        return new Response(bytes);
      },
    });
    const failure = create();
    await expect(failure).rejects.toMatchObject({ code: 'ASSET_INVALID' });
    await expect(failure).rejects.toThrow(/has the SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}/);
  });

  it('are refused without a manifest too when they are no model at all', async () => {
    serve({
      'manifest.json': () => new Response('', { status: 404 }),
      'pose_landmarker_lite.task': () => new Response('This is no model.'),
    });
    const failure = create();
    await expect(failure).rejects.toMatchObject({ code: 'ASSET_INVALID' });
    await expect(failure).rejects.toThrow(/is no model bundle/);
  });

  it('are refused when the WASM is of another build than the loader', async () => {
    serve({ '.wasm': () => new Response(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) });
    await expect(create()).rejects.toMatchObject({ code: 'ASSET_INVALID' });
  });

  it('are loaded once: the next engine takes them from what the browser keeps', async () => {
    vi.unstubAllGlobals();
    await (await create()).dispose();
    const kept = async () => (await (await caches.open('pose-coach-assets')).keys()).map(({ url }) => url);
    await expect
      .poll(kept)
      .toEqual(
        expect.arrayContaining([
          expect.stringContaining(MODEL),
          expect.stringContaining('vision_wasm_module_internal.wasm'),
        ]),
      );
    const unreachable = () => Promise.reject(new TypeError('Failed to fetch'));
    serve({ '.task': unreachable, '.wasm': unreachable });
    const progress: [number, number][] = [];
    const estimator = await create('/assets', (loaded, total) => progress.push([loaded, total]));
    await estimator.dispose();
    expect(progress.at(-1)?.[0]).toBe(progress.at(-1)?.[1]);
  });

  it('are enough without a manifest, which only tells the total early', async () => {
    serve({
      'manifest.json': () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    });
    const progress: [number, number][] = [];
    const estimator = await create('/assets', (loaded, total) => progress.push([loaded, total]));
    await estimator.dispose();
    const [loaded, total] = progress.at(-1) ?? [0, -1];
    expect(loaded).toBe(total);
  });

  it('are named by the bundle that MediaPipe itself cannot read', async () => {
    // A ZIP archive by its first bytes, and nothing more: the form is right, the engine is the one to say no.
    serve({
      'manifest.json': () => new Response('', { status: 404 }),
      'pose_landmarker_lite.task': () => new Response(Uint8Array.of(0x50, 0x4b, 5, 6, ...new Uint8Array(18))),
    });
    await expect(create()).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
  });
});
