import type { JsonValue } from '../base/index.ts';
import type { BodyLandmark } from '../pose/index.ts';
import type { ObsBinding } from './binding.ts';
import type { ScoringRule } from './scoring.ts';
import type { Trigger } from './trigger.ts';

/** The version of the stage document; it changes only when an older reader would misunderstand a newer document. */
export const STAGE_VERSION = 1;

/**
 * What the overlays of one channel show: plain JSON, kept by the server, edited in the studio. Lengths are stage
 * pixels: those of the scene's canvas, whatever the size of the page that shows it.
 */
export interface Stage {
  readonly version: typeof STAGE_VERSION;
  /** Id of the scene that overlays show whose address names none. Always one of `scenes`. */
  readonly current: string;
  /** Whether all overlays of the channel are empty for now, as the dock's “Hide overlay” does. */
  readonly hidden: boolean;
  /** At least one; in the order in which they are listed. */
  readonly scenes: readonly Scene[];
}

/** One named arrangement of skeleton and widgets. */
export interface Scene {
  /** 1 to 40 letters, digits, dashes and underscores, unique in the stage; stays when the name changes. */
  readonly id: string;
  readonly name: string;
  /** 1920 × 1080 or 1080 × 1920 in the editor; any size from 16 to 7680 in a file. */
  readonly canvas: { readonly width: number; readonly height: number };
  /** The look of skeleton and widgets. */
  readonly theme: { readonly id: string; readonly settings: SettingsById };
  /** From the back to the front. At most one is a skeleton. */
  readonly items: readonly StageItem[];
  /** Where points and combo come from; absent: the scene has no score. */
  readonly scoring?: ScoringRule;
  readonly triggers: readonly Trigger[];
  /** OBS sources and filters that follow a metric while this scene is the current one. */
  readonly bindings: readonly ObsBinding[];
}

/** Settings as their declarations name them; one that is missing has its default. */
export type SettingsById = Readonly<Record<string, JsonValue>>;

/** A rectangle on the canvas; it may reach over its edges. */
export interface StageRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type StageItem = SkeletonItem | WidgetItem;

interface PlacedItem extends StageRectangle {
  /** As a scene's id; unique in the scene. */
  readonly id: string;
  /** What the editor lists it by; absent: its widget's title. */
  readonly name?: string;
  /** One that is not shown can still be shown for a while by a trigger. */
  readonly visible: boolean;
  /** The editor does not move it by pointer. */
  readonly locked?: boolean;
}

/** Where the picture of the camera is thought to lie, and the skeleton in it. */
export interface SkeletonItem extends PlacedItem {
  readonly kind: 'skeleton';
  /** As `Fit` of `@pose-coach/elements/draw`: how the camera's picture is laid into the rectangle. */
  readonly fit: 'contain' | 'cover' | 'crop';
  /** Left and right exchanged. */
  readonly mirror: boolean;
  /** Joints that leave a trail, where the theme draws trails; empty: none. */
  readonly trails: readonly BodyLandmark[];
  /** Whether joints named by a cue are emphasised while it is said. */
  readonly highlight: boolean;
}

/** A widget of some extension. */
export interface WidgetItem extends PlacedItem {
  readonly kind: 'widget';
  /** `${prefix}.${name}` of a declared overlay widget. */
  readonly widget: string;
  readonly settings: SettingsById;
}

/** A change of a stage: what is named is replaced, the rest stays. */
export interface StageChange {
  /** Scenes that are new or take the place of the one with their id; new ones are listed last. */
  readonly scenes?: readonly Scene[];
  /** Ids of scenes that are removed. */
  readonly removed?: readonly string[];
  readonly current?: string;
  readonly hidden?: boolean;
  /** All ids in their new order. */
  readonly order?: readonly string[];
}
