import { describe, expect, it } from 'vitest';
import { CLOSE_REASONS, closeReason } from './close-codes.ts';

describe('close codes', () => {
  it('are all different, so that each says one thing', () => {
    const codes = Object.values(CLOSE_REASONS).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('are lost connections when they are nobody’s, and worth another try', () => {
    for (const code of [1000, 1005, 1006, 1011, 4999]) {
      expect(closeReason(code)).toEqual({ code, error: 'CONNECTION_LOST', retry: true });
    }
  });

  it('send nobody back to where they were replaced or refused', () => {
    for (const code of [1009, 4400, 4401, 4403, 4406, 4409, 4413])
      expect(closeReason(code).retry).toBe(false);
    for (const code of [1001, 4408, 4429]) expect(closeReason(code).retry).toBe(true);
  });
});
