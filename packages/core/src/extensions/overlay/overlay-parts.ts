import type { Disposable, Event, PoseCoachError } from '../../base/index.ts';
import type { OverlayModule, OverlayMoment } from '../api/overlay-api.ts';
import type { Contributed } from '../extensions.ts';
import type { OverlayThemeDeclaration, OverlayWidgetDeclaration } from '../manifest/manifest.ts';

/** Where widgets and themes come from: an extension's manifest, and its overlay module. */
export interface OverlaySource {
  /** The content of package.json. */
  readonly manifest: unknown;
  /** Its overlay module, imported by the page and therefore trusted. Without it, it is fetched and isolated. */
  readonly module?: OverlayModule | (() => Promise<OverlayModule>);
  /** The address of its package.json. Needed without `module`, and for assets. */
  readonly url?: string;
}

export interface OverlayPartsOptions {
  readonly sources: readonly OverlaySource[];
  /** The address of the frame file for those that are isolated. */
  readonly frameUrl?: string;
}

/** All widgets and themes that a page can show. */
export interface OverlayParts extends Disposable {
  readonly widgets: readonly Contributed<OverlayWidgetDeclaration>[];
  readonly themes: readonly Contributed<OverlayThemeDeclaration>[];
  /** What is wrong with sources, and what parts threw, as it becomes known; the newest last, at most 100. */
  readonly faults: readonly PoseCoachError[];
  readonly onFault: Event<PoseCoachError>;
  /**
   * Puts a part into the page. Never throws: an id that nobody declares, or a module that fails, is a fault and
   * leaves the place empty.
   * @param place an empty element that the part fills; its size in CSS pixels is the page's to set
   */
  mount(kind: 'widget' | 'theme', id: string, place: HTMLElement): MountedPart;
  dispose(): void;
}

/** A part at one place of a page. */
export interface MountedPart extends Disposable {
  readonly state: 'loading' | 'ready' | 'failed';
  /**
   * Paints a moment: at once, or, isolated, when its worker comes to it; of several that wait the newest.
   * @param pixelRatio canvas pixels per stage pixel, so that it is sharp at the size at which it is shown
   */
  paint(moment: OverlayMoment, pixelRatio: number): void;
  /** Takes it out of the page. */
  dispose(): void;
}
