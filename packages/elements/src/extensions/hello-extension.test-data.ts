import type { PoseFrame, Reading } from '@pose-coach/core';
import type { ExtensionPackage } from '@pose-coach/core/extensions';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';

/** The npm name of the extension that tests and stories use. */
export const HELLO = '@example/extension-hello';

const METRICS = [
  {
    id: 'hello.height',
    title: 'Hand height',
    kind: 'gauge',
    unit: '%',
    range: [0, 100],
    description: 'How high the left hand is in the picture.',
  },
  { id: 'hello.reach', title: 'Reach', kind: 'bar', unit: 'm', range: [0, 1], decimals: 2 },
  { id: 'hello.state', title: 'Posture', kind: 'label', labels: { up: 'Arm up', down: 'Arm down' } },
  { id: 'hello.line', title: 'Hand over time', kind: 'series', range: [0, 100], unit: '%' },
  { id: 'hello.raise', title: 'Raises', kind: 'event' },
];

const SETTINGS = {
  'hello.threshold': {
    type: 'number',
    title: 'Threshold',
    description: 'From this height on the arm counts as raised.',
    minimum: 0,
    maximum: 100,
    unit: '%',
    default: 60,
  },
  'hello.count': { type: 'integer', title: 'How many', minimum: 1, default: 3 },
  'hello.sound': { type: 'boolean', title: 'Sound', description: 'A bell rings.', default: true },
  'hello.mode': {
    type: 'string',
    title: 'Mode',
    enum: ['calm', 'strict'],
    enumDescriptions: ['Praises often.', 'Warns early.'],
    default: 'calm',
  },
  'hello.name': { type: 'string', title: 'Name', maxLength: 10, default: 'You' },
  'hello.color': { type: 'string', format: 'color', title: 'Colour', default: '#38bdf8' },
  'hello.weights': { type: 'array', items: { type: 'number' }, title: 'Weights', default: [1, 2, 3] },
};

/** What a manifest contributes, and what else it says. */
interface ManifestChanges {
  readonly contributes?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** An extension's package.json: one with every kind of metric and setting, and a command. */
export function helloManifest({
  contributes,
  ...changes
}: ManifestChanges = {}): Readonly<Record<string, unknown>> {
  return {
    name: HELLO,
    version: '1.2.0',
    displayName: 'Hello',
    description: 'Greets whoever raises the left arm.',
    poseCoach: {
      apiVersion: 1,
      prefix: 'hello',
      main: './dist/extension.js',
      permissions: ['poses'],
      activationEvents: [
        'onAnalyzer:hello.hand',
        'onCommand:hello.double',
        'onCommand:hello.fail',
        ...METRICS.map(({ id }) => `onMetric:${id}`),
      ],
      contributes: {
        analyzers: [
          { id: 'hello.hand', title: 'Hand', inputs: ['poses'], metrics: METRICS.map(({ id }) => id) },
        ],
        metrics: METRICS,
        feedback: [
          {
            id: 'hello.praise',
            metric: 'hello.height',
            when: { above: 80 },
            cue: { severity: 'praise', message: 'Well raised!', joints: ['leftWrist'] },
          },
        ],
        commands: [
          { id: 'hello.double', title: 'Double a number' },
          { id: 'hello.fail', title: 'Fail' },
        ],
        keybindings: [
          { command: 'hello.double', key: 'd', values: [21] },
          { command: 'hello.double', key: 'm', values: [1] },
        ],
        configuration: { properties: SETTINGS },
        ...contributes,
      },
      ...changes,
    },
  };
}

/** The extension itself, as an embedder imports it. `heard` gets what its command is given. */
export function helloPackage(changes: ManifestChanges = {}, heard: unknown[] = []): ExtensionPackage {
  return {
    manifest: helloManifest(changes),
    module: {
      activate(context, coach) {
        context.log.info('Hello.');
        context.subscriptions.push(
          coach.analyzers.register('hello.hand', {
            create: () => ({ step: ({ frame }) => readings(frame), reset() {} }),
          }),
          coach.commands.register('hello.double', (value) => {
            heard.push(value);
            return typeof value === 'number' ? value * 2 : undefined;
          }),
          coach.commands.register('hello.fail', () => {
            throw new Error('The hand has no number.');
          }),
        );
      },
    },
  };
}

/**
 * Another extension: two numbers in one metric, always 45 and 135 degrees.
 * @param labels what the two are called, by index
 */
export function kneesPackage(labels?: Readonly<Record<string, string>>): ExtensionPackage {
  return {
    manifest: {
      name: 'extension-knees',
      version: '0.1.0',
      displayName: 'Both knees',
      poseCoach: {
        apiVersion: 1,
        prefix: 'knees',
        main: './dist/extension.js',
        permissions: ['poses'],
        contributes: {
          analyzers: [{ id: 'knees.both', title: 'Knees', metrics: ['knees.angles'] }],
          metrics: [
            {
              id: 'knees.angles',
              title: 'Knees',
              kind: 'bar',
              unit: '°',
              range: [0, 180],
              ...(labels && { labels }),
            },
          ],
        },
      },
    },
    module: {
      activate(context, coach) {
        context.subscriptions.push(
          coach.analyzers.register('knees.both', {
            create: () => ({
              step: ({ frame: { timestamp } }) => [
                {
                  metric: 'knees.angles',
                  timestamp,
                  value: [45, 135],
                  status: 'ok',
                  confidence: 0.8,
                },
              ],
              reset() {},
            }),
          }),
        );
      },
    },
  };
}

/** The hand's height as it was put into the frame, in every kind of metric. */
function readings({ timestamp, poses }: PoseFrame): readonly Reading[] {
  return poses.flatMap((pose): Reading[] => {
    const wrist = pose.landmarks[15];
    const about = { timestamp, poseId: pose.id };
    if (!wrist || wrist.visibility < 0.5) {
      const unknown = {
        ...about,
        status: 'unknown',
        reason: 'The left hand is hidden.',
        confidence: 0,
      } as const;
      return ['hello.height', 'hello.reach', 'hello.state', 'hello.line'].map((metric) => ({
        metric,
        ...unknown,
      }));
    }
    const height = Math.round((1 - wrist.y) * 100);
    const known = { ...about, status: 'ok', confidence: 0.9 } as const;
    return [
      { metric: 'hello.height', ...known, value: height, uncertainty: 4 },
      { metric: 'hello.reach', ...known, value: 0.25 },
      { metric: 'hello.state', ...known, value: height > 50 ? 'up' : 'down' },
      { metric: 'hello.line', ...known, value: height },
      ...(height > 90 ? [{ metric: 'hello.raise', ...known, value: true }] : []),
    ];
  });
}

/** A frame of somebody whose left hand is at a height, in percent of the picture. */
export function handAt(
  percent: number,
  timestamp: number,
  changes: { visibility?: number; epoch?: number } = {},
) {
  const { visibility = 1, epoch = 1 } = changes;
  const pose = standingPose({ 15: { x: 0.64, y: 1 - percent / 100, visibility } });
  return poseFrame([pose], { timestamp, epoch, sequence: Math.round(timestamp) });
}
