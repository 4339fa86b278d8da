import { PoseCoachError } from '@pose-coach/core';
import type { FilterBinding, ObsStatus, TextBinding } from '@pose-coach/core/stage';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../core/src/base/manual-clock.ts';
import { ObsBindings } from './obs-bindings.ts';

const TEXT: TextBinding = { kind: 'text', id: 't', metric: 'test.a', input: 'Tempo', text: '{value}' };
const FILTER: FilterBinding = {
  kind: 'filter',
  id: 'f',
  metric: 'test.a',
  source: 'Camera',
  filter: 'Colour',
  setting: 'hue_shift',
  from: [0, 1],
  to: [0, 180],
};

let clock: ManualClock;
let told: unknown[][];
let warnings: string[];
let status: ObsStatus['status'];
let fails: boolean;
let bindings: ObsBindings;

beforeEach(() => {
  clock = new ManualClock(10_000);
  told = [];
  warnings = [];
  status = 'connected';
  fails = false;
  const tell = async (...what: unknown[]) => {
    told.push([clock.now(), ...what]);
    if (fails) throw new PoseCoachError('OBS_FAILED', 'There is no such source.');
  };
  bindings = new ObsBindings({
    obs: {
      get status() {
        return { status, address: 'ws://127.0.0.1:4455' } as ObsStatus;
      },
      setText: tell,
      setFilterValue: tell,
    },
    clock,
    warn: (line) => warnings.push(line),
  });
});

describe('bindings', () => {
  it('hand on at once, then five times a second the newest', () => {
    for (let value = 0; value < 10; value += 1) {
      bindings.set('t', TEXT, { text: String(value) });
      clock.advance(50);
    }
    clock.advance(1000);
    // One each 50 ms from 10000 on; what has come by each fifth of a second, and the last of all.
    expect(told).toEqual([
      [10_000, 'Tempo', '0'],
      [10_200, 'Tempo', '3'],
      [10_400, 'Tempo', '7'],
      [10_600, 'Tempo', '9'],
    ]);
    expect(clock.pending).toBe(0);
  });

  it('set the number of a filter’s setting', () => {
    bindings.set('f', FILTER, { number: 90 });
    expect(told).toEqual([[10_000, 'Camera', 'Colour', 'hue_shift', 90]]);
  });

  it('tell once that something does not work, and go on trying with new values', async () => {
    fails = true;
    for (const text of ['1', '2', '3']) {
      bindings.set('t', TEXT, { text });
      clock.advance(200);
      await Promise.resolve();
    }
    expect(told).toHaveLength(3);
    expect(warnings).toEqual(['OBS: “Tempo” cannot follow test.a. There is no such source.']);
  });

  it('say nothing to an OBS that is not there', () => {
    status = 'waiting';
    expect(bindings.reachable).toBe(false);
    bindings.set('t', TEXT, { text: '1' });
    expect(told).toEqual([]);
  });

  it('forget those that are not wanted any more, and everything in the end', () => {
    bindings.set('t', TEXT, { text: '1' });
    bindings.set('t', TEXT, { text: '2' });
    bindings.keep(new Set(['f']));
    clock.advance(1000);
    expect(told).toHaveLength(1);
    bindings.set('t', TEXT, { text: '3' });
    bindings.set('t', TEXT, { text: '4' });
    bindings.dispose();
    expect(clock.pending).toBe(0);
  });
});
