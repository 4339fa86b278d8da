import dance from '@pose-coach/extension-dance/package.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { isolated } from './coach-extensions.ts';
import { metricsOf } from './declared-metrics.ts';

describe('what the studio knows of extensions before they run', () => {
  it('is which metrics they declare, and nothing of one whose manifest is faulty', () => {
    const ids = metricsOf([dance, { name: 'broken', poseCoach: { prefix: 7 } }, null]).map(({ id }) => id);
    expect(ids).toContain('dance.intensity');
    expect(ids).toHaveLength(dance.poseCoach.contributes.metrics.length);
  });

  it('is whether they have code for the coach, which runs isolated', () => {
    const url = '/extensions/golf/package.json';
    expect(isolated({ url, manifest: { poseCoach: { main: './golf.js' } } })).toEqual({ url });
    expect(isolated({ url, manifest: { poseCoach: { overlay: './widgets.js' } } })).toBeUndefined();
    expect(isolated({ url, manifest: null })).toBeUndefined();
    expect(isolated({ manifest: { poseCoach: { main: './golf.js' } } })).toBeUndefined();
  });
});
