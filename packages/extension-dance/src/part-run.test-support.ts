import type { PoseFrame, Reading } from '@pose-coach/core';
import { BodyMotions, readingFault } from '@pose-coach/core/analysis';
import type { JsonValue, MetricDeclaration } from '@pose-coach/core/extension';
import type { DancePart } from './dance-part.ts';

/** What a part says of one person in a take. */
export interface PartRun<Summary extends JsonValue> {
  readonly summary: Summary;
  readonly readings: readonly Reading[];
  /** The last of a metric. */
  last(metric: string): Reading;
  /** The numbers of a metric, of all its readings that are known. */
  numbers(metric: string): readonly number[];
}

/**
 * Shows a part the motion of the first person in the frames.
 * @param metrics what the part declares: every reading is checked against it
 */
export function runPart<Summary extends JsonValue>(
  part: DancePart<Summary>,
  metrics: readonly MetricDeclaration[],
  frames: readonly PoseFrame[],
): PartRun<Summary> {
  const declared = new Map(metrics.map((metric) => [metric.id, metric]));
  const motions = new BodyMotions();
  const readings: Reading[] = [];
  let epoch = frames[0]?.epoch;
  for (const frame of frames) {
    if (frame.epoch !== epoch) part.reset();
    epoch = frame.epoch;
    const [motion] = motions.step(frame);
    if (!motion) continue;
    for (const reading of part.step({ frame, motion, beats: [] })) {
      const fault = readingFault(reading, declared);
      if (fault) throw new Error(fault);
      readings.push(reading);
    }
  }
  return {
    readings,
    summary: JSON.parse(JSON.stringify(part.finish())) as Summary,
    last(metric) {
      const reading = readings.filter((one) => one.metric === metric).at(-1);
      if (!reading) throw new Error(`no reading of ${metric}`);
      return reading;
    },
    numbers: (metric) =>
      readings.flatMap(({ metric: id, value }) =>
        id === metric && typeof value === 'number' ? [value] : [],
      ),
  };
}
