import { PoseCoachError } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { connectionTrouble, obsTrouble } from './channel-words.ts';

describe('the words of the dock', () => {
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
