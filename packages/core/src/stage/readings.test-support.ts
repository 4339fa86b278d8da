import type { Reading } from '../analysis/index.ts';
import type { Trigger, TriggerCondition } from './trigger.ts';
import type { TriggerRun } from './trigger-run.ts';

/*
 * What is read of people second by second, for tests of what the stage makes of it.
 */

/** A reading of some metric of person 0, at some second; `undefined` is not known. */
export function readAt(
  second: number,
  metric: string,
  value: number | string | boolean | undefined,
  rest: Partial<Reading> = {},
): Reading {
  const about = { metric, timestamp: second * 1000, poseId: 0, confidence: 1 };
  return value === undefined
    ? { ...about, status: 'unknown', reason: 'Not in view.', ...rest }
    : { ...about, status: 'ok', value, ...rest };
}

/** A trigger that plays a sound, without a cool-down unless told otherwise. */
export function triggerOn(when: readonly TriggerCondition[], rest: Partial<Trigger> = {}): Trigger {
  return {
    id: 'one',
    name: 'One',
    enabled: true,
    when,
    actions: [{ do: 'sound', sound: 'chime' }],
    coolDown: 0,
    ...rest,
  };
}

/** Plays readings `rate` times a second; @returns the seconds at which something fired, rounded to milliseconds. */
export function firedAt(
  run: TriggerRun,
  { rate = 30, from = 0, to }: { readonly rate?: number; readonly from?: number; readonly to: number },
  readings: (second: number) => readonly Reading[],
): number[] {
  const fired: number[] = [];
  for (let index = 0; index < Math.round((to - from) * rate); index += 1) {
    const second = from + index / rate;
    run.note(readings(second), second * 1000);
    for (const _ of run.step(second * 1000)) fired.push(Math.round(second * 1000) / 1000);
  }
  return fired;
}
