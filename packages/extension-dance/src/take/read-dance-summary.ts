import { PoseCoachError } from '@pose-coach/core';
import { type DanceSummary, SUMMARY_VERSION } from './dance-summary.ts';
import { SUMMARY_SHAPE } from './summary-shape.ts';

/**
 * A take's summary with its type, from whatever held it: the `details` of a `TakeSummary`, a file, a database.
 *
 * ```ts
 * const { people } = readDanceSummary((await extensions.finish())['dance.analysis']?.details);
 * ```
 * @throws PoseCoachError `VERSION_UNSUPPORTED` for one that another version has made, `MESSAGE_INVALID` for anything
 *   else that is no summary, naming the first field that is wrong
 */
export function readDanceSummary(details: unknown): DanceSummary {
  const version =
    typeof details === 'object' && details !== null ? Reflect.get(details, 'version') : undefined;
  if (typeof version === 'number' && version !== SUMMARY_VERSION) {
    throw new PoseCoachError(
      'VERSION_UNSUPPORTED',
      `This summary of a dance is of version ${version}, and version ${SUMMARY_VERSION} is understood here: update @pose-coach/extension-dance.`,
    );
  }
  const fault = SUMMARY_SHAPE(details, '');
  if (fault === undefined) return details as DanceSummary;
  throw new PoseCoachError('MESSAGE_INVALID', `This is no summary of a dance (${fault}).`);
}
