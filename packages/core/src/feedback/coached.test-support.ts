import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import type { Reading } from '../analysis/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { Feedback, OwnedProposal, OwnedRule } from './feedback.ts';

/*
 * A few people in front of a coach, for tests: what is read of them second by second, and what they are told.
 */

const body = syntheticBody();

/** A frame at some second, with these people in it. */
export function frameAt(second: number, people: readonly number[] = [0], epoch = 1): PoseFrame {
  return syntheticFrame(
    second * 1000,
    people.map((id) => syntheticPose(id, body)),
    { epoch },
  );
}

/** A reading of `test.knee` of person 0 at some second, unless told otherwise. */
export function readingAt(
  second: number,
  value: number | string | boolean | undefined,
  rest: Partial<Reading> = {},
): Reading {
  const about = { metric: 'test.knee', timestamp: second * 1000, poseId: 0, confidence: 1 };
  return value === undefined
    ? { ...about, status: 'unknown', reason: 'The knee is not in the picture.', ...rest }
    : { ...about, status: 'ok', value, ...rest };
}

/** A hint while `test.knee` is above 100, unless told otherwise. */
export function rule(id: string, rest: Partial<OwnedRule> = {}): OwnedRule {
  return {
    id,
    source: 'test',
    metric: 'test.knee',
    when: { above: 100 },
    cue: { severity: 'hint', message: `Mind ${id}.` },
    ...rest,
  };
}

export interface Scene {
  /** Frames per second; default 30. */
  readonly rate?: number;
  readonly from?: number;
  /** Seconds; the last is not included. */
  readonly to: number;
  readonly people?: (second: number) => readonly number[];
  readonly epoch?: (second: number) => number;
  readonly readings?: (second: number) => readonly Reading[];
  readonly proposals?: (second: number) => readonly OwnedProposal[];
}

/** Plays a scene; @returns what was said: `second rule` or, to one of several, `second rule > person`. */
export function told(feedback: Feedback, scene: Scene): string[] {
  const { rate = 30, from = 0, to, people = () => [0], epoch = () => 1 } = scene;
  const said: string[] = [];
  for (let index = 0; index < Math.round((to - from) * rate); index += 1) {
    const second = from + index / rate;
    const cues = feedback.step(
      frameAt(second, people(second), epoch(second)),
      scene.readings?.(second) ?? [],
      scene.proposals?.(second) ?? [],
    );
    for (const { id, poseId, timestamp } of cues) {
      const name = poseId === undefined ? `${id} > all` : poseId === 0 ? id : `${id} > ${poseId}`;
      said.push(`${(timestamp / 1000).toFixed(2)} ${name}`);
    }
  }
  return said;
}
