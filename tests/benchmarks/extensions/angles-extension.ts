// An extension of the weight that real ones have: all joint angles of a person, a little smoothed, and how fast they
// change; fifteen readings per frame.
import type { Analyzer, AnalyzerInput, Reading } from '../../../packages/core/src/analysis/index.ts';
import type { ExtensionContext, PoseCoachApi } from '../../../packages/core/src/extensions/api/index.ts';
import { JOINTS, type Joint, jointAngles } from '../../../packages/core/src/pose/joint-angles.ts';

const METRICS = JOINTS.map((joint) => ({ joint, metric: `angles.${joint}` }));

/** Weight of the newest angle, in [0, 1]. */
const NEWEST = 0.7;
/** Degrees by which published angles are off, side-on, with 95 % (FACTS: ± 6.4°). */
const UNCERTAINTY = 6.4;

/** Makes what the benchmark also calls directly. */
export const anglesAnalyzer = {
  create(): Analyzer {
    let before: { readonly timestamp: number; readonly angles: Map<Joint, number> } | undefined;
    return {
      step({ frame }: AnalyzerInput): readonly Reading[] {
        const [pose] = frame.poses;
        if (!pose) return [];
        const { timestamp } = frame;
        const about = { timestamp, poseId: pose.id };
        const { joints } = jointAngles(pose);
        const angles = new Map<Joint, number>();
        const readings: Reading[] = [];
        let change = 0;
        let compared = 0;
        for (const { joint, metric } of METRICS) {
          const { degrees, confidence, reason } = joints[joint];
          if (degrees === undefined) {
            readings.push({
              metric,
              ...about,
              status: 'unknown',
              reason: `The joint is ${reason}.`,
              confidence,
            });
            continue;
          }
          const last = before?.angles.get(joint);
          const value = last === undefined ? degrees : NEWEST * degrees + (1 - NEWEST) * last;
          if (last !== undefined) {
            change += Math.abs(value - last);
            compared += 1;
          }
          angles.set(joint, value);
          readings.push({ metric, ...about, status: 'ok', value, uncertainty: UNCERTAINTY, confidence });
        }
        if (before && compared > 0) {
          const value = (change / compared / (timestamp - before.timestamp)) * 1000;
          readings.push({ metric: 'angles.speed', ...about, status: 'ok', value, confidence: pose.score });
        }
        before = { timestamp, angles };
        return readings;
      },
      reset() {
        before = undefined;
      },
    };
  },
};

export function activate(context: ExtensionContext, coach: PoseCoachApi): void {
  context.subscriptions.push(coach.analyzers.register('angles.all', anglesAnalyzer));
}
