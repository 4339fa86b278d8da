import { describe, expect, it } from 'vitest';
import type { ExtensionContext, PoseCoachApi } from '../api/index.ts';
import { frameAt, manifestOf, RecordedServices, refusal } from '../conformance/index.ts';
import { ExtensionRuntime } from './index.ts';

const manifest = manifestOf({
  analyzers: [{ id: 'free.analyzer', title: 'Analyzer', inputs: ['poses'], metrics: [] }],
  feedback: [{ id: 'free.rule', title: 'Rule' }],
  commands: [{ id: 'free.command', title: 'Command' }],
  configuration: [{ id: 'free.list', title: 'List', description: '', default: [], schema: {} }],
});

function makeRuntime() {
  const services = new RecordedServices();
  const settings = { 'free.list': [{ deep: 1 }] };
  const permissions = ['poses'];
  const runtime = new ExtensionRuntime({ manifest, permissions, settings, services, trusted: true });
  return { runtime, services, settings, permissions };
}

/** Everything that can be reached from `roots` through properties and prototypes. */
function reachable(roots: readonly unknown[]): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  const left = [...roots];
  while (left.length > 0) {
    const value = left.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || found.has(value))
      continue;
    found.add(value);
    left.push(Object.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      left.push(property?.value, property?.get, property?.set);
    }
  }
  return found;
}

describe('an extension from its own side', () => {
  it('reaches nothing of the host: neither the services nor the runtime, the manifest or the settings', async () => {
    const { runtime, services, settings, permissions } = makeRuntime();
    const held: unknown[] = [];
    function hold(this: unknown, ...given: readonly unknown[]): undefined {
      held.push(this, ...given);
    }
    await runtime.activate({
      activate(context: ExtensionContext, coach: PoseCoachApi) {
        held.push(context, coach, context.configuration.get('free.list'));
        held.push(context.configuration.onDidChange(hold), coach.onFrame(hold), coach.onReadings(hold));
        held.push(
          coach.commands.register('free.command', hold),
          coach.analyzers.register('free.analyzer', {
            create: () => ({
              step(input) {
                hold.call(undefined, input.beats);
                return [];
              },
              reset: hold,
            }),
          }),
        );
      },
    });
    runtime.configure({ ...settings }, ['free.list']);
    runtime.step({ frame: frameAt(0), beats: [], readings: [] });
    await runtime.runCommand('free.command', []);
    const found = reachable(held);
    expect(found.size).toBeGreaterThan(20);
    for (const secret of [runtime, services, manifest, settings, settings['free.list'], permissions]) {
      expect(found.has(secret)).toBe(false);
    }
    expect(found.has(ExtensionRuntime.prototype)).toBe(false);
    expect(found.has(RecordedServices.prototype)).toBe(false);
  });

  it('costs what it costs, also when it has put away the clock', async () => {
    const { runtime } = makeRuntime();
    const { now } = performance;
    const burn = () => {
      const began = Date.now();
      while (Date.now() - began < 30);
    };
    try {
      await runtime.activate({
        activate(_: ExtensionContext, coach: PoseCoachApi) {
          performance.now = () => 0;
          coach.onFrame(burn);
        },
      });
      const { cost } = runtime.step({ frame: frameAt(0), beats: [], readings: [] });
      expect(cost).toBeGreaterThan(25);
    } finally {
      performance.now = now;
    }
  });

  it('is activated once', async () => {
    const { runtime } = makeRuntime();
    let activations = 0;
    const module = {
      activate() {
        activations += 1;
      },
    };
    await runtime.activate(module);
    expect((await refusal(() => runtime.activate(module))).code).toBe('DISPOSED');
    expect(activations).toBe(1);
  });

  it('may log, save and call while it is deactivated and disposed, and no longer afterwards', async () => {
    const { runtime, services } = makeRuntime();
    let kept: ExtensionContext | undefined;
    let api: PoseCoachApi | undefined;
    await runtime.activate({
      activate(context: ExtensionContext, coach: PoseCoachApi) {
        kept = context;
        api = coach;
        context.subscriptions.push({ dispose: () => context.log.info('disposed') });
      },
      async deactivate() {
        await kept?.globalState.set('last', 1);
      },
    });
    await runtime.stop();
    expect(services.lines).toEqual(['info disposed']);
    expect([...services.state]).toEqual([['last', 1]]);
    const { log, globalState, configuration } = kept as ExtensionContext;
    const coach = api as PoseCoachApi;
    for (const late of [
      () => log.info('late'),
      () => globalState.get('last'),
      () => configuration.onDidChange(() => {}),
      () => coach.onFrame(() => {}),
      () => coach.commands.register('free.command', () => {}),
      () => coach.commands.execute('other.command'),
      () => coach.analyzers.register('free.analyzer', { create: () => ({ step: () => [], reset() {} }) }),
      () => (kept as ExtensionContext).asset('./file'),
    ]) {
      expect((await refusal(late)).code).toBe('DISPOSED');
    }
    expect(services.lines).toHaveLength(1);
  });

  it('is not asked to deactivate when it was never activated', async () => {
    const { runtime, services } = makeRuntime();
    await runtime.stop();
    await runtime.stop();
    expect((await refusal(() => runtime.activate({ activate() {} }))).code).toBe('DISPOSED');
    expect(services.lines).toEqual([]);
  });

  it('goes on disposing when what is in subscriptions is nothing that can be disposed', async () => {
    const { runtime, services } = makeRuntime();
    const disposed: string[] = [];
    await runtime.activate({
      activate(context: { subscriptions: unknown[] }) {
        context.subscriptions.push({ dispose: () => disposed.push('first') }, 'words', null, undefined, 7);
      },
    });
    await runtime.stop();
    expect(disposed).toEqual(['first']);
    expect(services.lines).toHaveLength(4);
  });
});
