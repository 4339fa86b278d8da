import { describe, expect, it } from 'vitest';
import { commanding, containment, stepping } from './containment.test-support.ts';
import { stepOnce } from './isolated-host.test-support.ts';

describe('A hostile extension in the isolated host', () => {
  const { start } = containment();

  describe('in its realm', () => {
    it('finds nothing to reach others with', async () => {
      const { extension } = await start(
        commanding(`
          const names = [
            'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'WebSocketStream',
            'importScripts', 'Worker', 'SharedWorker', 'BroadcastChannel', 'indexedDB', 'caches', 'navigator',
            'postMessage', 'close', 'location', 'name', 'OffscreenCanvas', 'RTCPeerConnection', 'Notification',
            'webkitRequestFileSystem', 'FileReaderSync',
          ];
          return names.filter((name) => name in globalThis);
        `),
      );
      expect(await extension.runCommand('test.do', [])).toEqual([]);
      await extension.stop();
    });

    it('finds what calculates, waits and encodes', async () => {
      const { extension } = await start(
        commanding(`
          await new Promise((resolve) => setTimeout(resolve, 1));
          const wasm = await WebAssembly.instantiate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
          return [
            new TextDecoder().decode(new TextEncoder().encode('é')), structuredClone({ a: 1 }), atob(btoa('x')),
            new URL('a', 'http://b/').href, typeof crypto.getRandomValues, wasm.instance !== undefined,
          ];
        `),
      );
      expect(await extension.runCommand('test.do', [])).toEqual([
        'é',
        { a: 1 },
        'x',
        'http://b/a',
        'function',
        true,
      ]);
      await extension.stop();
    });

    it('cannot make code out of text', async () => {
      const { extension } = await start(
        commanding('try { return (0, eval)("1 + 1"); } catch (error) { return error.name; }'),
      );
      expect(await extension.runCommand('test.do', [])).toBe('EvalError');
      await extension.stop();
    });

    // Each may break the extension in its own way; the page's loop and the neighbour are checked after each.
    it.each([
      ['Array.prototype.push', 'Array.prototype.push = () => { throw new Error("tampered"); }'],
      ['Array.prototype.map', 'Array.prototype.map = () => "tampered"'],
      ['the iterator of lists', 'Array.prototype[Symbol.iterator] = function* () { yield {}; }'],
      [
        'Object.prototype',
        'Object.prototype.kind = "log"; Object.prototype.toJSON = () => ({ kind: "fault" }); Object.defineProperty(Object.prototype, "value", { get() { return {}; }, set() {} })',
      ],
      ['MessagePort.prototype.postMessage', 'MessagePort.prototype.postMessage = () => { throw 1; }'],
      ['Promise.prototype.then', 'Promise.prototype.then = function () { return this; }'],
      ['JSON', 'JSON.stringify = () => "{"; JSON.parse = () => ({ evil: true })'],
      ['Map.prototype', 'Map.prototype.get = () => undefined; Map.prototype.set = () => { throw 1; }'],
      [
        'events',
        'Object.defineProperty(MessageEvent.prototype, "data", { get() { return { kind: "stop", id: 99 }; } }); EventTarget.prototype.addEventListener = () => {}',
      ],
      ['performance', 'performance.now = () => -1e308'],
      [
        'everything at once',
        'for (const name of Object.getOwnPropertyNames(globalThis)) { const prototype = globalThis[name]?.prototype; if (prototype && name !== "Function") for (const key of Object.getOwnPropertyNames(prototype)) try { prototype[key] = () => { throw new Error("tampered"); }; } catch {} }',
      ],
    ])('gains nothing by tampering with %s', async (_, code) => {
      const { extension, services } = await start(stepping(`if (count === 1) { ${code} }`));
      const outcomes: unknown[] = [];
      for (let sequence = 1; sequence <= 5; sequence += 1) {
        outcomes.push(
          await stepOnce(extension, sequence).then(
            ({ readings, proposals }) => [...readings, ...proposals].length,
            (thrown: { code: string }) => thrown.code,
          ),
        );
      }
      // Empty steps, as its analyzer gives them, until it breaks itself; and then nothing else.
      const broke = outcomes.indexOf('EXTENSION_FAILED');
      expect(outcomes.slice(0, broke === -1 ? 5 : broke).every((outcome) => outcome === 0)).toBe(true);
      expect(
        outcomes.slice(broke === -1 ? 5 : broke).every((outcome) => outcome === 'EXTENSION_FAILED'),
      ).toBe(true);
      expect(services.failures.length).toBeLessThanOrEqual(1);
      await extension.stop();
    });
  });
});
