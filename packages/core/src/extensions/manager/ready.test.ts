import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Extensions } from '../extensions.ts';
import { frameAt, managed, manifestOf, packageOf } from './manager.test-support.ts';

const CONTRIBUTES = {
  analyzers: [{ id: 'hello.count', title: 'Count', metrics: ['hello.frames'] }],
  metrics: [{ id: 'hello.frames', title: 'Frames', kind: 'series' }],
  commands: [{ id: 'hello.say', title: 'Say' }],
  configuration: { properties: { 'hello.goal': { title: 'Goal', type: 'number', default: 80 } } },
};

const hello = packageOf(
  'hello',
  ({ subscriptions }, coach) => {
    subscriptions.push(
      coach.commands.register('hello.say', (name) => `Hello ${String(name)}`),
      coach.analyzers.register('hello.count', {
        create: () => ({
          step: ({ frame: { timestamp } }) => [
            { metric: 'hello.frames', timestamp, status: 'ok', value: 1, confidence: 1 },
          ],
          reset: () => undefined,
        }),
      }),
    );
  },
  { manifest: manifestOf('hello', { contributes: CONTRIBUTES }) },
);

let extensions: Extensions;
afterEach(() => extensions.dispose());

describe('right after extensions were made', () => {
  const calls: [what: string, (made: Extensions) => Promise<unknown>, expected: unknown][] = [
    ['a command is run', (made) => made.commands.execute('hello.say', 'you'), 'Hello you'],
    [
      'a setting is changed',
      (made) => made.settings.set('hello.goal', 60).then(() => made.settings.get('hello.goal')),
      60,
    ],
    [
      'an extension is switched off',
      (made) => made.disable('hello').then(() => made.list[0]?.state),
      'disabled',
    ],
    ['an extension is removed', (made) => made.remove('hello').then(() => made.list.length), 0],
    [
      'what was answered is taken back',
      (made) => made.permissions.forget('hello').then(() => made.list[0]?.state),
      'registered',
    ],
    [
      'a frame is analyzed without loss',
      (made) => made.analyze(frameAt(0)).then(({ readings }) => readings.length),
      1,
    ],
  ];
  it.each(calls)('%s as if they were listed already', async (_what, call, expected) => {
    extensions = managed({ sources: [hello] }).extensions;
    expect(await call(extensions)).toEqual(expected);
  });

  it('an extension is switched on that was to be off', async () => {
    extensions = managed({ sources: [{ ...hello, enabled: false }] }).extensions;
    await extensions.enable('hello');
    expect(extensions.list[0]?.state).toBe('registered');
  });

  it('what nobody has is refused, once all are listed', async () => {
    extensions = managed({ sources: [hello] }).extensions;
    await expect(extensions.commands.execute('hello.shout')).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
    });
    await expect(extensions.settings.set('hello.speed', 1)).rejects.toMatchObject({
      code: 'SETTING_INVALID',
    });
    await expect(extensions.disable('other')).rejects.toMatchObject({ code: 'EXTENSION_NOT_FOUND' });
  });
});

describe('`ready`', () => {
  it('resolves when everything is listed in its order, faulty ones too, before any code has run', async () => {
    extensions = managed({ sources: [hello, { manifest: { name: 'faulty' } }] }).extensions;
    expect(extensions.list).toEqual([]);
    await extensions.ready;
    expect(extensions.list.map(({ id, state }) => [id, state])).toEqual([
      ['hello', 'registered'],
      ['faulty', 'failed'],
    ]);
    expect(extensions.contributions('metrics').map(({ value }) => value.id)).toEqual(['hello.frames']);
  });

  it('resolves at once without sources, and also when disposed of before', async () => {
    extensions = managed().extensions;
    await extensions.ready;
    const disposed = managed({ sources: [hello] }).extensions;
    disposed.dispose();
    await disposed.ready;
    expect(disposed.list).toEqual([]);
  });

  it('is not waited for by calls to an extension that is listed, however slow another one is', async () => {
    const server = createServer(() => {
      // Never answers.
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      extensions = managed({ sources: [`http://127.0.0.1:${port}/`, hello] }).extensions;
      expect(await extensions.commands.execute('hello.say', 'you')).toBe('Hello you');
      await extensions.settings.set('hello.goal', 60);
      await extensions.disable('hello');
      expect(extensions.list.map(({ id }) => id)).toEqual(['hello']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
