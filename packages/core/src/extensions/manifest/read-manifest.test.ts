import { describe, expect, it } from 'vitest';
import { manifestsIn } from './bad-manifests/one-fault-each.test-data.ts';
import { type ExtensionManifest, type ManifestOptions, type ManifestReport, readManifest } from './index.ts';

const GOOD = manifestsIn(new URL('./good-manifests/', import.meta.url));

function manifestOf(packageJson: unknown, options?: ManifestOptions): ExtensionManifest {
  const report = readManifest(packageJson, options);
  if (!report.ok) throw new Error(report.faults.map(({ message }) => message).join(' '));
  return report.manifest;
}

function faultsOf(report: ManifestReport): readonly string[] {
  return report.ok ? [] : report.faults.map(({ path }) => path);
}

/** A manifest that contributes what is given. */
function contributing(contributes: object, extension: object = {}): object {
  return {
    name: 'pose-hello',
    version: '1.0.0',
    poseCoach: { apiVersion: 1, prefix: 'hello', main: './dist/extension.js', contributes, ...extension },
  };
}

const COMMANDS = [{ id: 'hello.greet', title: 'Greet' }];
const RULE_IN_CODE = [{ id: 'hello.higher', title: 'Higher' }];

describe('readManifest', () => {
  it.each([...GOOD.keys()])('accepts %s.json without a word', (name) => {
    const report = readManifest(GOOD.get(name));
    expect(report).toMatchObject({ ok: true, warnings: [] });
  });

  it('reads the manifest of the design and fills in what it leaves open', () => {
    expect(manifestOf(GOOD.get('design'))).toEqual({
      id: '@pose-coach/extension-dance',
      version: '0.1.0',
      title: '@pose-coach/extension-dance',
      description: '',
      apiVersion: 1,
      prefix: 'dance',
      main: './dist/extension.js',
      overlay: undefined,
      assets: [],
      activationEvents: ['onAnalyzer:dance.rhythm', 'onCommand:dance.tapTempo'],
      dependencies: [],
      permissions: ['poses', 'audio'],
      contributes: {
        analyzers: [
          { id: 'dance.rhythm', title: 'Rhythm', inputs: ['poses', 'beats'], metrics: ['dance.tempo'] },
        ],
        metrics: [{ id: 'dance.tempo', title: 'Tempo', kind: 'gauge', unit: 'BPM', range: [70, 140] }],
        feedback: [],
        commands: [{ id: 'dance.tapTempo', title: 'Tap the tempo' }],
        keybindings: [],
        configuration: [
          {
            id: 'dance.window',
            title: 'Window',
            description: '',
            default: 8,
            schema: { type: 'number', title: 'Window', default: 8, minimum: 2, maximum: 20 },
          },
        ],
        estimators: [],
        filters: [],
        overlayWidgets: [],
        overlayThemes: [],
      },
    });
  });

  it('keeps the files that the code may read as they are named', () => {
    expect(manifestOf(GOOD.get('everything')).assets).toEqual(['./sounds/bell.mp3', 'words.de.json']);
  });

  it('reads the settings of a widget as a list with names of its own', () => {
    const { overlay, contributes } = manifestOf(GOOD.get('everything'));
    expect(overlay).toBe('./dist/overlay.js');
    const [heart, clock] = contributes.overlayWidgets;
    expect(heart?.settings.map(({ id, default: value }) => [id, value])).toEqual([
      ['color', '#ff3355'],
      ['metric', 'dance.tempo'],
      ['sizeOnBeat', 1.2],
    ]);
    expect(clock).toEqual({
      id: 'all.clock',
      title: 'Clock',
      size: { width: 16, height: 3840 },
      settings: [],
    });
  });

  it('does not ask where the overlay module is when whoever reads has it in hand', () => {
    const overlayWidgets = [{ id: 'hello.heart', title: 'Heart', size: { width: 100, height: 100 } }];
    expect(faultsOf(readManifest(contributing({ overlayWidgets })))).toEqual(['/poseCoach/overlay']);
    expect(manifestOf(contributing({ overlayWidgets }), { overlay: true }).overlay).toBeUndefined();
  });

  it('gives analyzers that declare no inputs the poses', () => {
    const { contributes } = manifestOf(GOOD.get('everything'));
    expect(contributes.analyzers.map(({ inputs }) => inputs)).toEqual([
      ['poses'],
      ['poses', 'hands', 'beats'],
    ]);
  });

  it('reports all faults at once, whichever check finds them', () => {
    const report = readManifest({
      name: 'pose-hello',
      version: '1',
      poseCoach: {
        apiVersion: 1,
        prefix: 'hello',
        permissions: ['network:http://example.com'],
        dependencies: ['pose-hello'],
        contributes: {
          analyzers: [{ id: 'other.arms', title: '', metrics: ['hello.width'] }],
          metrics: [{ id: 'hello.height', title: 'Height', kind: 'gauge' }],
          commands: [{ id: 'other.greet', title: 'Greet' }],
          configuration: { properties: { 'hello.goal': { type: 'number', title: 'Goal', default: 'x' } } },
        },
      },
    });
    expect([...faultsOf(report)].sort()).toEqual([
      '/poseCoach/contributes/analyzers/0/title',
      '/poseCoach/contributes/commands/0/id',
      '/poseCoach/contributes/configuration/properties/hello.goal/default',
      '/poseCoach/contributes/metrics/0/range',
      '/poseCoach/dependencies/0',
      '/poseCoach/main',
      '/poseCoach/permissions/0',
      '/version',
    ]);
  });

  it('does not count an id as missing whose declaration has another fault', () => {
    const metrics = [{ id: 'hello.height', title: 'Height', kind: 'dial' }];
    const analyzers = [{ id: 'hello.arms', title: 'Arms', metrics: ['hello.height'] }];
    expect(faultsOf(readManifest(contributing({ analyzers, metrics }, { permissions: ['poses'] })))).toEqual([
      '/poseCoach/contributes/metrics/0/kind',
    ]);
  });

  it('does not ask for permissions again where their list has another fault', () => {
    const metrics = [{ id: 'hello.height', title: 'Height', kind: 'series' }];
    const analyzers = [{ id: 'hello.arms', title: 'Arms', metrics: ['hello.height'] }];
    const permissions = ['poses', 'bluetooth'];
    expect(faultsOf(readManifest(contributing({ analyzers, metrics }, { permissions })))).toEqual([
      '/poseCoach/permissions/1',
    ]);
  });

  it('tells who is to be updated when the API has another version', () => {
    const message = (apiVersion: number) => {
      const report = readManifest(contributing({}, { apiVersion }));
      return report.ok ? '' : report.faults[0]?.message;
    };
    expect(message(2)).toContain('update @pose-coach/core, or take an older version of the extension');
    expect(message(0)).toContain('write 1');
  });

  it('needs no main when the embedder has the module in hand', () => {
    const packageJson = contributing({ commands: COMMANDS }, { main: undefined });
    expect(faultsOf(readManifest(packageJson))).toEqual(['/poseCoach/main']);
    expect(manifestOf(packageJson, { module: true })).toMatchObject({
      main: undefined,
      activationEvents: ['onCommand:hello.greet'],
    });
  });

  it.each([
    ['commands', contributing({ commands: COMMANDS }), ['onCommand:hello.greet']],
    [
      'rules in code',
      contributing({ feedback: RULE_IN_CODE, commands: COMMANDS }),
      ['onFrame', 'onCommand:hello.greet'],
    ],
    ['filters', contributing({ filters: [{ id: 'hello.calm', title: 'Calm' }] }), ['onFrame']],
    [
      'engines, which activate when they are chosen',
      contributing({ estimators: [{ id: 'hello.best', title: 'Best' }] }),
      [],
    ],
    ['nothing but code', contributing({}), ['onStartup']],
    ['nothing at all', contributing({}, { main: undefined }), []],
    [
      'an analyzer and a command, in the example of the schema',
      GOOD.get('design'),
      ['onAnalyzer:dance.rhythm', 'onCommand:dance.tapTempo'],
    ],
    ['whatever an empty list says', contributing({ commands: COMMANDS }, { activationEvents: [] }), []],
  ])('activates for %s', (_what, packageJson, events) => {
    expect(manifestOf(packageJson).activationEvents).toEqual(events);
  });

  it('leaves out what it does not know, at any depth', () => {
    const metrics = [{ id: 'hello.height', title: 'Height', kind: 'series', color: 'red' }];
    const feedback = [
      {
        id: 'hello.higher',
        metric: 'hello.height',
        when: { below: 1, roughly: true },
        cue: { severity: 'hint', message: 'Higher!', sound: 'bell' },
      },
    ];
    const { contributes } = manifestOf(
      contributing({ metrics, feedback, badges: [] }, { author: 'Somebody' }),
    );
    expect(contributes.metrics).toEqual([{ id: 'hello.height', title: 'Height', kind: 'series' }]);
    expect(contributes.feedback).toEqual([
      {
        id: 'hello.higher',
        metric: 'hello.height',
        when: { below: 1 },
        cue: { severity: 'hint', message: 'Higher!' },
      },
    ]);
    expect(Object.keys(contributes)).not.toContain('badges');
  });

  it('leaves out activation events that never happen', () => {
    const packageJson = contributing(
      { commands: COMMANDS },
      { activationEvents: ['onFullMoon', 'onCommand:other.greet', 'onCommand:hello.greet'] },
    );
    expect(manifestOf(packageJson).activationEvents).toEqual(['onCommand:hello.greet']);
  });

  it('gives a manifest that nobody can change', () => {
    const source = structuredClone(GOOD.get('everything')) as { poseCoach: { permissions: string[] } };
    const manifest = manifestOf(source);
    source.poseCoach.permissions.push('obs');
    expect(manifest.permissions).not.toContain('obs');
    expect(Object.isFrozen(manifest.contributes.configuration[0]?.schema)).toBe(true);
  });
});
