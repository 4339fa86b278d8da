import { describe, expect, it, vi } from 'vitest';
import { frameAt } from './frames.ts';
import { activating } from './sample-extensions.ts';
import { manifestOf, refusal, type Subject } from './subject.ts';

const manifest = manifestOf({
  analyzers: [
    { id: 'free.analyzer', title: 'Analyzer', inputs: ['poses'], metrics: ['free.value'] },
    { id: 'free.late', title: 'Late', inputs: ['poses'], metrics: ['free.value'] },
  ],
  metrics: [{ id: 'free.value', title: 'Value', kind: 'gauge', range: [0, 10] }],
  feedback: [
    { id: 'free.rule', title: 'In code' },
    {
      id: 'free.data',
      metric: 'free.value',
      when: { above: 1 },
      cue: { severity: 'hint', message: 'Slower.' },
    },
  ],
  commands: [{ id: 'free.command', title: 'Command' }],
  filters: [{ id: 'free.filter', title: 'Filter' }],
  estimators: [{ id: 'free.estimator', title: 'Estimator' }],
});

const FACTORY = `{ create: () => ({ step: () => [], reset() {} }) }`;
const READS = (value: string) => `{ create: () => ({
  step: ({ frame }) => [{ metric: 'free.value', timestamp: frame.timestamp, status: 'ok', value: ${value}, confidence: 1 }],
  reset() {},
}) }`;

export function describeRegistration(subject: Subject): void {
  describe('registration', () => {
    it.for([
      [
        'an analyzer that is not declared',
        `coach.analyzers.register('free.unknown', ${FACTORY})`,
        'MANIFEST_INVALID',
      ],
      [
        'a rule that is not declared',
        `coach.feedback.register('free.unknown', ${FACTORY})`,
        'MANIFEST_INVALID',
      ],
      [
        'a command that is not declared',
        `coach.commands.register('free.unknown', () => {})`,
        'MANIFEST_INVALID',
      ],
      [
        'a command of another extension',
        `coach.commands.register('other.command', () => {})`,
        'MANIFEST_INVALID',
      ],
      ['an id of another point', `coach.commands.register('free.analyzer', () => {})`, 'MANIFEST_INVALID'],
      ['a rule that is data already', `coach.feedback.register('free.data', ${FACTORY})`, 'MANIFEST_INVALID'],
      [
        'the same id twice',
        `coach.commands.register('free.command', () => {}); coach.commands.register('free.command', () => {})`,
        'MANIFEST_INVALID',
      ],
      ['an id that is none', `coach.commands.register(undefined, () => {})`, 'MANIFEST_INVALID'],
      [
        'an analyzer instead of its factory',
        `coach.analyzers.register('free.analyzer', { step() {} })`,
        'OPTION_INVALID',
      ],
      ['nothing as a rule', `coach.feedback.register('free.rule')`, 'OPTION_INVALID'],
      ['a command that is no function', `coach.commands.register('free.command', {})`, 'OPTION_INVALID'],
    ] as const)('refuses %s', async ([, code, expected]) => {
      const text = activating(`
        try { ${code}; context.log.info('"registered"'); }
        catch (error) { context.log.info(JSON.stringify([error.name, error.code])); }`);
      const { services } = await subject.start({ text, manifest });
      await vi.waitFor(() => expect(services.said).toEqual([['PoseCoachError', expected]]));
    });

    it('lets filters and engines in only where code is trusted', async () => {
      const text = activating(`
        for (const point of ['filters', 'estimators']) {
          try { coach[point].register('free.' + point.slice(0, -1), ${FACTORY}); context.log.info('"registered"'); }
          catch (error) { context.log.info(JSON.stringify(error.code)); }
        }`);
      const { running, services } = await subject.start({ text, manifest });
      const answer = subject.conformance.trusted ? 'registered' : 'EXTENSION_UNTRUSTED';
      await vi.waitFor(() => expect(services.said).toEqual([answer, answer]));
      expect([...running.filters.keys()]).toEqual(subject.conformance.trusted ? ['free.filter'] : []);
      expect([...running.estimators.keys()]).toEqual(subject.conformance.trusted ? ['free.estimator'] : []);
      await running.stop();
      expect([...running.filters.keys(), ...running.estimators.keys()]).toEqual([]);
    });

    it('takes away what is disposed, and lets its id be registered again', async () => {
      const text = activating(`
        let registration = coach.analyzers.register('free.analyzer', ${READS('1')});
        coach.commands.register('free.command', (again) => {
          registration.dispose();
          registration.dispose();
          if (again) { const old = registration; registration = coach.analyzers.register('free.analyzer', ${READS('2')}); old.dispose(); }
        });`);
      const { running, step } = await subject.start({ text, manifest });
      expect((await step(frameAt(0))).readings).toMatchObject([{ value: 1 }]);
      await running.runCommand('free.command', [false]);
      expect((await step(frameAt(1))).readings).toEqual([]);
      await running.runCommand('free.command', [true]);
      expect((await step(frameAt(2))).readings).toMatchObject([{ value: 2 }]);
    });

    it('begins with the next frame what is registered during a frame', async () => {
      const text = activating(`
        let late = false;
        coach.analyzers.register('free.analyzer', { create: () => ({
          step() { if (!late) { late = true; coach.analyzers.register('free.late', ${READS('3')}); } return []; },
          reset() {},
        }) });`);
      const { step } = await subject.start({ text, manifest });
      expect((await step(frameAt(0))).readings).toEqual([]);
      expect((await step(frameAt(1))).readings).toMatchObject([
        { value: 3, timestamp: frameAt(1).timestamp },
      ]);
    });

    it('fails the activation when an analyzer cannot be made, and says what its factory says', async () => {
      const text = activating(
        `coach.analyzers.register('free.analyzer', { create() { throw new Error('no wood'); } });`,
      );
      const error = await refusal(() => subject.start({ text, manifest }));
      expect(error.code).toBe('EXTENSION_FAILED');
      expect(error.message).toContain('no wood');
    });

    it('goes on without what an extension disposes of itself during a frame', async () => {
      const text = activating(`
        let second;
        coach.analyzers.register('free.analyzer', { create: () => ({ step() { second.dispose(); return []; }, reset() {} }) });
        second = coach.analyzers.register('free.late', ${READS('4')});`);
      const { step } = await subject.start({ text, manifest });
      expect((await step(frameAt(0))).readings).toEqual([]);
    });
  });
}
