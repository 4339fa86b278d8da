import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { ContributionDelta } from '../extensions.ts';
import type { ExtensionHost, RunningExtension } from '../host.ts';
import { counting, frameAt, managed, packageOf, settle } from './manager.test-support.ts';
import { memoryStorage } from './storage.ts';

describe('switching', () => {
  it('takes away what an extension contributes and its code, and brings both back', async () => {
    const { extensions } = managed();
    const calls: string[] = [];
    await extensions.add(
      packageOf(
        'hello',
        (context, coach) => {
          calls.push('activate');
          context.subscriptions.push({ dispose: () => calls.push('dispose') });
          coach.analyzers.register('hello.count', counting('hello.frames'));
        },
        { module: { deactivate: () => void calls.push('deactivate') } },
      ),
    );
    const deltas: ContributionDelta[] = [];
    extensions.onDidChangeContributions((delta) => deltas.push(delta));
    await extensions.analyze(frameAt(0));
    await extensions.disable('hello');
    expect(calls).toEqual(['activate', 'deactivate', 'dispose']);
    expect(extensions.list[0]).toMatchObject({ state: 'disabled', enabled: false });
    expect(extensions.contributions('analyzers')).toEqual([]);
    expect(extensions.metrics.latest('hello.frames')).toEqual([]);
    expect((await extensions.analyze(frameAt(1))).readings).toEqual([]);
    await extensions.enable('hello');
    expect(extensions.list[0]).toMatchObject({ state: 'active', enabled: true });
    expect((await extensions.analyze(frameAt(2))).readings).toMatchObject([{ value: 1 }]);
    expect(deltas.map(({ point, added, removed }) => [point, added.length, removed.length])).toEqual([
      ['analyzers', 0, 1],
      ['metrics', 0, 1],
      ['analyzers', 1, 0],
      ['metrics', 1, 0],
    ]);
    extensions.dispose();
  });

  it('is remembered, unless the embedder decides; failures are not', async () => {
    const storage = memoryStorage();
    const visit = async (enabled?: boolean) => {
      const { extensions } = managed({ storage });
      await extensions.add(packageOf('hello', undefined, enabled === undefined ? {} : { enabled }));
      return extensions;
    };
    const first = await visit();
    expect(first.list[0]?.enabled).toBe(true);
    await first.disable('hello');
    expect((await visit()).list[0]?.enabled).toBe(false);
    expect((await visit(true)).list[0]?.enabled).toBe(true);
    await (await visit()).enable('hello');
    expect((await visit()).list[0]?.enabled).toBe(true);
    expect((await visit(false)).list[0]?.state).toBe('disabled');
  });

  it('names an extension that is not there', async () => {
    const { extensions } = managed();
    await expect(extensions.enable('nobody')).rejects.toMatchObject({ code: 'EXTENSION_NOT_FOUND' });
    await expect(extensions.disable('nobody')).rejects.toMatchObject({ code: 'EXTENSION_NOT_FOUND' });
    extensions.dispose();
  });

  it('off while it is being activated leaves nothing behind', async () => {
    const { extensions, clock } = managed();
    let finish = () => {};
    const disposed: string[] = [];
    await extensions.add(
      packageOf('slow', async (context) => {
        context.subscriptions.push({ dispose: () => disposed.push('slow') });
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      }),
    );
    extensions.step(frameAt(0));
    await settle();
    await extensions.disable('slow');
    expect([extensions.list[0]?.state, disposed, clock.pending]).toEqual(['disabled', ['slow'], 1]);
    finish();
    await settle();
    expect(extensions.list[0]?.state).toBe('disabled');
    // The one that was pending tells of the change.
    clock.advance(20);
    expect(clock.pending).toBe(0);
    extensions.dispose();
  });

  it.each(Array.from({ length: 16 }, (_, moment) => moment))(
    'off %i moments after its code was activated leaves nothing that runs',
    async (moment) => {
      let activated = (_: RunningExtension) => {};
      let stopped = 0;
      let stepped = 0;
      const host: ExtensionHost = {
        start: () =>
          new Promise<RunningExtension>((resolve) => {
            activated = resolve;
          }),
        dispose: () => {},
      };
      const { extensions } = managed({ inlineHost: host });
      await extensions.add(packageOf('hello'));
      extensions.step(frameAt(0));
      await settle();
      activated({
        step: () => {
          stepped += 1;
          return { readings: [], proposals: [], cost: 0 };
        },
        finish: () => ({}),
        runCommand: async () => undefined,
        configure: () => {},
        filters: new Map(),
        estimators: new Map(),
        stop: async () => {
          stopped += 1;
        },
      });
      for (let turn = 0; turn < moment; turn += 1) await Promise.resolve();
      await extensions.disable('hello');
      await settle();
      extensions.step(frameAt(1));
      expect(extensions.list[0]).toMatchObject({ state: 'disabled', enabled: false });
      expect([stopped, stepped]).toEqual([1, 0]);
      extensions.dispose();
    },
  );

  it('out and in again at once runs it once at a time', async () => {
    const { extensions } = managed();
    let running = 0;
    let most = 0;
    const hello = packageOf(
      'hello',
      () => {
        running += 1;
        most = Math.max(most, running);
      },
      {
        module: {
          async deactivate() {
            await new Promise((resolve) => setTimeout(resolve, 5));
            running -= 1;
          },
        },
      },
    );
    await extensions.add(hello);
    await extensions.analyze(frameAt(0));
    const removed = extensions.remove('hello');
    await extensions.add(hello);
    expect([running, extensions.list[0]?.state]).toEqual([1, 'activating']);
    await extensions.analyze(frameAt(1));
    expect([running, most, extensions.list[0]?.state]).toEqual([1, 1, 'active']);
    await removed;
    extensions.dispose();
  });

  it('off while its code never comes does not wait for it, and on again asks anew', async () => {
    const { extensions, clock } = managed();
    let asked = 0;
    const plain = packageOf('late');
    await extensions.add({
      ...plain,
      module: () => {
        asked += 1;
        return new Promise(() => {});
      },
    });
    extensions.step(frameAt(0));
    await settle();
    const pending = clock.pending;
    await extensions.disable('late');
    // The limit of its loading is gone with it.
    expect(clock.pending).toBe(pending - 1);
    void extensions.enable('late');
    await settle();
    expect([asked, extensions.list[0]?.state]).toEqual([2, 'activating']);
    clock.advance(60_000);
    await settle();
    expect(extensions.list[0]).toMatchObject({
      state: 'failed',
      lastError: { code: 'EXTENSION_UNAVAILABLE' },
    });
    extensions.dispose();
    expect(clock.pending).toBe(0);
  });

  it('on and off in any order ends as the last one says, with one run at a time', async () => {
    const { extensions } = managed();
    let running = 0;
    let most = 0;
    await extensions.add(
      packageOf(
        'hello',
        async (_, coach) => {
          await Promise.resolve();
          running += 1;
          most = Math.max(most, running);
          coach.analyzers.register('hello.count', counting('hello.frames'));
        },
        {
          module: {
            async deactivate() {
              await new Promise((resolve) => setTimeout(resolve, 2));
              running -= 1;
            },
          },
        },
      ),
    );
    extensions.step(frameAt(0));
    await settle();
    const steps: Promise<void>[] = [];
    for (let index = 0; index < 10; index += 1)
      steps.push(extensions.disable('hello'), extensions.enable('hello'));
    await Promise.all(steps);
    await settle();
    expect([extensions.list[0]?.state, running, most]).toEqual(['active', 1, 1]);
    await Promise.all([extensions.enable('hello'), extensions.disable('hello')]);
    expect([extensions.list[0]?.state, running]).toEqual(['disabled', 0]);
    extensions.dispose();
  });

  it('a thousand times leaves no timer, no listener, no run and no memory behind, and no frame is lost', async () => {
    const { extensions, clock } = managed();
    let runs = 0;
    let subscriptions = 0;
    await extensions.add(
      packageOf(
        'hello',
        (context, coach) => {
          runs += 1;
          subscriptions += 1;
          const ballast = new Uint8Array(100_000);
          context.subscriptions.push(
            {
              dispose: () => {
                subscriptions -= ballast.length / 100_000;
              },
            },
            coach.analyzers.register('hello.count', counting('hello.frames')),
          );
          coach.onFrame(() => {});
          coach.onReadings(() => {});
          context.configuration.onDidChange(() => {});
        },
        {
          module: {
            deactivate() {
              runs -= 1;
            },
          },
        },
      ),
    );
    const seen: number[] = [];
    let sequence = 0;
    const cycle = async () => {
      seen.push(extensions.step(frameAt(sequence++)).frame.sequence);
      await extensions.disable('hello');
      seen.push(extensions.step(frameAt(sequence++)).frame.sequence);
      await extensions.enable('hello');
      clock.advance(17);
    };
    extensions.step(frameAt(sequence++));
    await settle();
    for (let warmUp = 0; warmUp < 100; warmUp += 1) await cycle();
    const before = await heap();
    for (let index = 0; index < 1000; index += 1) await cycle();
    const after = await heap();
    expect([runs, subscriptions, clock.pending]).toEqual([1, 1, 0]);
    expect(seen).toEqual(Array.from({ length: 2200 }, (_, index) => index + 1));
    // A run that stayed would keep its 100 kB: 100 MB together.
    expect(after - before).toBeLessThan(1e6);
    console.info(`heap after 1,000 cycles: ${((after - before) / 1e3).toFixed(0)} kB more`);
    extensions.dispose();
    await settle();
    expect([runs, subscriptions, clock.pending]).toEqual([0, 0, 0]);
  }, 60_000);
});

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes in use, buffers included, after garbage was collected. */
async function heap(): Promise<number> {
  if (typeof collect !== 'function') throw new Error('There is no garbage collector to call.');
  // Buffers are given back in the background: the second time finds that done.
  for (let time = 0; time < 3; time += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('changes', () => {
  it('are told once per repaint, with a new snapshot of what has changed and the old of what has not', async () => {
    const { extensions, clock } = managed();
    let told = 0;
    extensions.onDidChange(() => {
      told += 1;
    });
    await extensions.add(packageOf('one'));
    await extensions.add(packageOf('two'));
    expect(told).toBe(0);
    clock.advance(17);
    expect(told).toBe(1);
    const [one, two] = extensions.list;
    await extensions.disable('two');
    await extensions.enable('two');
    await extensions.disable('two');
    clock.advance(17);
    expect(told).toBe(2);
    expect(extensions.list[0]).toBe(one);
    expect(extensions.list[1]).not.toBe(two);
    clock.advance(1000);
    expect(told).toBe(2);
    extensions.dispose();
  });

  it('of the cost are told twice a second while frames flow', async () => {
    const { extensions, clock } = managed();
    await extensions.add(packageOf('one'));
    extensions.step(frameAt(0));
    await settle();
    clock.advance(17);
    let told = 0;
    extensions.onDidChange(() => {
      told += 1;
    });
    for (let index = 1; index <= 60; index += 1) {
      extensions.step(frameAt(index));
      clock.advance(1000 / 30);
    }
    expect(told).toBeGreaterThanOrEqual(3);
    expect(told).toBeLessThanOrEqual(5);
    const cost = extensions.list[0]?.cost;
    expect(cost?.mean).toBeGreaterThanOrEqual(0);
    expect(cost?.worst).toBeGreaterThanOrEqual(cost?.mean ?? 0);
    extensions.dispose();
  });
});
