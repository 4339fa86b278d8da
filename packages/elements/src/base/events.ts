import type { CoachFrame, CoachStats, PoseCoachError } from '@pose-coach/core';
import type { Extensions } from '@pose-coach/core/extensions';
import type { LiveState, PoseCoachState } from '../coach/coach-state.ts';
import type { PermissionQuestion } from '../extensions/permission-question.ts';
import type { SourceRequest } from '../source-picker/source-request.ts';

/** Every event of the elements, typed: `element.addEventListener('pose-frame', (event) => event.detail.frame)`. */
export interface PoseCoachEventMap {
  'pose-frame': CustomEvent<CoachFrame>;
  'pose-state': CustomEvent<PoseCoachState>;
  'pose-stats': CustomEvent<CoachStats>;
  'pose-error': CustomEvent<PoseCoachError>;
  'pose-live': CustomEvent<LiveState>;
  'pose-source-request': CustomEvent<SourceRequest>;
  'pose-extensions': CustomEvent<Extensions | null>;
  'pose-permission-request': CustomEvent<PermissionQuestion>;
}

declare global {
  interface HTMLElementEventMap extends PoseCoachEventMap {}
}
