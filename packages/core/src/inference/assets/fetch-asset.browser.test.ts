import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Asset } from './asset.ts';
import { CACHE_NAME } from './asset-cache.ts';
import { ByteMeter } from './byte-meter.ts';
import { fetchAsset } from './fetch-asset.ts';

const ADDRESS = new URL('/somewhere/file.bin', location.href).href;

/** Two releases of one file. */
const FIRST = Uint8Array.from({ length: 5000 }, (_, index) => index);
const SECOND = Uint8Array.from({ length: 6000 }, (_, index) => 255 - index);

async function known(bytes: Uint8Array<ArrayBuffer>, url = ADDRESS): Promise<Asset & { sha256: string }> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { url, bytes: bytes.length, sha256 };
}

/** What the server answers; the function returned lists the cache modes of the requests that reached it. */
function serve(answer: () => Response | Promise<Response>): () => readonly (RequestCache | undefined)[] {
  const asked: (RequestCache | undefined)[] = [];
  vi.stubGlobal('fetch', async (_url: string, options?: RequestInit) => {
    asked.push(options?.cache);
    return answer();
  });
  return () => asked;
}

async function load(asset: Asset, signal = new AbortController().signal): Promise<Uint8Array> {
  const blob = await fetchAsset(asset, signal, new ByteMeter(() => undefined));
  return new Uint8Array(await blob.arrayBuffer());
}

/** Addresses of what is kept, by their checksums. */
async function keptSums(): Promise<readonly (string | null)[]> {
  const cache = await caches.open(CACHE_NAME);
  return (await cache.keys()).map(({ url }) => new URL(url).searchParams.get('pose-coach-sha256'));
}

