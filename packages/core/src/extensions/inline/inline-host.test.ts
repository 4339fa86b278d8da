import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/manual-clock.ts';
import type { Filter } from '../../smoothing/index.ts';
import type { ExtensionModule } from '../api/index.ts';
import { frameAt, manifestOf, RecordedServices, refusal } from '../conformance/index.ts';
import type { RunningExtension } from '../host.ts';
import { inlineHost } from './index.ts';

const manifest = manifestOf({
  analyzers: [{ id: 'free.analyzer', title: 'Analyzer', inputs: ['poses'], metrics: [] }],
  commands: [{ id: 'free.command', title: 'Command' }],
  filters: [{ id: 'free.filter', title: 'Filter' }],
});

/** A signal that counts who listens to it. */
class CountedSignal extends EventTarget {
  listeners = 0;
  override addEventListener(...given: Parameters<EventTarget['addEventListener']>): void {
    this.listeners += 1;
    super.addEventListener(...given);
  }
  override removeEventListener(...given: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners -= 1;
    super.removeEventListener(...given);
  }
}

const clock = new ManualClock();
const host = inlineHost({ clock });
const started: RunningExtension[] = [];

async function start(
  module: ExtensionModule,
  services = new RecordedServices(),
  signal: AbortSignal = new AbortController().signal,
): Promise<RunningExtension> {
  const code = { kind: 'module', module } as const;
  const running = await host.start({ manifest, code, permissions: [], settings: {}, services, signal });
  started.push(running);
  return running;
}

describe('the inline host', () => {
  afterEach(async () => {
    await Promise.all(started.splice(0).map((running) => running.stop()));
    expect(clock.pending).toBe(0);
  });

  it('takes no text: importing it is the page’s decision', async () => {
    const error = await refusal(() =>
      host.start({
        manifest,
        code: { kind: 'text', text: 'export function activate() {}' },
        permissions: [],
        settings: {},
        services: new RecordedServices(),
        signal: new AbortController().signal,
      }),
    );
    expect(error.code).toBe('EXTENSION_FAILED');
    expect(error.message).toContain('The extension free');
  });

  it('answers a step at once', async () => {
    const running = await start({ activate() {} });
    expect(running.step({ frame: frameAt(0), beats: [], readings: [] })).toMatchObject({
      readings: [],
      proposals: [],
    });
  });

  it('keeps the error that was thrown as the cause', async () => {
    const thrown = new Error('lost');
    const running = await start({
      activate(_context, coach) {
        const step = () => {
          throw thrown;
        };
        coach.analyzers.register('free.analyzer', { create: () => ({ step, reset() {} }) });
      },
    });
    const error = await refusal(() => running.step({ frame: frameAt(0), beats: [], readings: [] }));
    expect(error.cause).toBe(thrown);
  });

  it('hands out filters that work', async () => {
    const filter: Filter = { step: (frame) => ({ ...frame, dropped: 9 }), reset() {} };
    const running = await start({
      activate(_context, coach) {
        coach.filters.register('free.filter', { create: () => filter });
      },
    });
    expect(running.filters.get('free.filter')?.create().step(frameAt(0)).dropped).toBe(9);
  });

  it('leaves nothing of an activation that goes on after it was called off', async () => {
    const services = new RecordedServices();
    const signal = new CountedSignal();
    const disposed: string[] = [];
    let goOn: () => void = () => {};
    let refused: unknown;
    const done = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => signal.dispatchEvent(new Event('abort')));
    const starting = start(
      {
        async activate(context, coach) {
          context.subscriptions.push({ dispose: () => disposed.push('before') });
          await done;
          context.subscriptions.push({ dispose: () => disposed.push('after') });
          try {
            coach.commands.register('free.command', () => {});
          } catch (error) {
            refused = error;
          }
        },
      },
      services,
      signal as unknown as AbortSignal,
    );
    const failing = refusal(() => starting);
    controller.abort();
    expect((await failing).code).toBe('ABORTED');
    expect(disposed).toEqual(['before']);
    goOn();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(disposed).toEqual(['before', 'after']);
    expect(refused).toMatchObject({ code: 'DISPOSED' });
    expect(signal.listeners).toBe(0);
  });

  it('leaves no timer, no listener and no subscription behind, a thousand times', async () => {
    const signal = new CountedSignal();
    let subscribed = 0;
    for (let round = 0; round < 1000; round += 1) {
      const running = await start(
        {
          activate(context, coach) {
            subscribed += 1;
            context.subscriptions.push({
              dispose() {
                subscribed -= 1;
              },
            });
            context.subscriptions.push(coach.onFrame(() => {}));
            coach.commands.register('free.command', () => new Promise(() => {}));
          },
        },
        new RecordedServices(),
        signal as unknown as AbortSignal,
      );
      running.step({ frame: frameAt(round), beats: [], readings: [] });
      const waiting = refusal(() => running.runCommand('free.command', []));
      await running.stop();
      expect((await waiting).code).toBe('DISPOSED');
      started.pop();
    }
    expect([clock.pending, signal.listeners, subscribed]).toEqual([0, 0, 0]);
  });
});
