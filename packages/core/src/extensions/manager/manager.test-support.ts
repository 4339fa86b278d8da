import type { AnalyzerFactory } from '../../analysis/index.ts';
import type { Disposable } from '../../base/index.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { ExtensionContext, ExtensionModule, PoseCoachApi } from '../api/extension-api.ts';
import { createExtensions, type ExtensionsOptions } from '../create-extensions.ts';
import type { ExtensionPackage, Extensions } from '../extensions.ts';
import { memoryStorage } from './storage.ts';

/** Extensions on a clock that moves only when told, with everything that was stored at hand. */
export function managed(options: ExtensionsOptions = {}): {
  readonly extensions: Extensions;
  readonly clock: ManualClock;
} {
  const clock = new ManualClock(1_000_000);
  const extensions = createExtensions({ clock, storage: memoryStorage(), ...options });
  return { extensions, clock };
}

/** A frame with nobody in it, at a moment in seconds of 30 frames. */
export function frameAt(sequence: number, epoch = 1): PoseFrame {
  return {
    sequence,
    epoch,
    timestamp: (sequence * 1000) / 30,
    width: 640,
    height: 480,
    poses: [],
    hands: [],
    dropped: 0,
    timings: { capturedAt: 0, stages: {} },
  };
}

/** Lets promises that are under way come to their end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

/** The manifest of an extension with the prefix `name`: one analyzer with one metric, as far as not said otherwise. */
export function manifestOf(
  name: string,
  poseCoach: Record<string, unknown> = {},
  fields: object = {},
): object {
  return {
    name,
    version: '1.0.0',
    ...fields,
    poseCoach: {
      apiVersion: 1,
      prefix: name,
      permissions: ['poses'],
      contributes: {
        analyzers: [{ id: `${name}.count`, title: 'Count', metrics: [`${name}.frames`] }],
        metrics: [{ id: `${name}.frames`, title: 'Frames', kind: 'series' }],
      },
      ...poseCoach,
    },
  };
}

/** Counts the frames it sees. */
export function counting(metric: string): AnalyzerFactory {
  return {
    create() {
      let frames = 0;
      return {
        step({ frame: { timestamp } }) {
          frames += 1;
          return [{ metric, timestamp, status: 'ok', value: frames, confidence: 1 }];
        },
        reset() {
          frames = 0;
        },
        finish: () => ({ readings: [], details: { frames } }),
      };
    },
  };
}

export type Activate = (context: ExtensionContext, coach: PoseCoachApi) => void | Promise<void>;

/** An extension that registers the analyzer of `manifestOf`, or does what it is told. */
export function packageOf(
  name: string,
  activate?: Activate,
  more: {
    readonly manifest?: object;
    readonly enabled?: boolean;
    readonly module?: Partial<ExtensionModule>;
  } = {},
): ExtensionPackage {
  const plain: Activate = (context, coach) => {
    const registered: Disposable = coach.analyzers.register(`${name}.count`, counting(`${name}.frames`));
    context.subscriptions.push(registered);
  };
  return {
    manifest: more.manifest ?? manifestOf(name),
    module: { activate: activate ?? plain, ...more.module },
    ...(more.enabled === undefined ? {} : { enabled: more.enabled }),
  };
}
