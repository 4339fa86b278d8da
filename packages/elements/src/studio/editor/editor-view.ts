import type { MetricDeclaration } from '@pose-coach/core';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import type { Scene, Stage, StageItem } from '@pose-coach/core/stage';
import type { EditorSession } from './editor-session.ts';

/** What the panels of the editor are made from. */
export interface EditorView {
  readonly session: EditorSession;
  readonly parts: OverlayParts | undefined;
  /** Everything that can be shown: the stage's own metrics, and those of whoever is live. */
  readonly metrics: readonly MetricDeclaration[];
  readonly stage: Stage;
  readonly scene: Scene;
  readonly selected: StageItem | undefined;
}
