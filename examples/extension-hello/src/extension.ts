import type { Analyzer, ExtensionContext, Landmark, PoseCoachApi, Reading } from '@pose-coach/core/extension';

/** Shoulder, elbow, wrist and hip of both sides, as `BODY_LANDMARKS` of `@pose-coach/core` numbers them. */
const LEFT = [11, 13, 15, 23];
const RIGHT = [12, 14, 16, 24];
/** A joint that is less visible than this is more likely hidden than seen. */
const SEEN = 0.5;
/** Percent by which hands must sink before they can be raised again: trembling at the goal counts once. */
const HYSTERESIS = 15;

export function activate(context: ExtensionContext<{ 'hello.goal': number }>, coach: PoseCoachApi): void {
  let raises = 0;
  const create = (): Analyzer => {
    const raised = new Set<number>();
    return {
      step: ({ frame: { timestamp, poses } }) =>
        poses.flatMap(({ id: poseId, worldLandmarks }): Reading[] => {
          const arms = [LEFT, RIGHT].map((arm) => arm.flatMap((index) => worldLandmarks[index] ?? []));
          const seen = arms.filter((arm) => arm.every(({ visibility }) => visibility >= SEEN));
          const height = { metric: 'hello.height', timestamp, poseId };
          if (seen.length === 0) {
            return [{ ...height, status: 'unknown', reason: 'Both arms are hidden.', confidence: 0 }];
          }
          const value = seen.reduce((sum, arm) => sum + armHeight(arm), 0) / seen.length;
          const confidence = Math.min(...seen.flat().map(({ visibility }) => visibility));
          const readings: Reading[] = [{ ...height, status: 'ok', value, confidence }];
          const goal = context.configuration.get('hello.goal');
          if (value < goal - HYSTERESIS) raised.delete(poseId);
          if (value < goal || raised.has(poseId)) return readings;
          raised.add(poseId);
          raises += 1;
          return [
            ...readings,
            { ...height, metric: 'hello.raises', status: 'ok', value: raises, confidence },
          ];
        }),
      reset: () => raised.clear(),
      finish: () => ({ readings: [], details: { raises } }),
    };
  };
  context.subscriptions.push(
    coach.analyzers.register('hello.arms', { create }),
    coach.commands.register('hello.restart', () => {
      raises = 0;
    }),
  );
}

/** How high a hand is, in percent: 0 at the hip, 100 with the arm stretched up. In metres y points down. */
function armHeight([shoulder, elbow, wrist, hip]: readonly Landmark[]): number {
  if (!shoulder || !elbow || !wrist || !hip) return 0;
  const highest = hip.y - shoulder.y + distance(shoulder, elbow) + distance(elbow, wrist);
  return Math.min(100, Math.max(0, (100 * (hip.y - wrist.y)) / highest));
}

function distance(one: Landmark, other: Landmark): number {
  return Math.hypot(one.x - other.x, one.y - other.y, one.z - other.z);
}
