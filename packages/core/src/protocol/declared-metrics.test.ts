import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaredMetrics, eventMetrics, metricsEntry } from './declared-metrics.ts';
import { metric } from './message-arbitraries.test-data.ts';

/** The same pseudo-random numbers in every run. */
const SEED = 20_261_121;

describe('metrics in a channel’s state', () => {
  it('are read back as they were declared', () => {
    fc.assert(
      fc.property(fc.array(metric, { maxLength: 10 }), (metrics) => {
        const state: unknown = JSON.parse(JSON.stringify(metricsEntry(metrics)));
        expect(declaredMetrics(state as Record<string, unknown>)).toEqual(metrics);
      }),
      { numRuns: 300, seed: SEED },
    );
  });

  it('are none where nobody has declared any, or not a list', () => {
    expect(declaredMetrics({})).toEqual([]);
    expect(declaredMetrics({ metrics: 'many' })).toEqual([]);
    expect(declaredMetrics({ metrics: { length: 1 } })).toEqual([]);
  });

  it('are read without those that are none', () => {
    const good = { id: 'dance.tempo', title: 'Tempo', kind: 'gauge', range: [0, 200] };
    const bad = [
      null,
      'dance.tempo',
      { ...good, id: '__proto__' },
      { ...good, kind: 'hologram' },
      { ...good, title: '' },
      { ...good, range: [200, 0] },
      { ...good, range: [0, 1, 2] },
      { ...good, decimals: 40 },
      { ...good, labels: { up: 3 } },
    ];
    expect(declaredMetrics({ metrics: [...bad, good, ...bad] })).toEqual([good]);
  });

  it('leave out their descriptions, and then the last of them, where they are too long', () => {
    const metrics = Array.from({ length: 30 }, (_, index) => ({
      id: `many.metric${index}`,
      title: `Metric ${index}`,
      kind: 'series' as const,
      description: 'x'.repeat(1500),
    }));
    const brief = declaredMetrics(metricsEntry(metrics));
    expect(brief.map(({ id }) => id)).toEqual(metrics.map(({ id }) => id));
    expect(brief.some(({ description }) => description !== undefined)).toBe(false);
    const few = metricsEntry(metrics, 200);
    expect(JSON.stringify(few).length).toBeLessThanOrEqual(200);
    // Each takes 56 characters and a comma, the list around them 14.
    expect(declaredMetrics(few).map(({ id }) => id)).toEqual([
      'many.metric0',
      'many.metric1',
      'many.metric2',
    ]);
  });

  it('say which of them are events', () => {
    const metrics = [
      { id: 'dance.jump', title: 'Jump', kind: 'event' as const },
      { id: 'dance.tempo', title: 'Tempo', kind: 'series' as const },
    ];
    expect([...eventMetrics(metrics)]).toEqual(['dance.jump']);
  });
});
