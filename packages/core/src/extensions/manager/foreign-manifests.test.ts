import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameAt, managed, manifestOf } from './manager.test-support.ts';

const SOUND = JSON.stringify(manifestOf('hello', { main: './main.js' }));

describe('whatever lies where a package.json should be', () => {
  it('is listed, and harms nobody: bytes, cut off, with a byte changed', async () => {
    const served = new Map<string, Uint8Array>();
    const { fetch } = globalThis;
    // The net itself is not what is tried here: bytes come at once from where the test has put them.
    globalThis.fetch = async (input) => new Response(served.get(String(input))?.slice() ?? null);
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.uint8Array({ maxLength: 300 }),
            fc.nat({ max: SOUND.length }).map((length) => new TextEncoder().encode(SOUND.slice(0, length))),
            fc.tuple(fc.nat({ max: SOUND.length - 1 }), fc.nat({ max: 255 })).map(([place, byte]) => {
              const bytes = new TextEncoder().encode(SOUND);
              bytes[place] = byte;
              return bytes;
            }),
            fc.json().map((text) => new TextEncoder().encode(text)),
          ),
          async (bytes) => {
            served.set('https://example.org/x/package.json', bytes);
            const { extensions } = managed();
            const id = await extensions.add('https://example.org/x');
            const [status] = extensions.list;
            expect(status?.id).toBe(id);
            expect(status?.manifest === undefined).toBe(status?.lastError?.code !== 'EXTENSION_UNTRUSTED');
            expect(extensions.step(frameAt(0)).frame.sequence).toBe(0);
            await extensions.remove(id);
            expect(extensions.list).toEqual([]);
            extensions.dispose();
          },
        ),
        { numRuns: 500 },
      );
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it('is listed when it comes as an object, of whatever kind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
        async (manifest) => {
          const { extensions } = managed();
          const id = await extensions.add({ manifest });
          expect(extensions.list).toMatchObject([{ id, state: 'failed', manifest: undefined }]);
          extensions.dispose();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is listed when reading it throws', async () => {
    const hostile = {
      get name() {
        throw new Error('do not read me');
      },
      get poseCoach() {
        throw new Error('nor me');
      },
    };
    const { extensions } = managed();
    await extensions.add({ manifest: hostile });
    expect(extensions.list).toMatchObject([{ state: 'failed', lastError: { code: 'MANIFEST_INVALID' } }]);
    extensions.dispose();
  });
});
