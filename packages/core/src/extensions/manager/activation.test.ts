import { describe, expect, it } from 'vitest';
import { frameAt, managed, manifestOf, packageOf, settle } from './manager.test-support.ts';

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
    ['onFrame', (extensions) => void extensions.step(frameAt(0))],
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
      if (event !== 'onFrame' && event !== 'onAnalyzer:hello.count') extensions.step(frameAt(0));
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

  it('comes from a rule on the metric with the first frame, for as long as the rule is there', async () => {
    const ruled = packageOf('ruled', undefined, {
      manifest: manifestOf('ruled', {
        contributes: {
          feedback: [
            {
              id: 'ruled.many',
              metric: 'hello.frames',
              when: { above: 3 },
              cue: { severity: 'hint', message: 'So many.' },
            },
          ],
        },
      }),
    });
    const { extensions } = managed();
    await extensions.add(ruled);
    await extensions.disable('ruled');
    await extensions.add(waiting('onMetric:hello.frames'));
    await settle();
    expect(extensions.list[1]?.state).toBe('registered');
    await extensions.enable('ruled');
    await settle();
    // Before the first frame there is nothing to judge: nobody is asked for anything as the page loads.
    expect(extensions.list[1]?.state).toBe('registered');
    extensions.step(frameAt(0));
    await settle();
    expect(extensions.list[1]?.state).toBe('active');
    await extensions.remove('ruled');
    await extensions.disable('hello');
    await extensions.enable('hello');
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
