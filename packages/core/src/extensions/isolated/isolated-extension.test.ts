import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PoseCoachError } from '../../base/index.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import type { ExtensionServices } from '../host.ts';
import { IsolatedExtension } from './isolated-extension.ts';
import { type HeardServices, heardServices, manifestOf, stepOnce } from './isolated-host.test-support.ts';
import { ISOLATION_LIMITS } from './isolation-limits.ts';
import { packFrame } from './packed-frame.ts';
import { MAX_OPEN_REQUESTS, MAX_SUMMARIES, MAX_TEXT, type PageMessage } from './wire.ts';

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

  /** JSON that takes long to read, of about so many characters. */
  const load = (characters: number) =>
    `[${Array(Math.round(characters / 3))
      .fill('{}')
      .join()}]`;
  const output = '{"readings":[],"proposals":[],"cost":0}';

  it.each([
    ['beside the output', (id: number) => `{"kind":"done","id":${id},"value":${output},"x":${load(9e5)}}`],
    [
      'in the output',
      (id: number) => `{"kind":"done","id":${id},"value":{"x":${load(9e5)},${output.slice(1)}}`,
    ],
    [
      'in the cost',
      (id: number) => `{"kind":"done","id":${id},"value":{"readings":[],"proposals":[],"cost":${load(9e5)}}}`,
    ],
    ['of a summary’s length', (id: number) => `{"kind":"done","id":${id},"value":${load(75e5)}}`],
  ])('is ended by the first step that comes with a load %s', async (_, text) => {
    const step = stepOnce(extension, 1);
    const { id } = (await worker.expect('step')) as { id: number };
    worker.post(text(id));
    await expect(step).rejects.toMatchObject({ code: 'EXTENSION_FAILED' });
    await expect(stepOnce(extension, 2)).rejects.toMatchObject({ code: 'EXTENSION_FAILED' });
  });

  it('is ended when what its steps say is hidden in much that they do not say', async () => {
    let steps = 0;
    for (; steps < 100 && services.failures.length === 0; steps += 1) {
      const step = stepOnce(extension, steps).catch(() => undefined);
      const { id } = (await worker.expect('step')) as { id: number };
      worker.heard.length = 0;
      worker.post(`{"kind":"done","id":${id},"value":${load(9e5)},"value":${output}}`);
      await step;
    }
    expect(services.failures[0]?.message).toContain('characters a second');
    expect(steps).toBeLessThan(12);
  });

  it('may step as fast as a recording is read, with all the readings that a step can have', async () => {
    const reading = {
      metric: 'test.count',
      status: 'ok',
      timestamp: 1234.5678,
      value: 0.123456789,
      confidence: 0.987,
    };
    const readings = Array.from({ length: 256 }, (_, poseId) => ({ ...reading, poseId }));
    for (let sequence = 0; sequence < 300; sequence += 1) {
      const step = stepOnce(extension, sequence);
      await worker.answer('step', { readings, proposals: [], cost: 0 });
      expect((await step).readings).toHaveLength(256);
    }
  });

  it('is ended when what it asks for and answers is more than the page can read beside its work', async () => {
    const values = load(9e5);
    for (let id = 1; id <= 12; id += 1) {
      worker.post(
        `{"kind":"request","id":${id},"request":{"name":"command","command":"a.b","values":${values}}}`,
      );
    }
    expect((await services.failure).message).toContain('characters a second');
  });

  it('may ask for as much as that over a longer time', async () => {
    const text = (id: number) =>
      JSON.stringify({ kind: 'request', id, request: { name: 'stateGet', key: 'k'.repeat(9e5) } });
    for (let id = 1; id <= 12; id += 1) {
      clock.advance(100);
      worker.post(text(id));
      await expect.poll(() => worker.heard.filter(({ kind }) => kind === 'answer')).toHaveLength(id);
      for (let part = 0; part < 9; part += 1) {
        clock.advance(100);
        if (worker.heard.some(({ kind }) => kind === 'ping')) await worker.answer('ping');
      }
    }
    expect(services.failures).toEqual([]);
  });

  it('may answer with a long text when it sums up a take, and then only', async () => {
    const finish = extension.finish();
    await worker.answer('finish', { 'test.count': { readings: [], details: 'x'.repeat(7_900_000) } });
    expect((await finish)['test.count']?.details).toHaveLength(7_900_000);
    const command = extension.runCommand('test.do', []).catch((error: unknown) => error);
    await worker.answer('command', 'x'.repeat(MAX_TEXT));
    expect(await command).toMatchObject({
      code: 'EXTENSION_FAILED',
      message: expect.stringContaining('at most'),
    });
  });

  it('is ended when even a summary is too long', async () => {
    const finish = extension.finish().catch((error: unknown) => error);
    await worker.answer('finish', { 'test.count': { readings: [], details: 'x'.repeat(MAX_SUMMARIES) } });
    expect(await finish).toMatchObject({ message: expect.stringContaining(`of ${MAX_SUMMARIES} at most`) });
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

  it('has the bytes that it asked for moved to it: the page holds them no longer', async () => {
    extension.end({} as PoseCoachError);
    worker.close();
    const bytes = new TextEncoder().encode('ding').buffer;
    const body = new TextEncoder().encode('dong').buffer;
    await start({ asset: async () => bytes, fetch: async () => ({ status: 200, headers: {}, body }) });
    worker.say({ kind: 'request', id: 1, request: { name: 'asset', path: './bell.mp3' } });
    worker.say({ kind: 'request', id: 2, request: { name: 'fetch', url: 'https://a.example/' } });
    await expect.poll(() => worker.heard.filter(({ kind }) => kind === 'answer')).toHaveLength(2);
    const [file, answer] = worker.heard as unknown as [
      { value: ArrayBuffer },
      { value: { body: ArrayBuffer } },
    ];
    expect(new TextDecoder().decode(file.value)).toBe('ding');
    expect(new TextDecoder().decode(answer.value.body)).toBe('dong');
    expect([bytes.byteLength, body.byteLength]).toEqual([0, 0]);
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
