import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/manual-clock.ts';
import type { OverlayModule, OverlayPart } from '../api/overlay-api.ts';
import { manifestOf, momentAt, PATIENCE, PartsPage } from './overlay-parts.test-support.ts';
import type { OverlaySource } from './overlay-parts.ts';

const manifest = manifestOf('own', [{ id: 'own.one', title: 'One', size: { width: 16, height: 16 } }]);

function moduleOf(part: OverlayPart): OverlayModule {
  return { activateOverlay: ({ widgets }) => void widgets.register('own.one', { create: () => part }) };
}

describe('an inline part of the overlay', () => {
  let page: PartsPage | undefined;
  const clock = new ManualClock();

  afterEach(() => page?.dispose());

  function mounted(module: NonNullable<OverlaySource['module']>) {
    page = new PartsPage('inline', { clock, sources: [{ manifest, module }] });
    return { page, part: page.parts.mount('widget', 'own.one', page.place()) };
  }

  it('that takes over 12 ms of every painting for two seconds is told of, once, and goes on', async () => {
    let paintings = 0;
    const paint = () => {
      paintings += 1;
      clock.advance(13);
    };
    const { page: shown, part } = mounted(moduleOf({ paint }));
    await expect.poll(() => part.state, PATIENCE).toBe('ready');
    while (paintings < 500) part.paint(momentAt(clock.now()), 1);
    expect(shown.faults.map(({ message }) => message)).toEqual([
      'The widget own.one of own-parts has taken over 12 ms for each painting for two seconds: the overlay stutters. Make it smaller, choose simpler settings, or take it off the stage.',
    ]);
    expect(part.state).toBe('ready');
  });

  it('is disposed once, and what it throws then is told', async () => {
    let disposals = 0;
    const dispose = () => {
      disposals += 1;
      throw new Error('not now');
    };
    const { page: shown, part } = mounted(moduleOf({ paint: () => undefined, dispose }));
    await expect.poll(() => part.state, PATIENCE).toBe('ready');
    part.dispose();
    part.dispose();
    expect(disposals).toBe(1);
    expect(shown.faults[0]?.message).toContain('own.one of own-parts failed: not now.');
  });

  it('whose module cannot be imported is a fault, and is tried again in the next place', async () => {
    let attempts = 0;
    const { page: shown, part } = mounted(async () => {
      attempts += 1;
      if (attempts === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return moduleOf({ paint: () => undefined });
    });
    await expect.poll(() => part.state, PATIENCE).toBe('failed');
    expect(shown.faults[0]?.message).toContain('Failed to fetch dynamically imported module');
    const again = shown.parts.mount('widget', 'own.one', shown.place());
    const beside = shown.parts.mount('widget', 'own.one', shown.place());
    await expect.poll(() => [again.state, beside.state], PATIENCE).toEqual(['ready', 'ready']);
    expect(attempts).toBe(2);
  });

  it('whose module never finishes is given up after ten seconds', async () => {
    const { page: shown, part } = mounted({ activateOverlay: () => new Promise(() => undefined) });
    clock.advance(9_999);
    await Promise.resolve();
    expect(part.state).toBe('loading');
    clock.advance(1);
    await expect.poll(() => part.state, PATIENCE).toBe('failed');
    expect(shown.faults[0]?.message).toContain('activateOverlay was not done after 10 seconds');
  });
});
