import type { Clock, Disposable, Event, PoseCoachError } from '../../base/index.ts';
import type { OverlayModule, OverlayMoment } from '../api/overlay-api.ts';
import type { Contributed } from '../extensions.ts';
import type { LogLevel } from '../host.ts';
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
  /**
   * Where `@pose-coach/core/extension-frame.html` is served, for those that are isolated, in a page whose content
   * security policy forbids scripts in a `srcdoc`. That page needs `frame-src 'self'`; the file must be answered
   * without a policy of the page's kind, and in a cross-origin isolated page with `cross-origin-embedder-policy:
   * require-corp` and `cross-origin-resource-policy: cross-origin`.
   */
  readonly frameUrl?: string;
  /** What parts log. Default: the browser's console. */
  readonly log?: (extension: string, level: LogLevel, message: string) => void;
  /** The seed of every part's chance, a whole number from 1 to 2³² − 1, for paintings that can be repeated. Default: any. */
  readonly seed?: number;
  /** Default: the platform's. */
  readonly clock?: Clock;
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
   * leaves the place empty. One that is isolated brings a frame: do not move its place within the document (order
   * parts by `z-index`), because a frame is loaded anew when it is moved.
   * @param place an empty element with a position of its own (`absolute` or `relative`), which the part fills; its
   * size in CSS pixels is the page's to set
   */
  mount(kind: 'widget' | 'theme', id: string, place: HTMLElement): MountedPart;
  dispose(): void;
}

/** A part at one place of a page. */
export interface MountedPart extends Disposable {
  /** An isolated one that failed is `loading` again until it has failed four times. */
  readonly state: 'loading' | 'ready' | 'failed';
  /**
   * Paints a moment: at once, or, isolated, when its worker comes to it; of several that wait the newest, with the
   * events and the time of those that were passed over. One that comes while it is loading is painted when it is
   * ready. The canvas has `moment.size` times `pixelRatio` pixels.
   * @param pixelRatio canvas pixels per stage pixel, so that it is sharp at the size at which it is shown
   */
  paint(moment: OverlayMoment, pixelRatio: number): void;
  /** Takes it out of the page. */
  dispose(): void;
}
