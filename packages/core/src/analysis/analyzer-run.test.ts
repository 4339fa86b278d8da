import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import type { Hand, PoseFrame } from '../pose/index.ts';
import type { Analyzer, AnalyzerInput, Beat, TakeSummary } from './analyzer.ts';
import { AnalyzerRun } from './analyzer-run.ts';
import type { Reading } from './reading.ts';

const pose = syntheticPose(0, syntheticBody());
const hand: Hand = { poseId: 0, side: 'left', score: 1, timestamp: 0, landmarks: [], worldLandmarks: [] };

const frameAt = (timestamp: number, epoch = 0): PoseFrame =>
  syntheticFrame(timestamp, [pose], { epoch, hands: [hand] });

const beat = (timestamp: number, strength = 1): Beat => ({ timestamp, strength });

/** Writes down what it is shown, and `reset` where it is reset. */
class Witness implements Analyzer {
  readonly seen: (AnalyzerInput | 'reset')[] = [];

  step(input: AnalyzerInput): readonly Reading[] {
    this.seen.push(input);
    const { timestamp } = input.frame;
    return [{ metric: 'witness.time', timestamp, status: 'ok', value: timestamp, confidence: 1 }];
  }

  reset(): void {
    this.seen.push('reset');
  }

  get beats(): (readonly number[] | 'reset')[] {
    return this.seen.map((each) => (each === 'reset' ? each : each.beats.map(({ timestamp }) => timestamp)));
  }
}

describe('AnalyzerRun', () => {
  it('gives back what the analyzer reads', () => {
    const run = new AnalyzerRun(new Witness());
    expect(run.step(frameAt(40)).map(({ value }) => value)).toEqual([40]);
  });

  it('resets the analyzer before the first frame of another epoch, and not before the very first', () => {
    const witness = new Witness();
    const run = new AnalyzerRun(witness);
    run.step(frameAt(0, 7));
    run.step(frameAt(33, 7));
    run.step(frameAt(66, 8));
    run.step(frameAt(0, 7));
    const order = witness.seen.map((each) => (each === 'reset' ? each : each.frame.timestamp));
    expect(order).toEqual([0, 33, 'reset', 66, 'reset', 0]);
  });

  it.each([
    [['poses'] as const, 1, 0, 0],
    [['hands'] as const, 0, 1, 0],
    [['beats'] as const, 0, 0, 1],
    [['poses', 'hands', 'beats'] as const, 1, 1, 1],
    [[] as const, 0, 0, 0],
  ])('shows what is declared and nothing else: %j', (inputs, poses, hands, beats) => {
    const witness = new Witness();
    const run = new AnalyzerRun(witness, inputs);
    const frame = frameAt(100);
    run.step(frame, [beat(100)]);
    const [seen] = witness.seen as AnalyzerInput[];
    expect(seen?.frame.poses).toHaveLength(poses);
    expect(seen?.frame.hands).toHaveLength(hands);
    expect(seen?.beats).toHaveLength(beats);
    expect(seen?.frame).toMatchObject({ timestamp: 100, epoch: 0, width: frame.width });
    expect(frame.poses, 'the frame itself stays as it was').toHaveLength(1);
    expect(frame.hands).toHaveLength(1);
  });

  it('copies no pose, and no frame where nothing is hidden', () => {
    const witness = new Witness();
    const frame = frameAt(0);
    new AnalyzerRun(witness, ['poses', 'hands']).step(frame);
    new AnalyzerRun(witness, ['poses']).step(frame);
    const [whole, partly] = witness.seen as AnalyzerInput[];
    expect(whole?.frame).toBe(frame);
    expect(partly?.frame.poses).toBe(frame.poses);
  });

  it('gives every beat once, with the first frame that is not before it, oldest first', () => {
    const witness = new Witness();
    const run = new AnalyzerRun(witness);
    run.step(frameAt(0), [beat(0), beat(500), beat(90)]);
    run.step(frameAt(100));
    run.step(frameAt(200), [beat(150), beat(120)]);
    run.step(frameAt(490));
    run.step(frameAt(500), [beat(510)]);
    run.step(frameAt(600));
    run.step(frameAt(700));
    expect(witness.beats).toEqual([[0], [90], [120, 150], [], [500], [510], []]);
  });

  it('passes on with the next frame what was heard late', () => {
    const witness = new Witness();
    const run = new AnalyzerRun(witness);
    run.step(frameAt(0));
    run.step(frameAt(1000));
    run.step(frameAt(1033), [beat(700)]);
    expect(witness.beats).toEqual([[], [], [700]]);
  });

  it('takes a beat that waits already only once', () => {
    const witness = new Witness();
    const run = new AnalyzerRun(witness);
    run.step(frameAt(0), [beat(100), beat(200)]);
    run.step(frameAt(50), [beat(200), beat(100), beat(300)]);
    run.step(frameAt(300));
    expect(witness.beats).toEqual([[], [], [100, 200, 300]]);
  });

  it('leaves out beats from before an epoch, and keeps those that are yet to come', () => {
    const witness = new Witness();
    const run = new AnalyzerRun(witness);
    run.step(frameAt(1000, 0), [beat(400), beat(1000), beat(1200), beat(5000), beat(5500)]);
    run.step(frameAt(5200, 1), [beat(5100), beat(5200)]);
    run.step(frameAt(5600, 1));
    expect(witness.beats).toEqual([[1000], 'reset', [5200], [5500]]);
  });

  it('leaves out beats without a time', () => {
    const witness = new Witness();
    const run = new AnalyzerRun(witness);
    run.step(frameAt(0), [beat(Number.NaN), beat(Infinity), beat(10), beat(-Infinity)]);
    run.step(frameAt(20));
    expect(witness.beats).toEqual([[], [10]]);
  });

  it('gives the summary of the take, and nothing where the analyzer has none', () => {
    const summary: TakeSummary = { readings: [], details: { steps: 3 } };
    const summing: Analyzer = { step: () => [], reset() {}, finish: () => summary };
    expect(new AnalyzerRun(summing).finish()).toBe(summary);
    expect(new AnalyzerRun(new Witness()).finish()).toBeUndefined();
  });

  it('passes on what the analyzer throws', () => {
    const broken: Analyzer = {
      step() {
        throw new Error('no knee');
      },
      reset() {},
    };
    expect(() => new AnalyzerRun(broken).step(frameAt(0))).toThrowError('no knee');
  });
});
