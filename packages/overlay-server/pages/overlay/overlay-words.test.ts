import { PoseCoachError } from '@pose-coach/core';
import type { ConnectionStatus } from '@pose-coach/core/live';
import { describe, expect, it } from 'vitest';
import { type OverlaySituation, overlayWords } from './overlay-words.ts';

const refused: ConnectionStatus = {
  status: 'refused',
  error: new PoseCoachError('UNAUTHORIZED', 'Copy the overlay link again.'),
};

const words = (situation: Partial<OverlaySituation>) =>
  overlayWords({
    status: { status: 'connected' },
    source: { live: false, generation: 0 },
    missingScene: undefined,
    hasWorked: false,
    ...situation,
  });

describe('what an overlay says', () => {
  it('stands on the page only when it was refused before it ever worked', () => {
    expect(words({ status: refused }).onPage).toBe('Copy the overlay link again.');
    expect(words({ status: refused, hasWorked: true }).onPage).toBeUndefined();
    const error = new PoseCoachError('CONNECTION_LOST', 'lost');
    for (const status of [
      { status: 'connecting' } as const,
      { status: 'connected' } as const,
      { status: 'waiting', error, retryAt: 0 } as const,
    ]) {
      expect(words({ status }).onPage).toBeUndefined();
    }
  });

  it('names a scene that was never there, and says what to do', () => {
    expect(words({ missingScene: 'finale' }).onPage).toMatch(/no scene “finale”.*Copy the overlay link/);
    expect(words({ missingScene: 'finale' }).title).toContain('finale');
  });

  it('says nothing on the page of a scene that is removed in mid-show', () => {
    expect(words({ missingScene: 'finale', hasWorked: true }).onPage).toBeUndefined();
    expect(words({ missingScene: 'finale', hasWorked: true }).title).toContain('finale');
  });

  it('is in the title whatever happens', () => {
    expect(words({ source: { live: true, generation: 1 }, hasWorked: true }).title).toContain('live');
    expect(words({}).title).toContain('nobody is live');
    expect(words({ status: refused, hasWorked: true }).title).toContain('Copy the overlay link again.');
  });
});
