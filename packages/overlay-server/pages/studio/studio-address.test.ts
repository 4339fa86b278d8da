import { describe, expect, it } from 'vitest';
import { layOut, readStudioAddress } from './studio-address.ts';

describe('the studio’s address', () => {
  it('carries channel and token in its fragment', () => {
    expect(readStudioAddress('#channel=left&token=abc')).toEqual({ channel: 'left', token: 'abc' });
  });

  it('means the main channel when it names none, or none that can be', () => {
    expect(readStudioAddress('')).toEqual({ channel: 'main', token: undefined });
    expect(readStudioAddress('#channel=..%2F&token=')).toEqual({ channel: 'main', token: undefined });
  });
});

describe('the overlay’s address with a layout', () => {
  const link = 'http://127.0.0.1:8787/overlay?channel=main&key=abc';

  it('stays as it is by default', () => {
    expect(layOut(link, 'contain', false)).toBe(link);
  });

  it('says what differs', () => {
    expect(layOut(link, 'cover', true)).toBe(`${link}&fit=cover&mirror=1`);
  });
});