describe('fetchAsset', () => {
  let first: Asset & { sha256: string };
  let second: Asset & { sha256: string };

  beforeAll(async () => {
    first = await known(FIRST);
    second = await known(SECOND);
  });
  beforeEach(async () => {
    await caches.delete(CACHE_NAME);
  });
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['a missing file', { status: 404 }],
    ['a web page', { headers: { 'content-type': 'text/html' } }],
  ])('does not wait for the rest of %s', async (_name, answer) => {
    const cancel = vi.fn();
    serve(() => new Response(new ReadableStream({ cancel }), answer));
    await expect(load({ url: ADDRESS })).rejects.toMatchObject({ code: expect.stringContaining('ASSET_') });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('keeps a file whose checksum is known and asks nobody for it again', async () => {
    const asked = serve(() => new Response(FIRST));
    expect(await load(first)).toEqual(FIRST);
    await expect.poll(keptSums).toEqual([first.sha256]);
    expect(await load(first)).toEqual(FIRST);
    expect(asked()).toHaveLength(1);
  });

  it('says of a kept file at once that all of it is there', async () => {
    serve(() => new Response(FIRST));
    await load(first);
    await expect.poll(keptSums).toHaveLength(1);
    const progress: [number, number][] = [];
    const meter = new ByteMeter((loaded, total) => progress.push([loaded, total]));
    await fetchAsset(first, new AbortController().signal, meter);
    expect(progress).toEqual([[FIRST.length, FIRST.length]]);
  });

  it('lets go of the old release when the new one is there', async () => {
    serve(() => new Response(FIRST));
    await load(first);
    await expect.poll(keptSums).toEqual([first.sha256]);
    serve(() => new Response(SECOND));
    expect(await load(second)).toEqual(SECOND);
    await expect.poll(keptSums).toEqual([second.sha256]);
  });

  it('keeps files of other addresses beside it, the newest two dozen', async () => {
    serve(() => new Response(FIRST));
    const addresses = Array.from({ length: 26 }, (_, index) => `${ADDRESS}?release=${index}`);
    for (const [index, url] of addresses.entries()) {
      await load({ ...first, url });
      await expect.poll(keptSums).toHaveLength(Math.min(index + 1, 24));
    }
    const asked = serve(() => new Response(FIRST));
    await load({ ...first, url: addresses[25] ?? '' });
    await load({ ...first, url: addresses[2] ?? '' });
    expect(asked()).toHaveLength(0);
    await load({ ...first, url: addresses[1] ?? '' });
    expect(asked()).toHaveLength(1);
  });

  it('keeps nothing whose checksum it does not know', async () => {
    const asked = serve(() => new Response(FIRST));
    await load({ url: ADDRESS, bytes: FIRST.length });
    await load({ url: ADDRESS });
    expect(asked()).toHaveLength(2);
    expect(await caches.has(CACHE_NAME)).toBe(false);
  });

  it('does not believe a kept file that somebody changed, and fetches it again', async () => {
    serve(() => new Response(FIRST));
    await load(first);
    await expect.poll(keptSums).toHaveLength(1);
    const cache = await caches.open(CACHE_NAME);
    const [key] = await cache.keys();
    if (!key) throw new Error('Nothing is kept.');
    const changed = FIRST.slice();
    changed[17] = 99;
    await cache.put(key, new Response(changed));
    const asked = serve(() => new Response(FIRST));
    expect(await load(first)).toEqual(FIRST);
    expect(asked()).toHaveLength(1);
  });

  const REFUSALS: Readonly<Record<string, () => unknown>> = {
    'there is no Cache API': () => undefined,
    'the page may not use it': () => ({
      open: () => Promise.reject(new DOMException('denied', 'SecurityError')),
    }),
    'the disk is full': () => ({
      open: async () => ({
        match: async () => undefined,
        put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
        keys: async () => [],
      }),
    }),
  };

  it.each(Object.keys(REFUSALS))('just fetches where %s', async (refusal) => {
    vi.stubGlobal('caches', REFUSALS[refusal]?.());
    const asked = serve(() => new Response(FIRST));
    expect(await load(first)).toEqual(FIRST);
    expect(await load(first)).toEqual(FIRST);
    expect(asked()).toHaveLength(2);
  });

  it('just fetches in a sandboxed frame, where asking for the Cache API already throws', async () => {
    const property = Object.getOwnPropertyDescriptor(globalThis, 'caches');
    if (!property) throw new Error('This browser has no Cache API.');
    Object.defineProperty(globalThis, 'caches', {
      configurable: true,
      get: () => {
        throw new DOMException(
          'Cache storage is disabled because the context is sandboxed.',
          'SecurityError',
        );
      },
    });
    try {
      const asked = serve(() => new Response(FIRST));
      expect(await load(first)).toEqual(FIRST);
      expect(await load(first)).toEqual(FIRST);
      expect(asked()).toHaveLength(2);
    } finally {
      Object.defineProperty(globalThis, 'caches', property);
    }
  });

  it('asks past the browser’s own cache when what that has is of another release', async () => {
    const asked = serve(() => new Response(asked().length === 1 ? FIRST : SECOND));
    expect(await load(second)).toEqual(SECOND);
    expect(asked()).toEqual(['default', 'reload']);
  });

  it('cancels a download, and keeps nothing of it', async () => {
    const abort = new AbortController();
    let begun: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => {
      begun = resolve;
    });
    serve(() => {
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(controller) {
          controller.enqueue(FIRST.slice(0, 100));
          abort.signal.addEventListener('abort', () => controller.error(abort.signal.reason));
          begun();
        },
      });
      return new Response(body);
    });
    const loading = load(first, abort.signal);
    await underWay;
    abort.abort();
    await expect(loading).rejects.toMatchObject({ name: 'PoseCoachError', code: 'ABORTED' });
    expect(await keptSums()).toEqual([]);
  });

  it('cancels a file that is kept', async () => {
    serve(() => new Response(FIRST));
    await load(first);
    await expect.poll(keptSums).toHaveLength(1);
    await expect(load(first, AbortSignal.abort())).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it.each([404, 403, 500, 503])('names the address and its answer %i', async (status) => {
    serve(() => new Response('no', { status }));
    await expect(load(first)).rejects.toMatchObject({
      code: 'ASSET_NOT_FOUND',
      message: expect.stringMatching(new RegExp(`/somewhere/file\\.bin answered ${status}\\. Run "npx `)),
    });
  });

  it('says when the browser is offline', async () => {
    serve(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(load(first)).rejects.toMatchObject({
      code: 'ASSET_NOT_FOUND',
      message: expect.stringContaining(`${ADDRESS} could not be fetched. `),
    });
    vi.stubGlobal('navigator', { onLine: false });
    await expect(load(first)).rejects.toThrow('file.bin could not be fetched: the browser is offline.');
  });

  it('refuses whatever else arrives, names the file, and keeps nothing', async () => {
    const foreign = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 0, max: FIRST.length - 1 }).map((length) => FIRST.slice(0, length)),
      fc.tuple(fc.nat(FIRST.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
        const flipped = FIRST.slice();
        flipped[at] = (flipped[at] ?? 0) ^ change;
        return flipped;
      }),
      fc.constant(new TextEncoder().encode('<!doctype html><title>Not found</title>')),
    );
    await fc.assert(
      fc.asyncProperty(foreign, async (bytes) => {
        serve(() => new Response(new Uint8Array(bytes)));
        await expect(load(first)).rejects.toMatchObject({
          code: 'ASSET_INVALID',
          message: expect.stringContaining(ADDRESS),
        });
      }),
      { numRuns: 200 },
    );
    expect(await keptSums()).toEqual([]);
  });

  it('stops at an answer that is longer than the file, and reads no more of it', async () => {
    let pulls = 0;
    const cancelled = vi.fn();
    serve(() => {
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull(controller) {
          pulls += 1;
          controller.enqueue(new Uint8Array(1000));
          if (pulls > 1000) controller.close();
        },
        cancel: cancelled,
      });
      return new Response(body);
    });
    await expect(load(first)).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringContaining(
        'file.bin has more than the 5000 bytes that it should have. Run "npx ',
      ),
    });
    // Once as the browser has it, once past its cache.
    expect(cancelled).toHaveBeenCalledTimes(2);
    expect(pulls).toBeLessThan(30);
  });

  it('refuses an answer that breaks off', async () => {
    serve(() => {
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull(controller) {
          controller.enqueue(FIRST.slice(0, 100));
          controller.error(new TypeError('network error'));
        },
      });
      return new Response(body);
    });
    await expect(load(first)).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringMatching(/file\.bin broke off after \d+ bytes/),
    });
  });
});
