import { describe, expect, it } from 'vitest';
import { isLoopback, obsAddress } from './obs-address.ts';

describe('the address of OBS', () => {
  it.each([
    ['ws://127.0.0.1:4455', 'ws://127.0.0.1:4455'],
    ['192.168.1.20', 'ws://192.168.1.20:4455'],
    ['studio-pc:4460', 'ws://studio-pc:4460'],
    [' ws://studio-pc/ ', 'ws://studio-pc:4455'],
    ['wss://obs.example:444', 'wss://obs.example:444'],
    ['[::1]', 'ws://[::1]:4455'],
  ])('may be typed as %s', (typed, address) => {
    expect(obsAddress(typed)).toBe(address);
  });

  it.each([
    '',
    'http://127.0.0.1:4455',
    'ws://user:secret@studio-pc',
    'ws://studio-pc/secret',
    'ws://studio-pc?password=secret',
    'obsws://studio-pc:4455/secret',
    'studio pc',
    'ws://studio-pc:99999',
  ])('is not %j, and what was typed is not repeated', (typed) => {
    let message = '';
    try {
      obsAddress(typed);
    } catch (error) {
      message = (error as Error).message;
      expect(error).toMatchObject({ code: 'OPTION_INVALID' });
    }
    expect(message).toContain('Show Connect Info');
    expect(message).not.toContain('secret');
  });

  it('is this machine’s or another’s', () => {
    expect(
      ['ws://127.0.0.1:4455', 'ws://localhost:1', 'ws://[::1]:4455', 'ws://127.3.2.1:1'].map(isLoopback),
    ).toEqual([true, true, true, true]);
    expect(['ws://192.168.1.20:4455', 'ws://127.example:1'].map(isLoopback)).toEqual([false, false]);
  });
});
