import type { MetricDeclaration, Reading } from '../analysis/index.ts';
import type { Cue } from '../feedback/index.ts';

export const TEMPO: MetricDeclaration = { id: 'dance.tempo', title: 'Tempo', kind: 'series', unit: 'BPM' };
export const JUMP: MetricDeclaration = { id: 'dance.jump', title: 'Jump', kind: 'event' };

/** The tempo at a moment of media time. */
export function tempo(timestamp: number, value = 120, rest: Partial<Reading> = {}): Reading {
  return { metric: TEMPO.id, timestamp, status: 'ok', value, confidence: 1, ...rest };
}

/** A jump at a moment of media time. */
export function jump(timestamp: number): Reading {
  return { metric: JUMP.id, timestamp, status: 'ok', confidence: 1 };
}

/** Something said at a moment of media time. */
export function cue(timestamp: number, message = 'Higher!'): Cue {
  return { id: 'dance.higher', timestamp, severity: 'hint', message, joints: [], source: 'test' };
}
