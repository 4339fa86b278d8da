import { PoseCoachError } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { clockText, connectionTrouble, obsTrouble } from './channel-words.ts';

describe('the words of the dock', () => {
  it.each([
    [0, '0:00'],
    [-20, '0:00'],
    [59_999, '0:59'],
    [125_000, '2:05'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
  ])('write %d ms as %s', (milliseconds, text) => {
    expect(clockText(milliseconds)).toBe(text);
  });

  it('say nothing where nothing is wrong, and else what to do', () => {
    const error = new PoseCoachError('UNAUTHORIZED', 'Take the link of today.');
    expect(connectionTrouble({ status: 'connected' })).toBeUndefined();
    expect(connectionTrouble(undefined)).toContain('address that the server printed');
    expect(connectionTrouble({ status: 'refused', error })).toBe('Take the link of today.');
    expect(connectionTrouble({ status: 'waiting', error, retryAt: 0 })).toContain('comes back by itself');
    const lost = {
      status: 'waiting',
      address: 'ws://127.0.0.1:4455',
      message: 'Start OBS.',
      retryAt: 0,
    } as const;
    expect(obsTrouble(lost)).toBe('Start OBS.');
  });
});
