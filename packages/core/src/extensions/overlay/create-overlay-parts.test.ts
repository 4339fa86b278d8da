import { describe, expect, it } from 'vitest';
import fixture from './fixture-extension/package.json' with { type: 'json' };
import { createOverlayParts } from './index.ts';

describe('createOverlayParts', () => {
  it('lists what there is, also where nothing can be shown', () => {
    const parts = createOverlayParts({ sources: [{ manifest: fixture, url: 'https://example.com/' }] });
    expect(parts.faults).toEqual([]);
    expect(parts.widgets[0]).toMatchObject({ extension: 'test-parts', value: { id: 'test.shapes' } });
    expect(parts.themes[0]).toMatchObject({ extension: 'test-parts', value: { id: 'test.theme' } });
    parts.dispose();
  });

  it('lists the others when one is faulty, and says what is wrong with that', () => {
    const parts = createOverlayParts({
      sources: [
        { manifest: 'nothing' },
        { manifest: fixture, url: 'https://example.com/' },
        { manifest: { ...fixture, name: 'other' }, url: 'https://example.com/' },
        { manifest: { ...fixture, name: 'third' }, url: 'ftp://example.com/' },
      ],
    });
    expect(parts.faults.map(({ code, message }) => [code, message])).toEqual([
      ['MANIFEST_INVALID', expect.stringContaining('This is not the content of a package.json')],
      ['MANIFEST_INVALID', expect.stringContaining('test belongs to test-parts')],
      ['OPTION_INVALID', expect.stringContaining('cannot be loaded from "ftp:"')],
    ]);
    expect(new Set(parts.widgets.map(({ extension }) => extension))).toEqual(new Set(['test-parts']));
  });

  it('asks for the overlay module where it is not given one', () => {
    const { overlay: _, ...poseCoach } = fixture.poseCoach;
    const manifest = { ...fixture, poseCoach };
    const parts = createOverlayParts({ sources: [{ manifest, url: 'https://example.com/' }] });
    expect(parts.faults[0]?.message).toContain('/poseCoach/overlay is missing');
    const given = createOverlayParts({
      sources: [{ manifest, module: { activateOverlay: () => undefined } }],
    });
    expect(given.faults).toEqual([]);
  });

  it('shows nothing more once it is disposed', () => {
    const parts = createOverlayParts({ sources: [{ manifest: fixture, url: 'https://example.com/' }] });
    parts.dispose();
    parts.dispose();
    expect(parts.mount('widget', 'test.shapes', {} as HTMLElement).state).toBe('failed');
    expect(parts.widgets).toEqual([]);
  });
});
