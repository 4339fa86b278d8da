import { describe, expect, it } from 'vitest';
import { commanding, containment, stepping } from './containment.test-support.ts';
import { isolatedHost } from './index.ts';
import { heardServices, startRequest, stepOnce } from './isolated-host.test-support.ts';

describe('A hostile extension in the isolated host', () => {
  const { clock, start, refusal } = containment();

  describe('while it is activated', () => {
    it.each([
      ['loops without end', 'export function activate() { for (;;); }'],
      ['loops without end when its module is loaded', 'for (;;); export function activate() {}'],
      ['never settles', 'export function activate() { return new Promise(() => {}); }'],
      ['waits for promises without end', 'export async function activate() { for (;;) await null; }'],
    ])('is terminated when it %s', async (_, text) => {
      expect(await refusal(text)).toMatchObject({
        code: 'EXTENSION_FAILED',
        message: expect.stringContaining('no answer within 1 second'),
      });
    });

    it('is refused with its own words when it throws', async () => {
      expect(await refusal('export function activate() { throw new Error("no strings"); }')).toMatchObject({
        code: 'EXTENSION_FAILED',
        message: expect.stringContaining('no strings'),
      });
    });

    it.each([
      ['has a syntax error', 'export const a = 1;\nconst b = ;\n', 'SyntaxError'],
      ['is no module', '<!doctype html><title>Not found</title>', 'SyntaxError'],
      ['exports nothing', 'const activate = () => {};', 'must export a function activate'],
      ['imports from a server', 'import "http://127.0.0.1:9/x.js"; export function activate() {}', 'loading'],
      ['imports a file of its own', 'import "./other.js"; export function activate() {}', 'loading'],
    ])('is refused with what is wrong when its text %s', async (_, text, words) => {
      expect(await refusal(text)).toMatchObject({
        code: 'EXTENSION_FAILED',
        message: expect.stringContaining(words),
      });
    });
  });

  describe('in its steps', () => {
    it('is terminated when it loops without end', async () => {
      const { extension, services } = await start(stepping('for (;;);'));
      const began = performance.now();
      const error = await stepOnce(extension, 1).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'EXTENSION_FAILED',
        message: expect.stringContaining('step of a frame'),
      });
      expect(performance.now() - began).toBeLessThan(3000);
      expect(services.failures).toEqual([error]);
      await expect(stepOnce(extension, 2)).rejects.toBe(error);
      await extension.stop();
    });

    it('answers every later call with its first error when it throws', async () => {
      const { extension, services } = await start(stepping('throw new RangeError("frame " + count)'));
      const error = await stepOnce(extension, 1).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'EXTENSION_FAILED', message: expect.stringContaining('frame 1') });
      expect(error).toMatchObject({ message: expect.stringContaining('analyzer test.count') });
      await expect(stepOnce(extension, 2)).rejects.toBe(error);
      await expect(extension.runCommand('test.do', [])).rejects.toBe(error);
      // Whoever steps knows; it can still say goodbye.
      expect(services.failures).toEqual([]);
      await extension.stop();
    });

    it('is refused 10,000 readings, by number', async () => {
      const reading = '{ metric: "test.count", timestamp: 1, status: "ok", value: 1, confidence: 1 }';
      const { extension } = await start(
        stepping(`return Array.from({ length: 10_000 }, () => (${reading}))`),
      );
      await expect(stepOnce(extension, 1)).rejects.toMatchObject({
        code: 'EXTENSION_FAILED',
        message: expect.stringContaining('10000 readings'),
      });
      await extension.stop();
    });

    it.each([
      ['a function', 'value: () => 1'],
      ['an object', 'value: { valueOf: () => 1 }'],
      ['a symbol', 'value: Symbol("one")'],
      ['a list of objects', 'value: [{}]'],
      ['a value that throws when it is read', 'get value() { throw new Error("do not look") }'],
      ['a proxy', 'value: new Proxy([], { get() { return 7; } })'],
      ['a metric of somebody else', 'metric: "other.metric", value: 1'],
      ['no number', 'value: NaN'],
      ['an endless text', 'value: "x".repeat(50_000_000)'],
    ])('is refused a reading with %s', async (_, property) => {
      const { extension } = await start(
        stepping(`return [{ metric: 'test.count', timestamp: 1, status: 'ok', confidence: 1, ${property} }]`),
      );
      await expect(stepOnce(extension, 1)).rejects.toMatchObject({ code: 'EXTENSION_FAILED' });
      await extension.stop();
    });

    it.each([
      ['is too long to be sent', 2_500_000, 'PAYLOAD_TOO_LARGE'],
      ['can just be sent', 300_000, 'EXTENSION_FAILED'],
    ])(
      'is ended by its first step that comes with a load, and hardly holds the page up: it %s',
      async (_, objects, code) => {
        const reading = '{ metric: "test.count", timestamp: 1, status: "ok", value: 1, confidence: 1 }';
        const { extension, services } = await start(`
        const { map } = Array.prototype;
        const load = Array.from({ length: ${objects} }, () => ({}));
        Array.prototype.map = function (...rest) {
          const list = map.apply(this, rest);
          if (list[0]?.metric === 'test.count') list[0].load = load;
          return list;
        };
        ${stepping(`return [${reading}]`)}`);
        const tasks: number[] = [];
        const observer = new PerformanceObserver((list) => {
          tasks.push(...list.getEntries().map(({ duration }) => duration));
        });
        observer.observe({ type: 'longtask' });
        const outcomes: unknown[] = [];
        for (let sequence = 1; sequence <= 20; sequence += 1) {
          const error = await stepOnce(extension, sequence).catch((thrown: { code: string }) => thrown.code);
          outcomes.push(error);
        }
        observer.disconnect();
        expect(new Set(outcomes)).toEqual(new Set([code]));
        expect(services.failures.length).toBeLessThanOrEqual(1);
        // Reading 7.5 MB of it takes 300 ms and more.
        expect(Math.max(0, ...tasks)).toBeLessThan(150);
        await extension.stop();
      },
    );

    it('is terminated when it fills the memory', async () => {
      const { extension, services } = await start(
        stepping('const kept = []; for (;;) kept.push(Array.from({ length: 1000 }, Math.random))'),
      );
      await expect(stepOnce(extension, 1)).rejects.toMatchObject({ code: 'EXTENSION_FAILED' });
      expect(services.failures).toHaveLength(1);
    });
  });

  describe('behind the back of its calls', () => {
    it.each([
      ['throws in a timer', 'setTimeout(() => { throw new Error("behind your back"); })', 'behind your back'],
      ['rejects and nobody handles it', 'Promise.reject(new Error("unhandled"))', 'unhandled'],
      [
        'rejects with something that cannot be read',
        'Promise.reject({ get message() { throw 1; }, toString() { throw 2; } })',
        'cannot be read',
      ],
      ['loops in a timer', 'setTimeout(() => { for (;;); })', 'no answer within'],
      [
        'queues microtasks without end',
        'setTimeout(() => { const again = () => queueMicrotask(again); again(); })',
        'no answer within',
      ],
    ])('is terminated when it %s', async (_, code, words) => {
      const { extension, services } = await start(`export function activate() { ${code}; }`);
      const error = await services.failure;
      expect(error).toMatchObject({ code: 'EXTENSION_FAILED', message: expect.stringContaining(words) });
      await expect(stepOnce(extension, 1)).rejects.toBe(error);
    });
  });

  describe('in its commands', () => {
    it('loses only the command that never settles', async () => {
      const impatient = isolatedHost({ clock, limits: { command: 300 } });
      const services = heardServices();
      const text = commanding('await new Promise(() => {})');
      const extension = await impatient.start(startRequest(text, services));
      await expect(extension.runCommand('test.do', [])).rejects.toMatchObject({
        code: 'COMMAND_FAILED',
        message: expect.stringContaining('not done after 0.3 seconds'),
      });
      expect(await extension.runCommand('test.other', [])).toBe('still here');
      expect(services.failures).toEqual([]);
      await extension.stop();
    });

    it('loses only the command whose result is too long to be sent', async () => {
      const { extension } = await start(commanding('return "x".repeat(50_000_000)'));
      await expect(extension.runCommand('test.do', [])).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
      expect(await extension.runCommand('test.other', [])).toBe('still here');
      await extension.stop();
    });

    it('is told that it asks for too much at a time', async () => {
      const { extension } = await start(
        commanding(
          'const all = await Promise.allSettled(Array.from({ length: 100 }, () => context.globalState.get("k"))); return all.map(({ status, reason }) => reason?.code ?? status)',
        ),
      );
      const outcomes = (await extension.runCommand('test.do', [])) as readonly string[];
      expect(outcomes.filter((outcome) => outcome === 'fulfilled')).toHaveLength(64);
      expect(outcomes.filter((outcome) => outcome === 'RATE_LIMITED')).toHaveLength(36);
      await extension.stop();
    });

    it('is told that it sends too much at a time, and goes on', async () => {
      const { extension, services } = await start(
        commanding(`
          const values = Array.from({ length: 8 }, () => 'x'.repeat(900_000));
          const all = await Promise.allSettled(values.map((value) => context.globalState.set('k', value)));
          return all.map(({ status, reason }) => reason?.code ?? status);
        `),
      );
      const outcomes = (await extension.runCommand('test.do', [])) as readonly string[];
      expect(outcomes.slice(0, 4)).toEqual(Array(4).fill('fulfilled'));
      expect(outcomes.slice(-3)).toEqual(Array(3).fill('RATE_LIMITED'));
      expect(services.failures).toEqual([]);
      await extension.stop();
    });

    it('is told that what it stores is too long', async () => {
      const { extension } = await start(
        commanding('return context.globalState.set("k", "x".repeat(2_000_000)).catch((error) => error.code)'),
      );
      expect(await extension.runCommand('test.do', [])).toBe('PAYLOAD_TOO_LARGE');
      await extension.stop();
    });

    it('has its lines left out when there are too many, and cut when they are too long', async () => {
      const { extension, services } = await start(
        commanding('for (let i = 0; i < 10_000; i += 1) context.log.info("x".repeat(10_000)); return "done"'),
      );
      expect(await extension.runCommand('test.do', [])).toBe('done');
      expect(services.lines.length).toBeLessThanOrEqual(200);
      expect(services.lines.length).toBeGreaterThanOrEqual(100);
      expect(Math.max(...services.lines.map(({ length }) => length))).toBeLessThan(2100);
      await extension.stop();
    });
  });
});
