import { describe, expect, it } from 'vitest';
import { ListedMetrics } from './listed-metrics.ts';

const reading = (metric: string) =>
  ({ metric, timestamp: 1, status: 'unknown', reason: 'A test.', confidence: 0 }) as const;

describe('the metrics that an analyzer lists', () => {
  it('pass, in any order and as often as they come', () => {
    const listed = new ListedMetrics(['a.one', 'a.two']);
    listed.require([reading('a.one'), reading('a.two')]);
    listed.require([reading('a.two'), reading('a.one'), reading('a.one')]);
    listed.require(undefined);
  });

  it('are named when another is read, also where a listed one stood the frame before', () => {
    const listed = new ListedMetrics(['a.one', 'a.two']);
    listed.require([reading('a.one')]);
    expect(() => listed.require([reading('a.three')])).toThrow(
      'it read a.three, and the manifest lists a.one, a.two as its metrics',
    );
    expect(() => listed.require([reading('a.one'), reading('a.three')])).toThrow('it read a.three');
    // What was refused is not remembered as in order.
    expect(() => listed.require([reading('a.three')])).toThrow('it read a.three');
  });
});
