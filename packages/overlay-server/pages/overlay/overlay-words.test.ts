import { PoseCoachError } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { overlayWords } from './overlay-words.ts';

const nobody = { live: false, generation: 0 };
const refused = {
  status: 'refused',
  error: new PoseCoachError('UNAUTHORIZED', 'Copy the overlay link again.'),
} as const;

describe('what an overlay says', () => {
  it('stands on the page only when it was refused before it ever worked', () => {
    expect(overlayWords(refused, nobody, false).onPage).toBe('Copy the overlay link again.');
    expect(overlayWords(refused, nobody, true).onPage).toBeUndefined();
    const error = new PoseCoachError('CONNECTION_LOST', 'lost');
    for (const status of [
      { status: 'connecting' } as const,
      { status: 'connected' } as const,
      { status: 'waiting', error, retryAt: 0 } as const,
    ]) {
      expect(overlayWords(status, nobody, false).onPage).toBeUndefined();
    }
  });

  it('is in the title whatever happens', () => {
    expect(overlayWords({ status: 'connected' }, { live: true, generation: 1 }, true).title).toContain(
      'live',
    );
    expect(overlayWords({ status: 'connected' }, nobody, true).title).toContain('nobody is live');
    expect(overlayWords(refused, nobody, true).title).toContain('Copy the overlay link again.');
  });
});
