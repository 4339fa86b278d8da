import { describe, expect, it } from 'vitest';
import { readOverlayOptions } from './overlay-options.ts';

describe('an overlay’s address', () => {
  it('needs to say nothing', () => {
    expect(readOverlayOptions('')).toEqual({ channel: 'main', key: undefined, scene: undefined, faults: [] });
  });

  it('can say everything', () => {
    expect(readOverlayOptions('?channel=left&key=abc&scene=late-show_2')).toEqual({
      channel: 'left',
      key: 'abc',
      scene: 'late-show_2',
      faults: [],
    });
  });

  it('passes over what it does not know', () => {
    expect(readOverlayOptions('?mirror&fit=crop&color=red')).toEqual(readOverlayOptions(''));
  });

  it.each([
    ['channel=../x', 'channel'],
    ['scene=', 'scene'],
    ['scene=a%20b', 'scene'],
    ['scene=%3Cimg%3E', 'scene'],
    [`scene=${'x'.repeat(41)}`, 'scene'],
  ])('names what is wrong with %s, and goes on without it', (query, name) => {
    const { faults, ...options } = readOverlayOptions(query);
    expect(faults).toEqual([expect.stringContaining(name)]);
    expect(options).toEqual({ channel: 'main', key: undefined, scene: undefined });
  });
});
