import type { ManifestScope, PointName } from './contribution-points/contribution-point.ts';
import { CONTRIBUTION_POINTS, POINT_NAMES } from './contribution-points/contribution-points.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Contributions } from './manifest.ts';
import { within } from './plain-words.ts';

/** Events that name something, and where it is declared. */
const POINT_OF: ReadonlyMap<string, PointName> = new Map([
  ['onAnalyzer', 'analyzers'],
  ['onCommand', 'commands'],
  ['onMetric', 'metrics'],
]);

const STARTUP = 'onStartup';

/** Events that name nothing. */
const PLAIN_EVENTS: readonly string[] = [STARTUP, 'onFrame'];

const KNOWN_EVENTS = `${PLAIN_EVENTS.join(', ')}, onAnalyzer:<id>, onCommand:<id> or onMetric:<id>`;

/** `activationEvents` in a manifest. */
export const ACTIVATION_EVENTS_SCHEMA: JsonSchema = {
  type: 'array',
  title: 'Activation events',
  description:
    'When the code is loaded: onStartup (at once), onFrame and onAnalyzer:<id> (with the first frame), onCommand:<id> (when it is run), onMetric:<id> (when somebody looks at it). Default: what the contributions in code need.',
  examples: [['onStartup'], ['onAnalyzer:dance.rhythm', 'onCommand:dance.tapTempo']],
  uniqueItems: true,
  maxItems: 1000,
  items: { type: 'string', maxLength: 150, expected: KNOWN_EVENTS },
};

/** The events that can happen; the others are warned about and left out. */
export function knownActivationEvents(
  events: readonly string[],
  path: string,
  scope: ManifestScope,
): readonly string[] {
  return events.filter((event, index) => {
    if (PLAIN_EVENTS.includes(event)) return true;
    const place = within(path, index);
    const [kind = '', id = ''] = split(event);
    const point = POINT_OF.get(kind);
    if (!point) {
      scope.findings.warn(
        place,
        KNOWN_EVENTS,
        `${place}: ${event} is an event that never happens: expected ${KNOWN_EVENTS}.`,
      );
      return false;
    }
    if (scope.declares(point, id)) return true;
    scope.findings.warn(
      place,
      `an id that is declared in /poseCoach/contributes/${point}`,
      `${place}: ${event} never happens, because ${id || 'nothing'} is not declared in /poseCoach/contributes/${point}.`,
    );
    return false;
  });
}

/** One event for everything that is contributed in code; when there is nothing, the code wants to run by itself. */
export function defaultActivationEvents(contributes: Contributions): readonly string[] {
  const events = new Set(POINT_NAMES.flatMap((point) => eventsOf(point, contributes)));
  // Engines activate their extension when one is chosen, so they alone are no reason to start at once.
  if (events.size === 0 && contributes.estimators.length === 0) events.add(STARTUP);
  return [...events];
}

function eventsOf<Point extends PointName>(point: Point, contributes: Contributions): readonly string[] {
  const { activationEvent, needsCode } = CONTRIBUTION_POINTS[point];
  if (!activationEvent || !needsCode) return [];
  const declarations: readonly Contributions[Point][number][] = contributes[point];
  return declarations
    .filter((declaration) => needsCode(declaration))
    .map((declaration) => activationEvent(declaration));
}

function split(event: string): readonly string[] {
  const colon = event.indexOf(':');
  return colon === -1 ? [event] : [event.slice(0, colon), event.slice(colon + 1)];
}
