/**
 * Types for React 19, which uses custom elements without wrappers: `import type {} from '@pose-coach/elements/react'`
 * once, and `<pose-coach mirror onpose-frame={(event) => …} />` is checked like any other element.
 */

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { PoseAnglesElement } from './angles/pose-angles.ts';
import type { PoseCoachEventMap } from './base/events.ts';
import type { PoseCoachElement } from './coach/pose-coach.ts';
import type { PoseExtensionsElement } from './extensions/pose-extensions.ts';
import type { PoseMetricsElement } from './extensions/pose-metrics.ts';
import type { PoseMusicElement } from './music/pose-music.ts';
import type { PoseSkeletonElement } from './skeleton/pose-skeleton.ts';
import type { PoseSourcePickerElement } from './source-picker/pose-source-picker.ts';
import type { PoseStageElement } from './stage/pose-stage.ts';
import type { PoseStatsElement } from './stats/pose-stats.ts';
import type { PoseDockElement } from './studio/dock/pose-dock.ts';
import type { PoseStageEditorElement } from './studio/editor/pose-stage-editor.ts';
import type { PoseGuideElement } from './studio/guide/pose-guide.ts';
import type { PoseObsElement } from './studio/obs/pose-obs.ts';
import type { PoseTriggersElement } from './studio/triggers/pose-triggers.ts';

/** `onpose-frame` and so on: React 19 listens to what follows `on`. */
type EventProperties = {
  [Name in keyof PoseCoachEventMap as `on${Name}`]?: (event: PoseCoachEventMap[Name]) => void;
};

/** What can be set on an element: its own properties that are not functions. */
type OwnProperties<Element extends HTMLElement> = {
  [Name in Exclude<keyof Element, keyof HTMLElement | LitProperties | ReadOnly>]?: Element[Name];
};

/** Lit's own, of no use in a template. */
type LitProperties =
  | 'renderRoot'
  | 'renderOptions'
  | 'isUpdatePending'
  | 'hasUpdated'
  | 'updateComplete'
  | 'render'
  | 'requestUpdate'
  | 'addController'
  | 'removeController'
  | 'connectedCallback'
  | 'disconnectedCallback'
  | 'attributeChangedCallback';

/** What elements tell rather than take. */
type ReadOnly = 'state' | 'liveState' | 'coach' | 'coachExtensions' | 'start' | 'stop' | 'pause' | 'resume';

type ElementProperties<Element extends HTMLElement> = DetailedHTMLProps<HTMLAttributes<Element>, Element> &
  OwnProperties<Element> &
  EventProperties;

/** The elements' properties in JSX, by tag. */
export interface PoseCoachIntrinsicElements {
  'pose-coach': ElementProperties<PoseCoachElement>;
  'pose-skeleton': ElementProperties<PoseSkeletonElement>;
  'pose-stats': ElementProperties<PoseStatsElement>;
  'pose-angles': ElementProperties<PoseAnglesElement>;
  'pose-source-picker': ElementProperties<PoseSourcePickerElement>;
  'pose-extensions': ElementProperties<PoseExtensionsElement>;
  'pose-metrics': ElementProperties<PoseMetricsElement>;
  'pose-music': ElementProperties<PoseMusicElement>;
  'pose-stage': ElementProperties<PoseStageElement>;
  'pose-stage-editor': ElementProperties<PoseStageEditorElement>;
  'pose-dock': ElementProperties<PoseDockElement>;
  'pose-guide': ElementProperties<PoseGuideElement>;
  'pose-obs': ElementProperties<PoseObsElement>;
  'pose-triggers': ElementProperties<PoseTriggersElement>;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends PoseCoachIntrinsicElements {}
  }
}
