import type { PoseFrame } from '@pose-coach/core';
import type {
  ConnectionStatus,
  LiveReadings,
  LiveSource,
  LiveSubscriber,
  ReceivedFrame,
} from '@pose-coach/core/live';
import type { RevisedStage, StageEffect, StateEntries } from '@pose-coach/core/protocol';
import type { Scene, Stage } from '@pose-coach/core/stage';
import { BehaviorSubject, Subject } from 'rxjs';

/** A subscriber without a server: what comes is what the test says. */
export function scriptedSubscriber() {
  const frames = new Subject<ReceivedFrame>();
  const state = new BehaviorSubject<StateEntries>({});
  const source = new BehaviorSubject<LiveSource>({ live: false, generation: 0 });
  const status = new BehaviorSubject<ConnectionStatus>({ status: 'connected' });
  const readings = new Subject<LiveReadings>();
  const stage = new BehaviorSubject<RevisedStage | undefined>(undefined);
  const effects = new Subject<StageEffect>();
  const painted: { readonly frames: number; readonly median: number; readonly longest: number }[] = [];
  const subjects = { frames, state, source, status, readings, stage, effects };
  const subscriber: LiveSubscriber = {
    ...subjects,
    counts: { received: 0, lost: 0, refused: 0, unknown: 0 },
    painted: (report) => void painted.push(report),
    serverNow: () => performance.timeOrigin + performance.now(),
    dispose: () => {},
  };
  return {
    ...subjects,
    subscriber,
    painted,
    goLive(liveSince?: number) {
      const { generation } = source.value;
      source.next({
        live: true,
        generation: generation + 1,
        ...(liveSince === undefined ? {} : { liveSince }),
      });
    },
    goAway() {
      source.next({ live: false, generation: source.value.generation + 1 });
    },
    send(frame: PoseFrame) {
      const blocks = { world: false, hands: false, angles: false, timings: false };
      frames.next({ frame, blocks, angles: [], age: 0, lost: 0 });
    },
    arrange(scenes: readonly Scene[], changes: Partial<Stage> = {}) {
      const current = scenes[0]?.id ?? '';
      stage.next({ stage: { version: 1, current, hidden: false, scenes, ...changes }, revision: 1 });
    },
    /** Whether anybody still listens. */
    get observed() {
      return Object.values(subjects).some((subject) => subject.observed);
    },
  };
}
