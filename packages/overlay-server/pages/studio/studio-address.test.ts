import { describe, expect, it } from 'vitest';
import { readStudioAddress } from './studio-address.ts';

describe('the studio’s address', () => {
  it('carries channel and token in its fragment', () => {
    expect(readStudioAddress('#channel=left&token=abc')).toEqual({ channel: 'left', token: 'abc' });
  });

  it('means the main channel when it names none, or none that can be', () => {
    expect(readStudioAddress('')).toEqual({ channel: 'main', token: undefined });
    expect(readStudioAddress('#channel=..%2F&token=')).toEqual({ channel: 'main', token: undefined });
  });
});
