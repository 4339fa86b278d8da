import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { ContributionDelta } from '../extensions.ts';
import { counting, frameAt, managed, manifestOf, packageOf, settle } from './manager.test-support.ts';
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

describe('activation', () => {
  const waiting = (event: string) =>
    packageOf(
      'hello',
      (_, coach) => {
        coach.commands.register('hello.say', (name) => `Hello ${String(name)}`);
      },
      {
        manifest: manifestOf('hello', {
          activationEvents: [event],
          contributes: {
            analyzers: [{ id: 'hello.count', title: 'Count', metrics: ['hello.frames'] }],
            metrics: [{ id: 'hello.frames', title: 'Frames', kind: 'series' }],
            commands: [{ id: 'hello.say', title: 'Say' }],
          },
        }),
      },
    );

  it.each([
    ['onStartup', () => {}],
    ['onAnalyzer:hello.count', (extensions) => void extensions.step(frameAt(0))],
    ['onMetric:hello.frames', (extensions) => void extensions.metrics.watch('hello.frames')],
    ['onCommand:hello.say', (extensions) => void extensions.commands.execute('hello.say')],
  ] as [string, (extensions: ReturnType<typeof managed>['extensions']) => void][])(
    'happens at %s, and not at what others wait for',
    async (event, cause) => {
      const { extensions } = managed();
      await extensions.add(waiting(event));
      await settle();
      expect(extensions.list[0]?.state).toBe(event === 'onStartup' ? 'active' : 'registered');
      if (event !== 'onAnalyzer:hello.count') extensions.step(frameAt(0));
      if (event !== 'onMetric:hello.frames') extensions.metrics.watch('hello.other');
      await settle();
      expect(extensions.list[0]?.state).toBe(event === 'onStartup' ? 'active' : 'registered');
      cause(extensions);
      await settle();
      expect(extensions.list[0]?.state).toBe('active');
      extensions.dispose();
    },
  );

  it('does not come from a metric that nobody looks at any more', async () => {
    const { extensions } = managed();
    extensions.metrics.watch('hello.frames').dispose();
    await extensions.add(waiting('onMetric:hello.frames'));
    await settle();
    expect(extensions.list[0]?.state).toBe('registered');
    extensions.dispose();
  });

  it('happens for a command whatever the extension waits for, and the command gets its values', async () => {
    const { extensions } = managed();
    await extensions.add(waiting('onMetric:hello.frames'));
    expect(await extensions.commands.execute('hello.say', 'you')).toBe('Hello you');
    extensions.dispose();
  });

  it('is timed with the loading of the code, and without the time somebody takes to answer', async () => {
    const { extensions, clock } = managed({
      onPermission: async ({ permissions }) => {
        clock.advance(5000);
        return permissions;
      },
    });
    await extensions.add({
      manifest: manifestOf('hello', { permissions: ['poses', 'storage'], activationEvents: ['onStartup'] }),
      module: async () => {
        clock.advance(30);
        return { activate: () => clock.advance(12) };
      },
    });
    await settle();
    expect(extensions.list[0]).toMatchObject({ state: 'active', activationTime: 42 });
    extensions.dispose();
  });
});

describe('commands', () => {
  it('that cannot be found or run say why', async () => {
    const { extensions } = managed();
    const manifest = manifestOf('hello', {
      contributes: {
        commands: [
          { id: 'hello.fail', title: 'Fail' },
          { id: 'hello.absent', title: 'Absent' },
        ],
      },
    });
    const module = {
      activate: (
        _: unknown,
        coach: { commands: { register(id: string, handler: () => never): unknown } },
      ) => {
        coach.commands.register('hello.fail', () => {
          throw new Error('out of luck');
        });
      },
    };
    await extensions.add(packageOf('hello', module.activate, { manifest }));
    const failure = (id: string) => extensions.commands.execute(id).catch((error: unknown) => error);
    expect(await failure('nobody.does')).toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    expect(await failure('hello.absent')).toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    const failed = await failure('hello.fail');
    expect(failed).toMatchObject({ code: 'COMMAND_FAILED' });
    expect(String(failed)).toContain('out of luck');
    // A command that fails is no failure of its extension.
    expect(extensions.list[0]).toMatchObject({ state: 'active' });
    await extensions.disable('hello');
    const off = await failure('hello.fail');
    expect(off).toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    expect(String(off)).toContain('switched off');
    extensions.dispose();
    expect(await failure('hello.fail')).toMatchObject({ code: 'DISPOSED' });
  });

  it('of other extensions are there for extensions too, and activate them', async () => {
    const { extensions } = managed();
    const manifest = (name: string) =>
      manifestOf(name, { contributes: { commands: [{ id: `${name}.go`, title: 'Go' }] } });
    await extensions.add(
      packageOf(
        'one',
        (_, coach) => void coach.commands.register('one.go', () => coach.commands.execute('two.go', 20)),
        {
          manifest: manifest('one'),
        },
      ),
    );
    await extensions.add(
      packageOf('two', (_, coach) => void coach.commands.register('two.go', (value) => Number(value) + 1), {
        manifest: manifest('two'),
      }),
    );
    expect(await extensions.commands.execute('one.go')).toBe(21);
    expect(extensions.list.map(({ state }) => state)).toEqual(['active', 'active']);
    extensions.dispose();
  });
});
