import { describe, expect, it } from 'vitest';
import type { ExtensionState } from '../extensions.ts';
import { counting, frameAt, managed, manifestOf, packageOf, settle } from './manager.test-support.ts';
import { ScriptedHost } from './scripted-host.test-support.ts';

const FAILING = { analyzer: { create: () => ({ step: () => fail('no camera angle'), reset: () => {} }) } };

function fail(message: string): never {
  throw new Error(message);
}

describe('an extension that fails', () => {
  it('is started again after 0.5, 1 and 2 seconds, then switched off with the reason', async () => {
    const { extensions, clock } = managed();
    let starts = 0;
    await extensions.add(
      packageOf('bad', (_, coach) => {
        starts += 1;
        coach.analyzers.register('bad.count', FAILING.analyzer);
      }),
    );
    const states: ExtensionState[] = [];
    const failOnce = async (index: number) => {
      extensions.step(frameAt(index));
      await settle();
      states.push(extensions.list[0]?.state ?? 'registered');
    };
    extensions.step(frameAt(0));
    await settle();
    for (const [index, delay] of [500, 1000, 2000].entries()) {
      await failOnce(index + 1);
      clock.advance(delay - 1);
      await settle();
      expect(starts).toBe(index + 1);
      clock.advance(1);
      await settle();
      expect([starts, extensions.list[0]?.restarts]).toEqual([index + 2, index + 1]);
    }
    await failOnce(9);
    expect(states).toEqual(['failed', 'failed', 'failed', 'disabled']);
    const [status] = extensions.list;
    expect(status).toMatchObject({ enabled: false, restarts: 3, lastError: { code: 'EXTENSION_FAILED' } });
    expect(status?.lastError?.message).toMatch(/switched off.*3 restarts.*no camera angle/);
    expect(status?.log.filter(({ level }) => level === 'error')).toHaveLength(4);
    expect(extensions.contributions('metrics')).toEqual([]);
    clock.advance(60_000);
    await settle();
    expect(starts).toBe(4);

    await extensions.enable('bad');
    expect(extensions.list[0]).toMatchObject({ state: 'active', restarts: 0, lastError: undefined });
    extensions.dispose();
    await settle();
    expect(clock.pending).toBe(0);
  });

  it('may fail now and then for ever when a minute lies between', async () => {
    const { extensions, clock } = managed();
    let broken = false;
    await extensions.add(
      packageOf('frail', (_, coach) => {
        coach.analyzers.register('frail.count', {
          create: () => ({ step: () => (broken ? fail('now and then') : []), reset: () => {} }),
        });
      }),
    );
    extensions.step(frameAt(0));
    await settle();
    for (let time = 1; time <= 6; time += 1) {
      broken = true;
      extensions.step(frameAt(time));
      broken = false;
      await settle();
      expect(extensions.list[0]?.state).toBe('failed');
      clock.advance(500);
      await settle();
      expect(extensions.list[0]).toMatchObject({ state: 'active', restarts: time });
      clock.advance(60_000);
    }
    extensions.dispose();
  });

  it('is switched off when it fails again and again, however long it takes each time', async () => {
    const host = new ScriptedHost();
    const { extensions, clock } = managed({ inlineHost: host });
    await extensions.add(packageOf('leaking'));
    extensions.step(frameAt(0));
    await settle();
    for (let time = 1; time <= 10; time += 1) {
      // The sandbox ends it for its memory, say, half a minute after every start.
      clock.advance(30_000);
      host.crash('It took too much memory.');
      await settle();
      clock.advance(2000);
      await settle();
    }
    expect(extensions.list[0]).toMatchObject({ state: 'disabled', restarts: 3 });
    expect(host.requests).toHaveLength(4);
    extensions.dispose();
  });

  it('is started again however often another one takes it down with the process they share', async () => {
    const host = new ScriptedHost();
    const { extensions, clock } = managed({ inlineHost: host });
    await extensions.add(packageOf('innocent'));
    extensions.step(frameAt(0));
    await settle();
    for (let time = 1; time <= 10; time += 1) {
      host.crash('Another extension has crashed the process.', 'ABORTED');
      await settle();
      expect(extensions.list[0]?.state).toBe('failed');
      clock.advance(500);
      await settle();
      expect(extensions.list[0]).toMatchObject({ state: 'active', enabled: true });
    }
    expect(host.requests).toHaveLength(11);
    extensions.dispose();
  });

  it('keeps no frame and no reading from the others', async () => {
    const { extensions } = managed();
    await extensions.add(
      packageOf('bad', (_, coach) => void coach.analyzers.register('bad.count', FAILING.analyzer)),
    );
    await extensions.add(packageOf('good'));
    extensions.step(frameAt(0));
    await settle();
    const values = [1, 2, 3].map((index) =>
      extensions.step(frameAt(index)).readings.map(({ value }) => value),
    );
    expect(values).toEqual([[1], [2], [3]]);
    extensions.dispose();
  });

  it('is a failure of that extension alone when it throws while it is activated', async () => {
    const { extensions, clock } = managed();
    let starts = 0;
    await extensions.add(
      packageOf('bad', () => {
        starts += 1;
        if (starts === 1) fail('not today');
      }),
    );
    await extensions.add(packageOf('good'));
    extensions.step(frameAt(0));
    await settle();
    expect(extensions.list).toMatchObject([{ state: 'failed' }, { state: 'active' }]);
    expect(extensions.list[0]?.lastError?.message).toContain('not today');
    clock.advance(500);
    await settle();
    expect(extensions.list[0]?.state).toBe('active');
    extensions.dispose();
  });

  it('has a limit of ten seconds for its activation', async () => {
    const { extensions, clock } = managed();
    await extensions.add(packageOf('slow', () => new Promise<void>(() => {})));
    extensions.step(frameAt(0));
    await settle();
    expect(extensions.list[0]?.state).toBe('activating');
    clock.advance(10_000);
    await settle();
    expect(extensions.list[0]).toMatchObject({ state: 'failed', lastError: { code: 'EXTENSION_FAILED' } });
    extensions.dispose();
    await settle();
    expect(clock.pending).toBe(0);
  });

  it('is not tried again when it cannot work here: third-party code in Node', async () => {
    const { extensions, clock } = managed();
    const url = new URL('./fixture-extension/', import.meta.url).href;
    const id = await extensions.add(url);
    expect(id).toBe('fixture');
    expect(extensions.list[0]).toMatchObject({
      trust: 'isolated',
      state: 'failed',
      enabled: true,
      lastError: { code: 'EXTENSION_UNTRUSTED' },
    });
    clock.advance(10_000);
    await settle();
    expect(extensions.list[0]?.restarts).toBe(0);
    expect(extensions.contributions('metrics')).toHaveLength(1);
    extensions.dispose();
  });
});

