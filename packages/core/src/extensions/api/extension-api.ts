import type { AnalyzerFactory, Reading } from '../../analysis/index.ts';
import type { Disposable, Event, JsonValue } from '../../base/index.ts';
import type { RuleFactory } from '../../feedback/index.ts';
import type { PoseEstimatorFactory } from '../../inference/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { FilterFactory } from '../../smoothing/index.ts';

/** What the module that a manifest's `main` names exports. */
export interface ExtensionModule<Settings extends SettingsShape<Settings> = SettingValues> {
  /**
   * Called once, when something the extension contributes is wanted for the first time: register it here. Throwing
   * or rejecting is a failed activation; so is taking longer than ten seconds.
   */
  activate(context: ExtensionContext<Settings>, coach: PoseCoachApi): void | Promise<void>;
  /** Called when the extension is switched off. Everything in `context.subscriptions` is disposed afterwards. */
  deactivate?(): void | Promise<void>;
}

/** A module whatever its settings are, as those take it who run it and do not call it. */
export type AnyExtensionModule = ExtensionModule<never>;

/** Settings by id, as `contributes.configuration` declares them. */
export type SettingValues = Readonly<Record<string, JsonValue>>;

/** What a type of settings must fulfil, whether it is an interface or a type: every value is JSON. */
export type SettingsShape<Settings> = Readonly<Record<keyof Settings, JsonValue>>;

/**
 * What is an extension's own. `Settings` types its configuration: `ExtensionContext<{ 'hello.height': number }>`, or
 * an interface of that shape.
 */
export interface ExtensionContext<Settings extends SettingsShape<Settings> = SettingValues> {
  /** Who one is: the npm name, the prefix of one's ids, the version. */
  readonly extension: { readonly id: string; readonly prefix: string; readonly version: string };
  /** Disposed when the extension is switched off. Push whatever a registration returns. */
  readonly subscriptions: Disposable[];
  readonly configuration: Configuration<Settings>;
  /** Kept across visits. Needs the permission `storage`. */
  readonly globalState: GlobalState;
  /** Shown among the extension's diagnostics. */
  readonly log: Log;
  /** What was granted, of what the manifest asks for. */
  readonly permissions: readonly string[];
  /**
   * A file of the extension's own package that its manifest names in `assets`.
   * @param path relative to the manifest, for example `./sounds/bell.mp3`
   * @throws PoseCoachError `ASSET_NOT_FOUND`, also for a file that is not named; `OPTION_INVALID` for a path that leaves the package
   */
  asset(path: string): Promise<ArrayBuffer>;
  /**
   * Asks a server, without cookies. Needs the permission `network:<origin>`.
   * @throws PoseCoachError `PERMISSION_DENIED`, naming the permission; `CONNECTION_LOST`
   */
  fetch(url: string, request?: NetworkRequest): Promise<NetworkResponse>;
}

export interface NetworkRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | ArrayBuffer;
}

export interface NetworkResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ArrayBuffer;
}

/** The extension's settings as they are now: always complete and valid, because each has a default and a schema. */
export interface Configuration<Settings extends SettingsShape<Settings> = SettingValues> {
  /** @throws PoseCoachError `SETTING_INVALID` for an id that the manifest does not declare */
  get<Id extends keyof Settings & string>(id: Id): Settings[Id];
  /** The ids of the settings that have just changed. */
  readonly onDidChange: Event<readonly string[]>;
}

/** A small store that outlives the page. @throws PoseCoachError `PERMISSION_DENIED` without the permission `storage` */
export interface GlobalState {
  get(key: string): Promise<JsonValue | undefined>;
  /** Setting `undefined` forgets the key. @throws PoseCoachError `STORAGE_FAILED` when full (256 kB per extension) */
  set(key: string, value: JsonValue | undefined): Promise<void>;
  keys(): Promise<readonly string[]>;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * What Pose Coach offers to extensions. Registering needs the id to be declared in the manifest, and gives back a
 * `Disposable` that takes it away again.
 * @throws PoseCoachError `MANIFEST_INVALID` for an id that is not declared or is registered already
 */
export interface PoseCoachApi {
  readonly apiVersion: 1;
  readonly analyzers: Registrar<AnalyzerFactory>;
  /** Rules in code; rules as data need no registration. */
  readonly feedback: Registrar<RuleFactory>;
  readonly commands: Commands;
  /** Steps between smoothing and analysis. Trusted extensions only: `EXTENSION_UNTRUSTED` otherwise. */
  readonly filters: Registrar<FilterFactory>;
  /** Engines. Trusted extensions only: `EXTENSION_UNTRUSTED` otherwise. */
  readonly estimators: Registrar<PoseEstimatorFactory>;
  /** Frames as analyzers see them, with what the extension's permissions allow: live, the newest. */
  readonly onFrame: Event<PoseFrame>;
  /** Readings of every extension, this one's included, as they become known. */
  readonly onReadings: Event<readonly Reading[]>;
}

export interface Registrar<T> {
  register(id: string, contribution: T): Disposable;
}

/** What a command does. Arguments and result are JSON. */
export type CommandHandler = (
  ...values: readonly JsonValue[]
) => JsonValue | undefined | Promise<JsonValue | undefined>;

export interface Commands extends Registrar<CommandHandler> {
  /**
   * Runs a command of any extension that is switched on, and activates that first if need be.
   * @throws PoseCoachError `COMMAND_NOT_FOUND`, `COMMAND_FAILED` (with what went wrong; also after ten seconds)
   */
  execute(id: string, ...values: readonly JsonValue[]): Promise<JsonValue | undefined>;
}
