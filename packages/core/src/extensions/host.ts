import type { Beat, Reading, TakeSummary } from '../analysis/index.ts';
import type { Disposable, JsonValue, PoseCoachError } from '../base/index.ts';
import type { CueProposal } from '../feedback/index.ts';
import type { PoseEstimatorFactory } from '../inference/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { FilterFactory } from '../smoothing/index.ts';
import type {
  AnyExtensionModule,
  NetworkRequest,
  NetworkResponse,
  SettingValues,
} from './api/extension-api.ts';
import type { ExtensionManifest, Permission } from './manifest/manifest.ts';

/**
 * Where an extension's code runs: in this realm (inline, trusted) or locked away (isolated). Both behave alike: one
 * conformance suite holds them to it.
 */
export interface ExtensionHost extends Disposable {
  /**
   * Loads the code and activates it.
   * @throws PoseCoachError `EXTENSION_FAILED` when it throws, rejects, does not settle in time or is no extension
   */
  start(request: StartRequest): Promise<RunningExtension>;
}

export interface StartRequest {
  readonly manifest: ExtensionManifest;
  readonly code: ExtensionCode;
  /** What was granted. */
  readonly permissions: readonly Permission[];
  /** All settings, complete. */
  readonly settings: SettingValues;
  readonly services: ExtensionServices;
  /** Aborting ends the start, or the running extension, without asking it. */
  readonly signal: AbortSignal;
}

/** A module that was imported by the embedder (trusted), or the text of one (isolated). */
export type ExtensionCode =
  | { readonly kind: 'module'; readonly module: AnyExtensionModule }
  | { readonly kind: 'text'; readonly text: string };

/** What a host asks of the outside on behalf of its extension. Permissions are checked there, not inside. */
export interface ExtensionServices {
  log(level: LogLevel, message: string): void;
  executeCommand(id: string, values: readonly JsonValue[]): Promise<JsonValue | undefined>;
  stateGet(key: string): Promise<JsonValue | undefined>;
  stateSet(key: string, value: JsonValue | undefined): Promise<void>;
  stateKeys(): Promise<readonly string[]>;
  /** Bytes that nobody else holds, here and below: a host may hand them on for good. */
  asset(path: string): Promise<ArrayBuffer>;
  fetch(url: string, request: NetworkRequest): Promise<NetworkResponse>;
  /**
   * The extension can go on no longer (it stalls, has crashed, broke the protocol, rejected unhandled): it is stopped
   * already. `ABORTED` says that it went down with another one that crashed the process they share: not its fault.
   */
  failed(error: PoseCoachError): void;
}

export type LogLevel = 'info' | 'warn' | 'error';

/** An activated extension. After a failure every call rejects or throws with the same error. */
export interface RunningExtension {
  /**
   * Runs every registered analyzer, then every rule in code, on one frame. Inline it answers at once, isolated with
   * a promise. At most one step is under way; a new epoch resets what remembers before it runs.
   * @throws PoseCoachError `EXTENSION_FAILED`
   */
  step(input: StepInput): StepOutput | Promise<StepOutput>;
  /** Sums up the take and forgets it. By analyzer id. @throws PoseCoachError `EXTENSION_FAILED` */
  finish(): Readonly<Record<string, TakeSummary>> | Promise<Readonly<Record<string, TakeSummary>>>;
  /** @throws PoseCoachError `COMMAND_NOT_FOUND` when it is not registered, `COMMAND_FAILED` */
  runCommand(id: string, values: readonly JsonValue[]): Promise<JsonValue | undefined>;
  /** New settings, complete, and the ids of those that changed. */
  configure(settings: SettingValues, changed: readonly string[]): void;
  /** Filters and engines that it has registered; always empty where code is isolated. */
  readonly filters: ReadonlyMap<string, FilterFactory>;
  readonly estimators: ReadonlyMap<string, PoseEstimatorFactory>;
  /** Calls `deactivate` (waits two seconds at most), disposes the subscriptions, releases the rest. Never rejects. */
  stop(): Promise<void>;
}

export interface StepInput {
  /** Poses and hands of those that the extension may not see are left out already. */
  readonly frame: PoseFrame;
  /** Empty without the permission `audio`. */
  readonly beats: readonly Beat[];
  /** Readings of other extensions since the last step. */
  readonly readings: readonly Reading[];
}

export interface StepOutput {
  /** Checked: metrics are declared by this extension, values fit, at most 256. */
  readonly readings: readonly Reading[];
  readonly proposals: readonly RuleProposal[];
  /** Milliseconds that the extension's own code took. */
  readonly cost: number;
}

/** What a rule in code proposes, with the rule's id. */
export interface RuleProposal extends CueProposal {
  readonly rule: string;
}
