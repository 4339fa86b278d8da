import { describe, expect, it } from 'vitest';
import { settingOfDelay } from './measured-delay.ts';

describe('a measured delay, as a setting keeps it', () => {
  it('is in whole milliseconds', () => {
    expect([80.4, -31.6, 1].map(settingOfDelay)).toEqual([80, -32, 1]);
  });

  it('is not 0 when there is none, which would read as not measured', () => {
    expect([0, 0.3, -0.3, -0].map(settingOfDelay)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});
