import { describe, expect, it } from 'vitest';
import { PoseCoachError } from '../../base/index.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import { frameAt } from './frames.ts';
import { COMMAND_NAMES, COMMANDS } from './sample-extensions.ts';
import { manifestOf, refusal, type Subject, settledWithin } from './subject.ts';

const manifest = manifestOf(
  { commands: COMMAND_NAMES.map((name) => ({ id: `does.${name}`, title: name })) },
  'does',
);

export function describeCommands(subject: Subject): void {
  describe('commands', () => {
    const start = () => subject.start({ text: COMMANDS, manifest });

    it('take arguments and give results of every kind that JSON has', async () => {
      const { running } = await start();
      const values = [null, true, 0.1 + 0.2, 'words', ['a', [1]], { deep: { list: [{}] } }];
      expect(await running.runCommand('does.echo', values)).toEqual(values);
      expect(await running.runCommand('does.echo', [])).toEqual([]);
      expect(await running.runCommand('does.nothing', [])).toBeUndefined();
      expect(await running.runCommand('does.later', [7])).toEqual({ later: 7 });
    });

    it('may take their time beside one another', async () => {
      const { running } = await start();
      const counts = await Promise.all([1, 2, 3].map(() => running.runCommand('does.count', [])));
      expect(counts).toEqual([1, 2, 3]);
    });

    it('get copies: what they change of their arguments nobody else sees', async () => {
      const { running } = await start();
      const list = ['mine'];
      expect(await running.runCommand('does.change', [list])).toEqual(['mine', 'changed']);
      expect(list).toEqual(['mine']);
    });

    it.for([
      ['throws', 'does.throws', 'no such day'],
      ['rejects', 'does.rejects', 'only words'],
      ['gives what is not JSON', 'does.function', 'JSON'],
    ] as const)('fail alone when their code %s: the extension goes on', async ([, id, message]) => {
      const { running, step } = await start();
      const error = await refusal(() => running.runCommand(id, []));
      expect(error.code).toBe('COMMAND_FAILED');
      expect(error.message).toContain(message);
      expect(error.message).toContain(id);
      expect(await running.runCommand('does.count', [])).toBe(1);
      expect((await step(frameAt(0))).readings).toEqual([]);
    });

    it.for(['does.unregistered', 'does.undeclared', 'constructor', '__proto__'])(
      'are not found when they are not registered: %s',
      async (id) => {
        const { running } = await start();
        expect((await refusal(() => running.runCommand(id, []))).code).toBe('COMMAND_NOT_FOUND');
      },
    );

    it('fail after ten seconds, and the extension goes on', async () => {
      const clock = new ManualClock();
      const starting = subject.start({ text: COMMANDS, manifest }, subject.host(clock));
      await settledWithin(starting, clock, 5000);
      const { running } = await starting;
      const failing = refusal(() => running.runCommand('does.never', []));
      expect(await settledWithin(failing, clock, 9000)).toBe(false);
      expect(await settledWithin(failing, clock, 5000)).toBe(true);
      expect((await failing).code).toBe('COMMAND_FAILED');
      const going = running.runCommand('does.count', []);
      await settledWithin(going, clock, 5000);
      expect(await going).toBe(1);
    });

    it('are called off when the extension is stopped', async () => {
      const { running } = await start();
      const waiting = refusal(() => running.runCommand('does.never', []));
      await running.runCommand('does.nothing', []);
      await running.stop();
      expect((await waiting).code).toBe('DISPOSED');
    });

    it('call the extension’s own without asking outside', async () => {
      const { running, services } = await start();
      expect(await running.runCommand('does.own', ['x'])).toEqual(['own', ['x']]);
      expect(await running.runCommand('does.missing', [])).toBe('COMMAND_NOT_FOUND');
      expect(services.executed).toEqual([]);
    });

    it('call those of other extensions, and get their results and errors', async () => {
      const { running, services } = await start();
      services.commands.set('other.command', async (...values) => ({ got: values }));
      services.commands.set('other.fails', async () => {
        throw new PoseCoachError('COMMAND_FAILED', 'The other one has failed.');
      });
      expect(await running.runCommand('does.other', [1, { two: 2 }])).toEqual({ got: [1, { two: 2 }] });
      expect(services.executed).toEqual([['other.command', [1, { two: 2 }]]]);
      expect(await running.runCommand('does.otherFails', [])).toEqual([
        'PoseCoachError',
        'COMMAND_FAILED',
        'The other one has failed.',
        true,
      ]);
      expect(await running.runCommand('does.badArgument', [])).toBe('COMMAND_FAILED');
      expect(services.executed).toHaveLength(2);
    });
  });
}
