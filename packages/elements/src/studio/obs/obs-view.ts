import type { MetricDeclaration } from '@pose-coach/core';
import type { StageController } from '@pose-coach/core/live';
import type { ObsConnected, ObsSource, ObsStatus, Scene, Stage } from '@pose-coach/core/stage';
import type { Asking } from '../shared/asking.ts';

/** OBS while it is connected. */
export type ConnectedObs = Extract<ObsStatus, { readonly status: 'connected' }>;

/** What the panels of `<pose-obs>` are made from. */
export interface ObsView {
  readonly controller: StageController;
  readonly asking: Asking;
  readonly stage: Stage;
  readonly metrics: readonly MetricDeclaration[];
  /** What OBS has; undefined until it is known, and while OBS is not connected. */
  readonly sources: readonly ObsSource[] | undefined;
  /** Keeps a scene as it is now. */
  keep(scene: Scene): void;
  /** Asks OBS again what it has. */
  readSources(): void;
}

/** Those of a panel that only stands there while OBS is connected. */
export interface ConnectedView extends ObsView {
  readonly obs: ConnectedObs;
}

/** What an OBS of this kind cannot do, and what to do instead; empty when it can do all of it. */
export function missingAbilities({ abilities }: ObsConnected): readonly string[] {
  return [
    abilities.browserSource
      ? undefined
      : 'No browser sources: open the overlay link in a browser window, and add that window to the scene with Window Capture. OBS from obsproject.com or Flathub has them.',
    abilities.chapters
      ? undefined
      : 'No chapters (OBS 30.2 and newer have them, in recordings of the format Hybrid MP4): times are written to a text file.',
    abilities.renderDelay
      ? undefined
      : 'No Render Delay filter: the camera’s picture cannot be held back for the skeleton.',
    abilities.textKind ? undefined : 'No text sources: nothing can say a metric’s value.',
  ].filter((each) => each !== undefined);
}
