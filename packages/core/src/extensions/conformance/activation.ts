import { describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../base/manual-clock.ts';
import { frameAt } from './frames.ts';
import { activating, COMMAND_NAMES, COMMANDS, stepping } from './sample-extensions.ts';
import { RecordedServices } from './services.ts';
import { freeManifest, manifestOf, refusal, type Subject, settledWithin } from './subject.ts';

/** Writes its steps through life to the log, as JSON. */
const LIFE = `
const log = [];
let count = 0;
export async function activate(context, coach) {
  const say = (what) => context.log.info(JSON.stringify(what));
  log.push(say);
  say('activate');
  await context.globalState.get('anything');
  for (const name of ['first', 'second', 'third']) {
    context.subscriptions.push({ dispose() { say(name); if (name === 'second') throw new Error('stuck'); } });
  }
  coach.commands.register('life.count', () => ++count);
  say('activated');
}
export async function deactivate() {
  for (const say of log) say('deactivate');
}
`;
const lifeManifest = manifestOf({ commands: [{ id: 'life.count', title: 'Count' }] }, 'life');

export function describeActivation(subject: Subject): void {
  describe('activation', () => {
    it('tells the extension who it is, what was granted and which API this is', async () => {
      const { services } = await subject.start({
        text: activating(`context.log.info(JSON.stringify([
          context.extension, context.permissions, context.subscriptions, coach.apiVersion,
          [context, coach, coach.analyzers, coach.commands, context.log, context.globalState].every(Object.isFrozen),
        ]));`),
        permissions: ['poses', 'storage'],
      });
      await vi.waitFor(() =>
        expect(services.said).toEqual([
          [{ id: 'free-extension', prefix: 'free', version: '1.2.3' }, ['poses', 'storage'], [], 1, true],
        ]),
      );
    });

    it('waits for an activation that takes its time, and calls it once', async () => {
      const { services } = await subject.start({ text: LIFE, manifest: lifeManifest });
      await vi.waitFor(() => expect(services.said).toEqual(['activate', 'activated']));
    });

    it.for([
      ['throws', activating('throw new Error("out of order");'), 'out of order'],
      ['rejects with words', 'export const activate = () => Promise.reject("not today");', 'not today'],
      [
        'registers what is not declared',
        activating('coach.commands.register("free.x", () => {});'),
        'free.x',
      ],
      ['is not exported', 'export const activates = 1;', 'activate'],
      ['is no function', 'export const activate = {};', 'activate'],
    ] as const)('fails when activate %s, and says why', async ([, text, message]) => {
      const error = await refusal(() => subject.start({ text }));
      expect(error.code).toBe('EXTENSION_FAILED');
      expect(error.message).toContain(message);
      expect(error.message).toContain('The extension free');
    });

    it('fails when activate has not settled after ten seconds', async () => {
      const clock = new ManualClock();
      const host = subject.host(clock);
      const text = activating('await new Promise(() => {});');
      const starting = refusal(() => subject.start({ text }, host));
      expect(await settledWithin(starting, clock, 9000)).toBe(false);
      expect(await settledWithin(starting, clock, 5000)).toBe(true);
      const error = await starting;
      expect(error.code).toBe('EXTENSION_FAILED');
      expect(error.message).toContain('10 seconds');
    });

    it('does not begin when it is called off already, and ends when it is called off half-way', async () => {
      const host = subject.host();
      const ended = AbortSignal.abort();
      expect((await refusal(() => subject.start({ text: LIFE, signal: ended }, host))).code).toBe('ABORTED');

      const services = new RecordedServices();
      const controller = new AbortController();
      const text = activating(`context.log.info('"begun"'); await new Promise(() => {});`);
      const starting = refusal(() => subject.start({ text, services, signal: controller.signal }, host));
      await vi.waitFor(() => expect(services.said).toEqual(['begun']));
      controller.abort();
      expect((await starting).code).toBe('ABORTED');
      const { running } = await subject.start({ text: LIFE, manifest: lifeManifest }, host);
      expect(await running.runCommand('life.count', [])).toBe(1);
    });

    it('starts afresh after it was stopped, in the same host', async () => {
      const host = subject.host();
      for (const round of ['first', 'second']) {
        const { running } = await subject.start({ text: LIFE, manifest: lifeManifest }, host);
        expect(await running.runCommand('life.count', []), round).toBe(1);
        expect(await running.runCommand('life.count', []), round).toBe(2);
        await running.stop();
      }
    });

    it('starts afresh after a failed activation, in the same host', async () => {
      const host = subject.host();
      await refusal(() => subject.start({ text: activating('throw new Error("no");') }, host));
      const { running } = await subject.start({ text: LIFE, manifest: lifeManifest }, host);
      expect(await running.runCommand('life.count', [])).toBe(1);
    });

    it('keeps two extensions in one host apart', async () => {
      const host = subject.host();
      const commands = COMMAND_NAMES.map((name) => ({ id: `does.${name}`, title: name }));
      const manifest = manifestOf({ commands }, 'does');
      const one = await subject.start({ text: COMMANDS, manifest }, host);
      const other = await subject.start({ text: COMMANDS, manifest }, host);
      const free = await subject.start(
        { text: stepping('return [value(count)];'), manifest: freeManifest },
        host,
      );
      expect(await one.running.runCommand('does.count', [])).toBe(1);
      expect(await one.running.runCommand('does.count', [])).toBe(2);
      expect(await other.running.runCommand('does.count', [])).toBe(1);
      expect((await other.step(frameAt(0))).readings).toEqual([]);
      expect((await free.step(frameAt(0))).readings).toHaveLength(1);
      await one.running.stop();
      expect(await other.running.runCommand('does.count', [])).toBe(2);
      expect((await free.step(frameAt(1))).readings).toMatchObject([{ value: 2 }]);
    });
  });

  describe('stopping', () => {
    it('calls deactivate, then disposes the subscriptions, the last first, also when one of them throws', async () => {
      const { running, services } = await subject.start({ text: LIFE, manifest: lifeManifest });
      await running.stop();
      const lines = services.lines.filter((line) => line.startsWith('info'));
      expect(lines).toEqual(
        ['activate', 'activated', 'deactivate', 'third', 'second', 'first'].map((what) => `info "${what}"`),
      );
      const complaints = services.lines.filter((line) => line.startsWith('error'));
      expect(complaints).toHaveLength(1);
      expect(complaints[0]).toContain('stuck');
    });

    it('is done when it is called twice, and refuses everything afterwards', async () => {
      const { running, step, services } = await subject.start({ text: LIFE, manifest: lifeManifest });
      await Promise.all([running.stop(), running.stop()]);
      await running.stop();
      expect(services.lines.filter((line) => line.includes('deactivate'))).toHaveLength(1);
      expect((await refusal(() => step(frameAt(0)))).code).toBe('DISPOSED');
      expect((await refusal(() => running.finish())).code).toBe('DISPOSED');
      expect((await refusal(() => running.runCommand('life.count', []))).code).toBe('DISPOSED');
      running.configure({}, []);
      expect(services.failures).toEqual([]);
    });

    it('logs what deactivate throws, and is done all the same', async () => {
      const text = `${activating('')} export function deactivate() { throw new Error('not leaving'); }`;
      const { running, services } = await subject.start({ text });
      await running.stop();
      expect(services.lines).toHaveLength(1);
      expect(services.lines[0]).toMatch(/^error .*not leaving/);
    });

    it('does not wait longer than two seconds for deactivate', async () => {
      const clock = new ManualClock();
      const host = subject.host(clock);
      const text = `${activating('')} export const deactivate = () => new Promise(() => {});`;
      const starting = subject.start({ text }, host);
      await settledWithin(starting, clock, 5000);
      const stopping = (await starting).running.stop();
      expect(await settledWithin(stopping, clock, 1500)).toBe(false);
      expect(await settledWithin(stopping, clock, 2000)).toBe(true);
    });

    it('ends a running extension that is called off, without asking it', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const { running, step, services } = await subject.start({ text: LIFE, manifest: lifeManifest, signal });
      controller.abort();
      expect((await refusal(() => step(frameAt(0)))).code).toBe('ABORTED');
      expect((await refusal(() => running.runCommand('life.count', []))).code).toBe('ABORTED');
      await running.stop();
      expect(services.lines.join()).not.toContain('deactivate');
      expect(services.failures).toEqual([]);
    });

    it('ends all that a host runs with the host, which starts nothing more', async () => {
      const host = subject.host();
      const { running, step } = await subject.start({ text: LIFE, manifest: lifeManifest }, host);
      const starting = refusal(() =>
        subject.start({ text: activating('await new Promise(() => {});') }, host),
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
      host.dispose();
      host.dispose();
      expect((await starting).code).toBe('DISPOSED');
      expect((await refusal(() => step(frameAt(0)))).code).toBe('DISPOSED');
      await running.stop();
      expect((await refusal(() => subject.start({ text: LIFE }, host))).code).toBe('DISPOSED');
    });
  });
}
