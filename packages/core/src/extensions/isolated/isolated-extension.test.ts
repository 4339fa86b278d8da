import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PoseCoachError } from '../../base/index.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import type { ExtensionServices } from '../host.ts';
import { IsolatedExtension } from './isolated-extension.ts';
import { type HeardServices, heardServices, manifestOf, stepOnce } from './isolated-host.test-support.ts';
import { ISOLATION_LIMITS } from './isolation-limits.ts';
import { packFrame } from './packed-frame.ts';
import { MAX_OPEN_REQUESTS, MAX_TEXT, type PageMessage } from './wire.ts';

/** The worker's end of a channel, which says whatever a test makes it say: what no honest worker would. */
class ScriptedWorker {
  readonly heard: PageMessage[] = [];
  readonly #port: MessagePort;
  #waiting: (() => void)[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<PageMessage>) => {
      this.heard.push(data);
      for (const wake of this.#waiting.splice(0)) wake();
    };
  }

  /** The first message of a kind, as soon as it is there. */
  async expect(kind: PageMessage['kind']): Promise<PageMessage> {
    for (;;) {
      const found = this.heard.find((message) => message.kind === kind);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async answer(kind: PageMessage['kind'], value?: unknown): Promise<void> {
    const message = await this.expect(kind);
    this.heard.splice(this.heard.indexOf(message), 1);
    this.say({ kind: 'done', id: 'id' in message ? message.id : 0, value });
  }

  say(message: unknown): void {
    this.post(JSON.stringify(message));
  }

  post(data: unknown): void {
    this.#port.postMessage(data);
  }

  close(): void {
    this.#port.close();
  }
}

const ORDER = { manifest: manifestOf('@test/extension'), permissions: [], settings: {}, text: '' };

describe('An isolated extension whose worker does as it likes', () => {
  let clock: ManualClock;
  let worker: ScriptedWorker;
  let services: HeardServices;
  let extension: IsolatedExtension;
  let ends: number;
  let silent: PoseCoachError[];

  const make = (overrides: Partial<ExtensionServices> = {}) => {
    const { port1, port2 } = new MessageChannel();
    clock = new ManualClock();
    worker = new ScriptedWorker(port2);
    services = heardServices(overrides);
    ends = 0;
    silent = [];
    extension = new IsolatedExtension({
      manifest: ORDER.manifest,
      services,
      port: port1,
      clock,
      limits: ISOLATION_LIMITS,
      pack: packFrame,
      onSilent: (error) => {
        silent.push(error);
        extension.fail(error);
      },
      onEnd: () => {
        ends += 1;
      },
    });
  };

  const start = async (overrides?: Partial<ExtensionServices>) => {
    make(overrides);
    const started = extension.start(ORDER);
    await worker.answer('start');
    await started;
  };

  beforeEach(() => start());

  afterEach(() => {
    extension.end(services.failures[0] ?? ({} as PoseCoachError));
    worker.close();
    expect(ends).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ['an object instead of text', () => worker.post({ kind: 'done', id: 1 }), 'no text'],
    ['a shared object', () => worker.post(new SharedArrayBuffer(8)), 'no text'],
    ['no JSON', () => worker.post('{{{'), 'no JSON'],
    ['too long a text', () => worker.post('x'.repeat(MAX_TEXT + 1)), 'at most'],
    ['an unknown message', () => worker.say({ kind: 'evil' }), 'wrong'],
    ['an answer to nothing', () => worker.say({ kind: 'done', id: 77 }), 'nobody asked'],
    ['the same answer twice', () => worker.say({ kind: 'done', id: 1 }), 'nobody asked'],
  ])('is ended when it posts %s', async (_, act, words) => {
    act();
    const error = await services.failure;
    expect(error).toMatchObject({ code: 'EXTENSION_FAILED', message: expect.stringContaining(words) });
    expect(error.message).toContain('broke the protocol');
    await expect(stepOnce(extension, 1)).rejects.toBe(error);
    expect(ends).toBe(1);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'readings'],
    ['readings that are no list', { readings: 1, proposals: [], cost: 0 }],
    ['a reading that is none', { readings: [null], proposals: [], cost: 0 }],
    [
      'a metric that is not declared',
      { readings: [{ metric: 'a.b', timestamp: 0, status: 'ok', value: 1, confidence: 1 }], proposals: [] },
    ],
    ['a proposal of no rule', { readings: [], proposals: [{ rule: 'a.b', severity: 'hint', message: 'x' }] }],
  ])('is refused %s as the output of a step', async (_, output) => {
    const step = stepOnce(extension, 1);
    await worker.answer('step', output);
    await expect(step).rejects.toMatchObject({ code: 'EXTENSION_FAILED' });
  });

  it('costs no more than the time for which it was waited for, whatever it claims', async () => {
    const step = stepOnce(extension, 1);
    await worker.expect('step');
    clock.advance(40);
    await worker.answer('step', { readings: [], proposals: [], cost: 1e300 });
    expect((await step).cost).toBe(40);
    const honest = stepOnce(extension, 2);
    await worker.expect('step');
    clock.advance(40);
    await worker.answer('step', { readings: [], proposals: [], cost: 3 });
    expect((await honest).cost).toBe(3);
  });

  it('is ended when it floods the page', async () => {
    for (let line = 0; line < 2300; line += 1) worker.say({ kind: 'log', level: 'info', message: '' });
    expect((await services.failure).message).toContain('messages in a second');
  });

  it('is ended when it opens more requests than our own code would', async () => {
    extension.end({} as PoseCoachError);
    worker.close();
    await start({ stateGet: () => new Promise(() => {}) });
    for (let id = 1; id <= MAX_OPEN_REQUESTS + 1; id += 1) {
      worker.say({ kind: 'request', id, request: { name: 'stateGet', key: 'k' } });
    }
    expect((await services.failure).message).toContain(`over ${MAX_OPEN_REQUESTS} requests`);
  });

  it('has its requests answered, and refusals told with their code', async () => {
    extension.end({} as PoseCoachError);
    worker.close();
    await start({
      stateKeys: async () => ['a', 'b'],
      asset: () => Promise.reject(new Error('disk on fire')),
    });
    worker.say({ kind: 'request', id: 1, request: { name: 'stateKeys' } });
    worker.say({ kind: 'request', id: 2, request: { name: 'asset', path: './a' } });
    expect(await worker.expect('answer')).toEqual({ kind: 'answer', request: 1, value: ['a', 'b'] });
    expect(await worker.expect('refusal')).toMatchObject({
      request: 2,
      fault: { code: 'EXTENSION_FAILED', message: expect.stringContaining('disk on fire') },
    });
  });

  it('is asked for a sign of life when it is quiet, and found silent two seconds later', async () => {
    clock.advance(1250);
    await worker.expect('ping');
    clock.advance(2000);
    expect(silent).toEqual([]);
    clock.advance(500);
    expect(silent).toHaveLength(1);
    expect(services.failures).toEqual(silent);
  });

  it('is left in peace for the ten seconds of a summary', async () => {
    const finish = extension.finish().catch(() => undefined);
    clock.advance(9900);
    expect(worker.heard.filter(({ kind }) => kind === 'ping')).toEqual([]);
    expect(silent).toEqual([]);
    clock.advance(1000);
    expect(silent).toHaveLength(1);
    await finish;
  });

  it('may answer a command that was given up, once', async () => {
    const command = extension.runCommand('test.do', []);
    const outcome = expect(command).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    for (let second = 0; second < 11; second += 1) {
      clock.advance(1000);
      const ping = worker.heard.findIndex(({ kind }) => kind === 'ping');
      if (ping >= 0) await worker.answer('ping');
      // The answer is on its way: a turn of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await outcome;
    expect(services.failures).toEqual([]);
    const { id } = (await worker.expect('command')) as { id: number };
    worker.say({ kind: 'done', id, value: 'late' });
    worker.say({ kind: 'log', level: 'info', message: 'still here' });
    await expect.poll(() => services.lines).toEqual(['info: still here']);
    worker.say({ kind: 'done', id, value: 'again' });
    expect((await services.failure).message).toContain('nobody asked');
  });

  it('is given two seconds to stop, and then no more', async () => {
    const stopped = extension.stop();
    await worker.expect('stop');
    clock.advance(2600);
    await stopped;
    expect(services.lines).toEqual([expect.stringContaining('not done after 2 seconds')]);
    expect(services.failures).toEqual([]);
    await expect(stepOnce(extension, 1)).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  it('is heard no more once it has ended, whatever it posts', async () => {
    const pending = stepOnce(extension, 1);
    const error = { code: 'ABORTED' } as PoseCoachError;
    extension.end(error);
    await expect(pending).rejects.toBe(error);
    worker.post({ evil: true });
    worker.say({ kind: 'log', level: 'error', message: 'hello?' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(services.lines).toEqual([]);
    expect(services.failures).toEqual([]);
  });
});
