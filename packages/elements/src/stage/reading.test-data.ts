import type { Cue, MetricDeclaration, Reading } from '@pose-coach/core';

/** A reading that is sure of itself. */
export function reading(metric: string, value: Reading['value'], changes: Partial<Reading> = {}): Reading {
  return {
    metric,
    timestamp: 0,
    status: 'ok',
    confidence: 1,
    ...(value === undefined ? {} : { value }),
    ...changes,
  };
}

export function cue(id: string, changes: Partial<Cue> = {}): Cue {
  return {
    id,
    timestamp: 0,
    severity: 'hint',
    message: 'Raise your left arm.',
    joints: [],
    source: 'test',
    ...changes,
  };
}

export const BEAT_METRIC: MetricDeclaration = { id: 'test.beat', title: 'Beat', kind: 'event', unit: 'BPM' };
