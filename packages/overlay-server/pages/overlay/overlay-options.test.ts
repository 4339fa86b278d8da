import { describe, expect, it } from 'vitest';
import { readOverlayOptions } from './overlay-options.ts';

/** What stands in for CSS here: colours by number, and two by name. */
const isColor = (text: string) =>
  /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$|^(red|rgb\(1 2 3\))$/i.test(text);

const read = (query: string) => readOverlayOptions(query, isColor);

describe('an overlay’s address', () => {
  it('needs to say nothing', () => {
    expect(read('')).toEqual({
      channel: 'main',
      key: undefined,
      mirror: false,
      fit: 'contain',
      color: undefined,
      lineWidth: undefined,
      faults: [],
    });
  });

  it('can say everything', () => {
    expect(read('?channel=left&key=abc&mirror&fit=crop&color=ff8800&lineWidth=7.5')).toEqual({
      channel: 'left',
      key: 'abc',
      mirror: true,
      fit: 'crop',
      color: '#ff8800',
      lineWidth: 7.5,
      faults: [],
    });
  });

  it.each([
    ['mirror', true],
    ['mirror=1', true],
    ['mirror=TRUE', true],
    ['mirror=0', false],
    ['mirror=false', false],
    ['mirror=off', false],
  ])('with %s has mirror %s', (query, mirror) => {
    expect(read(query).mirror).toBe(mirror);
  });

  it.each([
    ['color=red', 'red'],
    ['color=%23123', '#123'],
    ['color=rgb(1%202%203)', 'rgb(1 2 3)'],
  ])('takes %s for a colour', (query, color) => {
    expect(read(query)).toMatchObject({ color, faults: [] });
  });

  it.each([
    ['fit=stretch', 'fit'],
    ['color=url(evil)', 'color'],
    ['lineWidth=-1', 'lineWidth'],
    ['lineWidth=1e9', 'lineWidth'],
    ['lineWidth=', 'lineWidth'],
    ['channel=../x', 'channel'],
  ])('names what is wrong with %s, and goes on without it', (query, name) => {
    const { faults, ...options } = read(query);
    expect(faults).toEqual([expect.stringContaining(name)]);
    expect(options).toEqual({ ...read(''), faults: undefined });
  });
});
