import type { ObsSetupStep } from '@pose-coach/core/stage';
import { ANSWERS } from './obs-answers.ts';
import type { ObsConnection } from './obs-connection.ts';
import { RENDER_DELAY_KIND } from './obs-watch.ts';

/** Milliseconds that OBS's Render Delay can be set to at most. */
const LONGEST_DELAY = 500;

/** What the filter is called when it has to be made. */
const FILTER_NAME = 'Pose Coach: delay';

/**
 * Holds a source's picture back, so that it agrees with a skeleton that takes so long to be found.
 * @param milliseconds rounded, and held to what the filter can
 * @throws PoseCoachError as `ObsConnection.ask`
 */
export async function setRenderDelay(
  connection: ObsConnection,
  source: string,
  milliseconds: number,
): Promise<ObsSetupStep> {
  const delay = Math.round(Math.min(LONGEST_DELAY, Math.max(0, milliseconds)));
  const what = `Render Delay on “${source}”`;
  const rest =
    milliseconds > LONGEST_DELAY
      ? ` More is not possible with one filter: ${Math.round(milliseconds)} ms were measured. See in the studio what takes so long, or choose the lighter model.`
      : '';
  const { filters } = await connection.ask(ANSWERS.filters, 'GetSourceFilterList', { sourceName: source });
  const delays = filters.filter(({ filterKind }) => filterKind === RENDER_DELAY_KIND);
  const filter = delays.find(({ filterName }) => filterName === FILTER_NAME) ?? delays[0];
  const filterSettings = { delay_ms: delay };
  if (!filter) {
    await connection.tell('CreateSourceFilter', {
      sourceName: source,
      filterName: FILTER_NAME,
      filterKind: RENDER_DELAY_KIND,
      filterSettings,
    });
    return { what, outcome: 'created', detail: `Set to ${delay} ms.${rest}` };
  }
  const place = { sourceName: source, filterName: filter.filterName };
  const changes: string[] = [];
  // A delay that was never set is none.
  if ((filter.filterSettings.delay_ms ?? 0) !== delay) {
    await connection.tell('SetSourceFilterSettings', { ...place, filterSettings, overlay: true });
    changes.push(`Set to ${delay} ms.`);
  }
  if (!filter.filterEnabled) {
    await connection.tell('SetSourceFilterEnabled', { ...place, filterEnabled: true });
    changes.push('Switched on again.');
  }
  if (changes.length > 0) return { what, outcome: 'updated', detail: `${changes.join(' ')}${rest}` };
  return { what, outcome: 'unchanged', ...(rest === '' ? {} : { detail: rest.trim() }) };
}
