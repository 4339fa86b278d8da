import { describe, expect, it } from 'vitest';
import { cue } from './reading.test-data.ts';
import { ShownCues } from './shown-cues.ts';

const ids = (cues: ShownCues) => cues.cues.map((shown) => shown.cue.id);

describe('shown cues', () => {
  it('stay four seconds, the newest last', () => {
    const cues = new ShownCues();
    cues.add([cue('a')], 0);
    cues.add([cue('b')], 1000);
    cues.step(3999);
    expect(cues.cues.map(({ since }) => since)).toEqual([0, 1000]);
    expect(ids(cues)).toEqual(['a', 'b']);
    cues.step(4000);
    expect(ids(cues)).toEqual(['b']);
    cues.step(5000);
    expect(ids(cues)).toEqual([]);
  });

  it('stay longer when there is more to read, and not for ever', () => {
    const cues = new ShownCues();
    // A second to notice, and 90 characters at 15 a second: seven seconds.
    cues.add([cue('long', { message: 'x'.repeat(90) }), cue('endless', { message: 'x'.repeat(500) })], 0);
    cues.step(6990);
    expect(ids(cues)).toEqual(['long', 'endless']);
    cues.step(7010);
    expect(ids(cues)).toEqual(['endless']);
    cues.step(12_000);
    expect(ids(cues)).toEqual([]);
  });

  it('take the place of what the same rule said to the same person', () => {
    const cues = new ShownCues();
    cues.add([cue('a', { poseId: 1 }), cue('a', { poseId: 2 })], 0);
    cues.add([cue('a', { poseId: 1, message: 'Higher.' })], 500);
    expect(cues.cues.map(({ cue: { poseId, message } }) => [poseId, message])).toEqual([
      [2, 'Raise your left arm.'],
      [1, 'Higher.'],
    ]);
  });

  it('name joints by their places in a pose, each once, for as long as they are shown', () => {
    const cues = new ShownCues();
    cues.add(
      [cue('a', { joints: ['leftElbow', 'leftWrist'] }), cue('b', { joints: ['leftWrist', 'nose'] })],
      0,
    );
    // BlazePose's table: left elbow 13, left wrist 15, nose 0.
    expect([...cues.highlights].sort((a, b) => a - b)).toEqual([0, 13, 15]);
    cues.clear();
    expect(cues.highlights).toEqual([]);
  });

  it('are eight at most', () => {
    const cues = new ShownCues();
    for (let index = 0; index < 20; index += 1) cues.add([cue(`c${index}`)], index);
    expect(ids(cues)).toEqual(['c12', 'c13', 'c14', 'c15', 'c16', 'c17', 'c18', 'c19']);
  });
});
