import { afterEach, describe, expect, it } from 'vitest';
import type { ExtensionHost } from '../host.ts';
import { isolatedHost } from './index.ts';
import {
  COUNTS,
  countingClock,
  frameCount,
  heardServices,
  startRequest,
  stepOnce,
} from './isolated-host.test-support.ts';

describe('The isolated host', () => {
  const clock = countingClock();
  let host: ExtensionHost = isolatedHost({ clock });

  afterEach(() => {
    host.dispose();
    host = isolatedHost({ clock });
  });

  it('runs an extension in a frame that comes with it and goes with it', async () => {
    const services = heardServices();
    const extension = await host.start(startRequest(COUNTS, services));
    expect(frameCount()).toBe(1);
    for (let sequence = 1; sequence <= 3; sequence += 1) {
      const { readings, cost } = await stepOnce(extension, sequence);
      expect(readings).toEqual([
        { metric: 'test.count', timestamp: sequence * 33, status: 'ok', value: sequence, confidence: 1 },
      ]);
      expect(cost).toBeGreaterThanOrEqual(0);
    }
    await extension.stop();
    expect(frameCount()).toBe(0);
    expect(clock.pending).toBe(0);
    expect(services.failures).toEqual([]);
    await expect(stepOnce(extension, 4)).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  it('says whose fault it is not when the frame is taken out of the page, and starts again in a new one', async () => {
    const services = heardServices();
    const extension = await host.start(startRequest(COUNTS, services));
    const other = heardServices();
    await host.start(startRequest(COUNTS, other));
    document.querySelector('iframe[sandbox]')?.remove();
    // A worker lives on for some moments after its frame.
    let error: unknown;
    while (error === undefined) {
      error = await stepOnce(extension, 1).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    }
    expect(error).toMatchObject({
      code: 'ABORTED',
      message: expect.stringContaining('taken out of the page'),
    });
    expect(services.failures).toHaveLength(1);
    expect((await other.failure).code).toBe('ABORTED');

    const again = await host.start(startRequest(COUNTS, heardServices()));
    expect((await stepOnce(again, 1)).readings).toHaveLength(1);
    expect(frameCount()).toBe(1);
    await again.stop();
    expect(frameCount()).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('makes one frame for all that start at the same time, and takes it away with the last', async () => {
    const extensions = await Promise.all(
      Array.from({ length: 5 }, () => host.start(startRequest(COUNTS, heardServices()))),
    );
    expect(frameCount()).toBe(1);
    await Promise.all(extensions.slice(1).map((extension) => extension.stop()));
    expect(frameCount()).toBe(1);
    await extensions[0]?.stop();
    expect(frameCount()).toBe(0);
  });

  it('leaves nothing of a start that is called off, whenever that happens', async () => {
    for (const delay of [0, 1, 5, 20, 60]) {
      const controller = new AbortController();
      const text = `await new Promise((resolve) => setTimeout(resolve, 30)); ${COUNTS}`;
      const starting = host.start(startRequest(text, heardServices(), { signal: controller.signal }));
      const outcome = starting.then(
        () => 'started',
        (error: { code: string }) => error.code,
      );
      await new Promise((resolve) => setTimeout(resolve, delay));
      controller.abort();
      const running = await starting.catch(() => undefined);
      if (running) await expect(stepOnce(running, 1)).rejects.toMatchObject({ code: 'ABORTED' });
      expect(['started', 'ABORTED']).toContain(await outcome);
      expect(frameCount()).toBe(0);
      expect(clock.pending).toBe(0);
    }
  });

  it('ends everything when it is disposed, and starts nothing more', async () => {
    const extension = await host.start(startRequest(COUNTS, heardServices()));
    const starting = host.start(startRequest(COUNTS, heardServices())).catch((error: unknown) => error);
    host.dispose();
    expect(await starting).toMatchObject({ code: 'DISPOSED' });
    await expect(stepOnce(extension, 1)).rejects.toMatchObject({ code: 'DISPOSED' });
    await expect(host.start(startRequest(COUNTS, heardServices()))).rejects.toMatchObject({
      code: 'DISPOSED',
    });
    await expect.poll(() => [frameCount(), clock.pending]).toEqual([0, 0]);
  });

  it('refuses a module, which has run in the page already', async () => {
    const code = { kind: 'module', module: { activate: () => undefined } } as const;
    const request = startRequest('', heardServices(), { code });
    await expect(host.start(request)).rejects.toMatchObject({
      code: 'EXTENSION_FAILED',
      message: expect.stringContaining('hand over its text'),
    });
    expect(frameCount()).toBe(0);
  });

  it('names the extension in the traces of its errors', async () => {
    const services = heardServices();
    const text = 'export function activate({ log }) { log.info(new Error("here").stack); }';
    const extension = await host.start(startRequest(text, services));
    await expect.poll(() => services.lines.join()).toContain('@test/extension/extension.js:1');
    await extension.stop();
  });
});
