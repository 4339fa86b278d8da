import type { Beat, Reading, TakeSummary } from '../analysis/index.ts';
import type { Disposable, Event, JsonValue, PoseCoachError } from '../base/index.ts';
import type { CoachFrame } from '../feedback/index.ts';
import type { PoseEstimatorFactory } from '../inference/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { AnyExtensionModule } from './api/extension-api.ts';
import type { LogLevel } from './host.ts';
import type { Contributions, ExtensionManifest, ManifestFault, Permission } from './manifest/manifest.ts';

/**
 * Where an extension comes from:
 * - the address of its package.json, or of the folder that holds it: fetched, and isolated unless `trusted`;
 * - or its manifest and its module, imported by the embedder and therefore trusted.
 */
export type ExtensionSource = string | ExtensionAddress | ExtensionPackage;

export interface ExtensionAddress {
  readonly url: string;
  /** Runs in this page, with all that the page may do. Default: false. */
  readonly trusted?: boolean;
  /** Listed, configured and rendered, but not run, until switched on. Default: true, or what was chosen last time. */
  readonly enabled?: boolean;
}

export interface ExtensionPackage {
  /** The content of package.json. */
  readonly manifest: unknown;
  /** Its module, or how to import it when it is activated. */
  readonly module?: AnyExtensionModule | (() => Promise<AnyExtensionModule>);
  /** Where its files lie, for `context.asset`. */
  readonly url?: string;
  readonly enabled?: boolean;
}

/** `registered` has not been needed yet; `disabled` was switched off, by a person or after too many failures. */
export type ExtensionState = 'registered' | 'activating' | 'active' | 'failed' | 'disabled';

/** Everything worth knowing of one extension. A snapshot: a new object after every change. */
export interface ExtensionStatus {
  /** The npm name; for one whose manifest could not be read, where it was looked for. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly trust: 'trusted' | 'isolated';
  /**
   * The address of its package.json, after redirects; `imported` when the page brought it. Together with name and
   * trust it tells whose the answers, settings and stored values are: the same name from elsewhere gets none of them.
   */
  readonly source: string;
  readonly state: ExtensionState;
  readonly enabled: boolean;
  /** Absent when the manifest is faulty. */
  readonly manifest: ExtensionManifest | undefined;
  readonly faults: readonly ManifestFault[];
  readonly warnings: readonly ManifestFault[];
  readonly granted: readonly Permission[];
  /** Neither granted nor refused: asked for when it is next activated. */
  readonly unanswered: readonly Permission[];
  /** Milliseconds that the last activation took, loading included. */
  readonly activationTime: number | undefined;
  /** Milliseconds per frame of its own code since activation; undefined before the first frame. */
  readonly cost: { readonly mean: number; readonly worst: number } | undefined;
  /** How often it was started again after a failure, since it was last switched on. */
  readonly restarts: number;
  readonly lastError: PoseCoachError | undefined;
  /** The newest last; at most 100. */
  readonly log: readonly LogEntry[];
}

export interface LogEntry {
  /** Milliseconds since the Unix epoch. */
  readonly time: number;
  readonly level: LogLevel;
  readonly message: string;
}

/** A contribution and whose it is. */
export interface Contributed<T> {
  readonly extension: string;
  readonly value: T;
}

/** What has come and gone at one contribution point. */
export interface ContributionDelta<Point extends keyof Contributions = keyof Contributions> {
  readonly point: Point;
  readonly added: readonly Contributed<Contributions[Point][number]>[];
  readonly removed: readonly Contributed<Contributions[Point][number]>[];
}

/** What the embedder is asked before anything beyond `poses` and `hands` is granted. */
export interface PermissionRequest {
  readonly manifest: ExtensionManifest;
  readonly trust: 'trusted' | 'isolated';
  /** As in `ExtensionStatus`: the name in the manifest is what it says of itself, this is where it comes from. */
  readonly source: string;
  /** Those that need an answer. */
  readonly permissions: readonly Permission[];
}

/** Settings, switches and stored values: text by key, as `localStorage` keeps it. */
export interface ExtensionStorage {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string | undefined): Promise<void>;
  keys(prefix: string): Promise<readonly string[]>;
}

