import { analyzers } from './analyzers.ts';
import { commands } from './commands.ts';
import { configuration } from './configuration.ts';
import type { ContributionPoint, PointName } from './contribution-point.ts';
import { estimators } from './estimators.ts';
import { feedback } from './feedback.ts';
import { filters } from './filters.ts';
import { keybindings } from './keybindings.ts';
import { metrics } from './metrics.ts';
import { overlayThemes } from './overlay-themes.ts';
import { overlayWidgets } from './overlay-widgets.ts';

/**
 * Every contribution point. A further one is a file beside these, its line here, and its declarations in
 * `Contributions`; the published schema, the checks, the registry and its deltas follow from that.
 */
export const CONTRIBUTION_POINTS: { readonly [Point in PointName]: ContributionPoint<Point> } = {
  analyzers,
  metrics,
  feedback,
  commands,
  keybindings,
  configuration,
  estimators,
  filters,
  overlayWidgets,
  overlayThemes,
};

/** Their names. */
export const POINT_NAMES = /* @__PURE__ */ Object.keys(CONTRIBUTION_POINTS) as readonly PointName[];
