import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../base/index.ts';
import { createExtensions } from '../create-extensions.ts';
import type { Extensions } from '../extensions.ts';
import { frameAt } from './manager.test-support.ts';

const FIXTURE = new URL('./fixture-extension/', import.meta.url).href;

let extensions: Extensions | undefined;
afterEach(() => {
  extensions?.dispose();
  extensions = undefined;
  for (const key of Object.keys(localStorage))
    if (key.startsWith('pose-coach:')) localStorage.removeItem(key);
});

const nextFrame = () => new Promise<void>((resolve) => void systemClock.nextFrame(resolve));

describe('an extension from an address, in a page', () => {
  it('is locked away, sees every frame that is analyzed, and reads its own files', async () => {
    extensions = createExtensions();
    expect(await extensions.add(FIXTURE)).toBe('fixture');
    expect(extensions.list[0]).toMatchObject({ state: 'registered', trust: 'isolated' });
    const values: unknown[] = [];
    for (let index = 0; index < 20; index += 1)
      values.push((await extensions.analyze(frameAt(index))).readings.map(({ value }) => value));
    expect(values).toEqual(Array.from({ length: 20 }, (_, index) => [index + 1]));
    expect(extensions.list[0]).toMatchObject({ state: 'active', granted: ['poses'] });
    expect(await extensions.commands.execute('fixture.read')).toBe('A note that lies beside the manifest.');
  });

  it('answers live with the next frames', async () => {
    extensions = createExtensions();
    await extensions.add(FIXTURE);
    let last = 0;
    for (let index = 0; index < 600 && last < 20; index += 1) {
      for (const { value } of extensions.step(frameAt(index)).readings) last = Number(value);
      await nextFrame();
    }
    expect(last).toBe(20);
    expect(extensions.list[0]?.cost?.mean).toBeGreaterThanOrEqual(0);
  });

  it('is as it was left when the page comes again', async () => {
    extensions = createExtensions();
    await extensions.add(FIXTURE);
    await extensions.disable('fixture');
    extensions.dispose();
    extensions = createExtensions();
    await extensions.add(FIXTURE);
    expect(extensions.list[0]).toMatchObject({ state: 'disabled', enabled: false });
    await extensions.enable('fixture');
    expect(localStorage.getItem('pose-coach:enabled/fixture')).toBe('true');
  });

  it('runs in this realm when it is trusted', async () => {
    extensions = createExtensions();
    await extensions.add({ url: FIXTURE, trusted: true });
    expect((await extensions.analyze(frameAt(0))).readings).toMatchObject([{ value: 1 }]);
    expect(extensions.list[0]).toMatchObject({ state: 'active', trust: 'trusted' });
    // Inline answers come with their own frame.
    expect(extensions.step(frameAt(1)).readings).toMatchObject([{ value: 2 }]);
  });

  it('leaves no frame behind when it is switched off', async () => {
    extensions = createExtensions();
    await extensions.add(FIXTURE);
    const frames = () => document.querySelectorAll('iframe').length;
    const before = frames();
    for (let cycle = 0; cycle < 10; cycle += 1) {
      await extensions.analyze(frameAt(cycle));
      expect(frames()).toBe(before + 1);
      await extensions.disable('fixture');
      expect(frames()).toBe(before);
      await extensions.enable('fixture');
    }
  });
});