/** All extensions of one coach: lists, configures, activates, feeds, watches and releases them. */
export interface Extensions extends Disposable {
  /**
   * Resolves when the sources given to `createExtensions` are listed, also those whose manifests are faulty or do
   * not come within a minute; no code is run for it. Await it before you look at `list`, `contributions` and
   * `settings.get`. What gives a promise waits for it by itself where it names something that is not listed yet.
   */
  readonly ready: Promise<void>;
  /** In the order in which they were added. */
  readonly list: readonly ExtensionStatus[];
  /** Some status has changed, or an extension has come or gone. At most once per repaint. */
  readonly onDidChange: Event<void>;
  /**
   * Reads the manifest and registers what it contributes; runs no code. Resolves with the id when it is listed,
   * also when its manifest is faulty: see its status. The same address, or the very same package object, added again
   * gives the id of the one that is there, or is read again if that was faulty; another source of the same name is
   * faulty as long as the first is there.
   */
  add(source: ExtensionSource): Promise<string>;
  /**
   * Stops it and forgets it, with its contributions and what was answered about its permissions; its settings and
   * stored values stay.
   * @throws PoseCoachError `STORAGE_FAILED` when what was answered cannot be forgotten; it is gone from the list all the same
   */
  remove(id: string): Promise<void>;
  /** Switches on, also after failures. Activates at once what is wanted now. @throws PoseCoachError `EXTENSION_NOT_FOUND` */
  enable(id: string): Promise<void>;
  /** Switches off: stops the code and takes away what it contributes. Resolves when nothing is left. */
  disable(id: string): Promise<void>;

  /** What extensions that are switched on contribute at one point; no code is loaded for it. */
  contributions<Point extends keyof Contributions>(
    point: Point,
  ): readonly Contributed<Contributions[Point][number]>[];
  /** Every contribution that comes or goes, switched on and off included. */
  readonly onDidChangeContributions: Event<ContributionDelta>;

  readonly commands: {
    /** Activates its extension if need be. @throws PoseCoachError `COMMAND_NOT_FOUND`, `COMMAND_FAILED` */
    execute(id: string, ...values: readonly JsonValue[]): Promise<JsonValue | undefined>;
  };

  readonly settings: {
    /** @throws PoseCoachError `SETTING_INVALID` for an id that nobody declares */
    get(id: string): JsonValue;
    /** `undefined` goes back to the default. @throws PoseCoachError `SETTING_INVALID`, naming what was expected */
    set(id: string, value: JsonValue | undefined): Promise<void>;
    readonly onDidChange: Event<readonly string[]>;
  };

  readonly permissions: {
    /**
     * Takes back what was answered, granted or refused: ends its code, and asks again when it is next activated,
     * which is at once where it is wanted now. Resolves when the answer is forgotten and the code has ended.
     * @throws PoseCoachError `EXTENSION_NOT_FOUND`, `STORAGE_FAILED`
     */
    forget(id: string): Promise<void>;
  };

  readonly metrics: {
    /** The last reading of each metric and person, newest epoch only. */
    latest(metric: string): readonly Reading[];
    /** Says that somebody looks at a metric: activates extensions that wait for `onMetric:`. Dispose to stop looking. */
    watch(metric: string): Disposable;
  };
  readonly onReadings: Event<readonly Reading[]>;

  /** Beats of the music, from whoever hears it, on the frames' clock. Analyzers with the permission `audio` get them. */
  pushBeats(beats: readonly Beat[]): void;

  /** An engine that an extension contributes, for `createCoach` or `setEstimator`. Activates its extension when it is made. */
  estimator(id: string): PoseEstimatorFactory;

  /**
   * Live: runs filters and trusted analyzers on this frame, hands it to isolated ones that are free (newest wins),
   * and gives back what is known by now. Never waits and never throws.
   */
  step(frame: PoseFrame): CoachFrame;
  /**
   * Lossless: every analyzer sees every frame, and its readings come with it. Waits for all that is starting, without
   * a limit for whoever is to answer a question about permissions. Calls must not overlap, nor mix with `step`.
   */
  analyze(frame: PoseFrame): Promise<CoachFrame>;
  /**
   * Ends the take: summaries of all analyzers by their ids. Extensions that are still starting have seen nothing of
   * it, and are not waited for.
   * @throws PoseCoachError `OPTION_INVALID` while a frame is being analyzed
   */
  finish(): Promise<Readonly<Record<string, TakeSummary>>>;
}
