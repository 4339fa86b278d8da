import { describe, expect, it } from 'vitest';
import { watchObsVisibility } from './obs-visibility.ts';

/** A window, in OBS or not, and what was heard of it. */
function watched(inObs: boolean) {
  const target = new EventTarget();
  const heard: boolean[] = [];
  watchObsVisibility(Object.assign(target, inObs ? { obsstudio: {} } : {}) as Window, (isVisible) =>
    heard.push(isVisible),
  );
  const tell = (detail: unknown) =>
    target.dispatchEvent(new CustomEvent('obsSourceVisibleChanged', { detail }));
  return { heard, tell };
}

describe('the visibility of a source in OBS', () => {
  it('is told as OBS tells it', () => {
    const { heard, tell } = watched(true);
    tell({ visible: false });
    tell({ visible: true });
    expect(heard).toEqual([false, true]);
  });

  it('is not heard of in other browsers, nor believed when it is none', () => {
    const browser = watched(false);
    browser.tell({ visible: false });
    expect(browser.heard).toEqual([]);
    const { heard, tell } = watched(true);
    for (const detail of [undefined, null, 7, {}, { visible: 'no' }]) tell(detail);
    expect(heard).toEqual([]);
  });
});