describe('an extension that depends on another', () => {
  const needing = (name: string, ...dependencies: string[]) =>
    packageOf(name, undefined, {
      manifest: manifestOf(name, { dependencies, activationEvents: ['onStartup'] }),
    });

  it('is activated after it', async () => {
    const { extensions } = managed();
    const order: string[] = [];
    const noting = (name: string, dependencies: string[], events: string[]) =>
      packageOf(
        name,
        async (_, coach) => {
          await Promise.resolve();
          order.push(name);
          coach.analyzers.register(`${name}.count`, counting(`${name}.frames`));
        },
        { manifest: manifestOf(name, { dependencies, activationEvents: events }) },
      );
    await extensions.add(noting('base', [], []));
    await extensions.add(noting('middle', ['base'], []));
    await extensions.add(noting('top', ['middle', 'base'], ['onStartup']));
    await settle();
    expect(order).toEqual(['base', 'middle', 'top']);
    extensions.dispose();
  });

  it('fails naming what is missing, and works once that is added', async () => {
    const { extensions } = managed();
    await extensions.add(needing('top', 'base'));
    await settle();
    expect(extensions.list[0]?.state).toBe('failed');
    expect(extensions.list[0]?.lastError?.message).toContain('base');
    await extensions.add(needing('base'));
    await settle();
    expect(extensions.list).toMatchObject([{ state: 'active', lastError: undefined }, { state: 'active' }]);
    extensions.dispose();
  });

  it('is refused by name when they wait for each other', async () => {
    const { extensions, clock } = managed();
    await extensions.add(needing('one', 'two'));
    await extensions.add(needing('two', 'one'));
    await settle();
    expect(extensions.list.map(({ state }) => state)).toEqual(['failed', 'failed']);
    expect(extensions.list[0]?.lastError?.message).toContain('one → two → one');
    clock.advance(1000);
    extensions.dispose();
    expect(clock.pending).toBe(0);
  });

  it('stops with it, and comes back with it', async () => {
    const { extensions } = managed();
    await extensions.add(needing('base'));
    await extensions.add(needing('top', 'base'));
    await settle();
    await extensions.disable('base');
    expect(extensions.list).toMatchObject([{ state: 'disabled' }, { state: 'failed', enabled: true }]);
    expect(extensions.list[1]?.lastError?.message).toContain('"base"');
    expect(extensions.step(frameAt(0)).readings).toEqual([]);
    await extensions.enable('base');
    await settle();
    expect(extensions.list).toMatchObject([{ state: 'active' }, { state: 'active' }]);
    expect(extensions.step(frameAt(1)).readings).toHaveLength(2);
    extensions.dispose();
  });
});
