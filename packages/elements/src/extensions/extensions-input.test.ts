import { describe, expect, it } from 'vitest';
import { extensionSources, sourceKey } from './extensions-input.ts';

const BASE = 'https://example.org/page/';

describe('what a page names as its extensions', () => {
  it('is a list of addresses parted by any space', () => {
    expect(extensionSources(' ./hello\n\thttps://cdn.example/golf  ')).toEqual([
      './hello',
      'https://cdn.example/golf',
    ]);
    expect(extensionSources('')).toEqual([]);
  });

  it('is a list of sources as it stands', () => {
    const list = ['./hello', { url: './golf', trusted: true }];
    expect(extensionSources(list)).toBe(list);
  });

  it('names the same one by relative and absolute addresses, but not with more trust', () => {
    expect(sourceKey('./hello', BASE)).toBe(sourceKey('https://example.org/page/hello', BASE));
    expect(sourceKey({ url: './hello' }, BASE)).toBe(sourceKey('./hello', BASE));
    expect(sourceKey({ url: './hello', trusted: true }, BASE)).not.toBe(sourceKey('./hello', BASE));
  });

  it('knows a package by its manifest, though the list around it is built anew', () => {
    const manifest = { name: 'hello' };
    expect(sourceKey({ manifest }, BASE)).toBe(sourceKey({ manifest, enabled: true }, BASE));
    expect(sourceKey({ manifest: { name: 'hello' } }, BASE)).not.toBe(sourceKey({ manifest }, BASE));
  });

  it('leaves what is no address for others to complain about', () => {
    expect(sourceKey('https://', BASE)).toBe('https://');
  });
});
