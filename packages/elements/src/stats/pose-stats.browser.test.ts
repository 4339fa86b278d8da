import type { CoachStats } from '@pose-coach/core';
import { afterEach, describe, expect, it } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import './pose-stats.ts';
import type { PoseStatsElement } from './pose-stats.ts';

const STATS: CoachStats = {
  rate: 29.97,
  delay: 48.4,
  dropped: 3,
  stages: { resize: 1.25, body: 16.8, hands: 20.1, custom: 0.4 },
  info: { engine: 'mediapipe', model: 'lite', backend: 'wasm', landmarks: 33, why: 'CPU was asked for.' },
};

afterEach(() => document.body.replaceChildren());

async function stats(value?: CoachStats): Promise<PoseStatsElement> {
  const element = document.createElement('pose-stats');
  element.stats = value;
  document.body.append(element);
  await element.updateComplete;
  return element;
}

function values(element: PoseStatsElement): Record<string, string> {
  const rows = [...(element.shadowRoot?.querySelectorAll('dl > div') ?? [])];
  return Object.fromEntries(
    rows.map((row) => [
      row.querySelector('dt')?.textContent?.trim() ?? '',
      row.querySelector('dd')?.textContent?.trim() ?? '',
    ]),
  );
}

describe('<pose-stats>', () => {
  it('passes the accessibility audit, closed and open', async () => {
    const element = await stats(STATS);
    await expectAccessible(element);
    element.shadowRoot?.querySelector('details')?.setAttribute('open', '');
    await expectAccessible(element);
  });

  it('shows rate, delay, dropped frames, and the time of every stage', async () => {
    expect(values(await stats(STATS))).toEqual({
      'Results/s': '30.0',
      Delay: '48 ms',
      Dropped: '3',
      Resize: '1.3 ms',
      Body: '17 ms',
      Hands: '20 ms',
      custom: '0.4 ms',
    });
  });

  it('names the engine and why it runs as it does', async () => {
    const element = await stats(STATS);
    expect(element.shadowRoot?.textContent).toContain('mediapipe lite, wasm. CPU was asked for.');
  });

  it('shows dashes, and no zeros, while there are no numbers', async () => {
    expect(values(await stats())).toEqual({ 'Results/s': '–', Delay: '–', Dropped: '–' });
    expect(values(await stats({ ...STATS, rate: 0, delay: undefined, stages: {} })).Delay).toBe('–');
  });

  it('speaks of no delay where results have none, as those of a recording', async () => {
    expect(values(await stats({ ...STATS, delay: undefined, stages: {} }))).toEqual({
      'Results/s': '30.0',
      Dropped: '3',
    });
  });
});
