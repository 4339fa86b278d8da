import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContributionDelta } from '../extensions.ts';
import { type ExtensionManifest, POINT_NAMES, readManifest } from '../manifest/index.ts';
import { Registry } from './index.ts';

/** A manifest that was read, with a metric, a setting and a key of its own, and whatever else is given. */
function manifestOf(name: string, prefix: string, contributes: object = {}): ExtensionManifest {
  const report = readManifest(
    {
      name,
      version: '1.0.0',
      poseCoach: {
        apiVersion: 1,
        prefix,
        contributes: {
          metrics: [{ id: `${prefix}.height`, title: 'Height', kind: 'series' }],
          keybindings: [{ command: 'music.tap', key: 'g' }],
          configuration: {
            properties: { [`${prefix}.goal`]: { type: 'number', title: 'Goal', default: 1 } },
          },
          ...contributes,
        },
      },
    },
    { module: true },
  );
  if (!report.ok) throw new Error(report.faults.map(({ message }) => message).join(' '));
  return report.manifest;
}

const hello = manifestOf('pose-hello', 'hello');
const dance = manifestOf('pose-dance', 'dance');

describe('Registry', () => {
  it('lists what enabled extensions contribute, in the order in which they were added', () => {
    const registry = new Registry();
    expect(registry.add(hello, 'isolated')).toEqual([]);
    expect(registry.add(dance, 'isolated')).toEqual([]);
    const ids = () => registry.contributions('metrics').map(({ extension, value }) => [extension, value.id]);
    expect(ids()).toEqual([
      ['pose-hello', 'hello.height'],
      ['pose-dance', 'dance.height'],
    ]);
    registry.setEnabled('pose-hello', false);
    expect(ids()).toEqual([['pose-dance', 'dance.height']]);
    registry.setEnabled('pose-hello', true);
    expect(ids()).toEqual([
      ['pose-hello', 'hello.height'],
      ['pose-dance', 'dance.height'],
    ]);
  });

  it('finds a contribution by its id only while its extension is enabled', () => {
    const registry = new Registry();
    registry.add(hello, 'isolated');
    expect(registry.find('metrics', 'hello.height')?.extension).toBe('pose-hello');
    expect(registry.find('commands', 'hello.height')).toBeUndefined();
    registry.setEnabled('pose-hello', false);
    expect(registry.find('metrics', 'hello.height')).toBeUndefined();
  });

  it('refuses a second owner of a prefix and names the first, until that is removed', () => {
    const registry = new Registry();
    registry.add(hello, 'trusted', false);
    const rival = manifestOf('pose-rival', 'hello');
    expect(registry.add(rival, 'trusted')).toEqual([
      {
        path: '/poseCoach/prefix',
        expected: 'a prefix that no other extension owns',
        message: '/poseCoach/prefix: hello belongs to pose-hello: choose another, or remove that extension.',
      },
    ]);
    expect(registry.manifests()).toEqual([hello]);
    registry.remove('pose-hello');
    expect(registry.add(rival, 'trusted')).toEqual([]);
  });

  it('refuses an npm name that is registered already', () => {
    const registry = new Registry();
    registry.add(hello, 'trusted');
    expect(registry.add(manifestOf('pose-hello', 'other'), 'trusted').map(({ path }) => path)).toEqual([
      '/name',
    ]);
  });

  it('refuses engines and filters of isolated extensions, says why, and takes them from trusted ones', () => {
    const manifest = manifestOf('pose-engine', 'engine', {
      estimators: [{ id: 'engine.best', title: 'Best' }],
      filters: [{ id: 'engine.calm', title: 'Calm' }],
    });
    const registry = new Registry();
    const faults = registry.add(manifest, 'isolated');
    expect(faults.map(({ path, expected }) => [path, expected])).toEqual([
      ['/poseCoach/contributes/estimators', 'no estimators in an extension that is not trusted'],
      ['/poseCoach/contributes/filters', 'no filters in an extension that is not trusted'],
    ]);
    expect(faults[1]?.message).toContain('may neither skip a frame nor delay it');
    expect(registry.manifests()).toEqual([]);
    expect(registry.add(manifest, 'trusted')).toEqual([]);
    expect(registry.find('filters', 'engine.calm')?.value.title).toBe('Calm');
  });

  it('tells one delta for every point that has changed', () => {
    const registry = new Registry();
    const deltas: ContributionDelta[] = [];
    registry.onDidChange((delta) => deltas.push(delta));
    registry.add(hello, 'isolated');
    expect(deltas.map(({ point, added, removed }) => [point, added.length, removed.length])).toEqual([
      ['metrics', 1, 0],
      ['keybindings', 1, 0],
      ['configuration', 1, 0],
    ]);
    deltas.length = 0;
    registry.remove('pose-hello');
    expect(deltas.map(({ point, added, removed }) => [point, added.length, removed.length])).toEqual([
      ['metrics', 0, 1],
      ['keybindings', 0, 1],
      ['configuration', 0, 1],
    ]);
  });

  it('says nothing when nothing has changed', () => {
    const registry = new Registry();
    registry.add(hello, 'isolated', false);
    let told = 0;
    registry.onDidChange(() => (told += 1));
    registry.setEnabled('pose-hello', false);
    registry.setEnabled('pose-nobody', true);
    registry.remove('pose-nobody');
    registry.add(hello, 'isolated');
    registry.remove('pose-hello');
    expect(told).toBe(0);
  });

  it('lets no listener hear of a change before the one that led to it', () => {
    const registry = new Registry();
    const heard: string[] = [];
    registry.onDidChange(({ point, added }) => {
      if (point === 'metrics' && added.length > 0) registry.setEnabled('pose-hello', false);
    });
    registry.onDidChange(({ point, added }) =>
      heard.push(`${point} ${added.length > 0 ? 'added' : 'removed'}`),
    );
    registry.add(hello, 'isolated');
    expect(heard).toEqual([
      'metrics added',
      'keybindings added',
      'configuration added',
      'metrics removed',
      'keybindings removed',
      'configuration removed',
    ]);
  });

  it('forgets everything and tells nobody when it is disposed', () => {
    const registry = new Registry();
    let told = 0;
    registry.onDidChange(() => (told += 1));
    registry.dispose();
    registry.add(hello, 'isolated');
    expect(told).toBe(0);
  });

  it('gives whoever replays its deltas what it answers when asked', () => {
    const candidates = [hello, dance, manifestOf('pose-rival', 'hello'), manifestOf('pose-hello', 'other')];
    const action = fc.record({
      kind: fc.constantFrom('add', 'add switched off', 'enable', 'disable', 'remove'),
      which: fc.nat({ max: candidates.length - 1 }),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const registry = new Registry();
        const replayed = new Map(POINT_NAMES.map((point) => [point, new Set<string>()]));
        registry.onDidChange(({ point, added, removed }) => {
          const known = replayed.get(point) ?? new Set();
          for (const each of removed) expect(known.delete(JSON.stringify(each))).toBe(true);
          for (const each of added) {
            expect(known.has(JSON.stringify(each))).toBe(false);
            known.add(JSON.stringify(each));
          }
        });
        for (const { kind, which } of actions) {
          const manifest = candidates[which] ?? hello;
          if (kind.startsWith('add')) registry.add(manifest, 'trusted', kind === 'add');
          else if (kind === 'remove') registry.remove(manifest.id);
          else registry.setEnabled(manifest.id, kind === 'enable');
          for (const point of POINT_NAMES) {
            const asked = registry.contributions(point).map((each) => JSON.stringify(each));
            expect([...(replayed.get(point) ?? [])].sort()).toEqual(asked.sort());
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
