import type { Reading } from '@pose-coach/core';

/** Confidence below which a value is no better than a guess, and unknown: one in ten. */
export const LEAST_CONFIDENCE = 0.1;

/**
 * A value that is known. One object with its fields in one order, every time: it is made several times a frame.
 * @param uncertainty half width of the range in which the value lies with 95 %, if it is known
 */
export function known(
  metric: string,
  timestamp: number,
  poseId: number,
  value: number,
  confidence: number,
  uncertainty?: number,
): Reading {
  return uncertainty === undefined
    ? { metric, timestamp, poseId, status: 'ok', value, confidence }
    : { metric, timestamp, poseId, status: 'ok', value, confidence, uncertainty };
}

/** @param reason why it is unknown, in plain words */
export function unknown(metric: string, timestamp: number, poseId: number, reason: string): Reading {
  return { metric, timestamp, poseId, status: 'unknown', reason, confidence: 0 };
}
