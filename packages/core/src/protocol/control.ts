import type { JsonValue } from '../base/index.ts';
import type { ObsSetupStep, ObsSource, ObsStatus, StageChange, TriggerAction } from '../stage/index.ts';

/** Nothing to say. */
type Nothing = Readonly<Record<string, never>>;

/** Everything a controller (the studio, the editor, the dock) can ask of the server: parameters and answer, by method. */
export interface ControlMethods {
  /**
   * Changes the stage. Refused with `STAGE_OUTDATED` when a scene of the change was changed by somebody else after
   * revision `base`.
   */
  'stage.change': {
    readonly params: { readonly change: StageChange; readonly base: number };
    readonly result: { readonly revision: number };
  };
  /** The address of an overlay that shows one scene, or, without `scene`, the current one. */
  'overlay.link': {
    readonly params: { readonly scene?: string };
    readonly result: { readonly overlay: string };
  };
  /** Score and combo start again. */
  'score.reset': { readonly params: Nothing; readonly result: Nothing };
  /** Does what a trigger of the current stage would do, or, dry, only says what that is. */
  'trigger.test': {
    readonly params: { readonly scene: string; readonly trigger: string; readonly dry: boolean };
    readonly result: { readonly outcomes: readonly TriggerOutcome[] };
  };
  /** Runs a command where the channel is published from. */
  'command.run': {
    readonly params: { readonly command: string; readonly values: readonly JsonValue[] };
    readonly result: Nothing;
  };
  /** Origins that webhooks may go to. */
  'webhook.origins': { readonly params: Nothing; readonly result: { readonly origins: readonly string[] } };
  /** Milliseconds from camera to painted overlay over the last seconds; see `PaintedMessage`. */
  'delay.measure': { readonly params: Nothing; readonly result: DelayMeasurement };

  /** Looks for an OBS on the server's own machine: whether its WebSocket server is on, and where. */
  'obs.find': {
    readonly params: Nothing;
    readonly result: { readonly found: boolean; readonly address?: string; readonly message: string };
  };
  /**
   * Connects, and goes on trying. Without an address, to the OBS of the server's own machine, with the password
   * from its own settings. The password is kept by the server alone.
   */
  'obs.connect': {
    readonly params: { readonly address?: string; readonly password?: string; readonly remember: boolean };
    readonly result: { readonly status: ObsStatus };
  };
  /** Disconnects, and forgets address and password. */
  'obs.disconnect': { readonly params: Nothing; readonly result: Nothing };
  /** Scene and browser source as they should be; a second time changes nothing. */
  'obs.setup': {
    readonly params: {
      /** OBS scene; made when it is not there. Absent: the one on air. */
      readonly scene?: string;
      /** Scene of the stage that the source shows; absent: the current one. */
      readonly stageScene?: string;
    };
    readonly result: { readonly steps: readonly ObsSetupStep[] };
  };
  'obs.sources': { readonly params: Nothing; readonly result: { readonly sources: readonly ObsSource[] } };
  /** Shows or hides our browser sources in the scene on air. */
  'obs.show': { readonly params: { readonly visible: boolean }; readonly result: Nothing };
  /** Reloads our browser sources, as “Refresh cache of current page” does: for one that is black. */
  'obs.refresh': { readonly params: Nothing; readonly result: Nothing };
  'obs.scene': { readonly params: { readonly scene: string }; readonly result: Nothing };
  'obs.record': {
    readonly params: { readonly to: 'start' | 'stop' };
    /** `file`: what was recorded, when stopped. */
    readonly result: { readonly file?: string };
  };
  'obs.stream': { readonly params: { readonly to: 'start' | 'stop' }; readonly result: Nothing };
  /** A chapter in the recording, or, where OBS has none, a line in a text file beside the stage. */
  'obs.chapter': {
    readonly params: { readonly title: string };
    readonly result: { readonly how: 'chapter' | 'file'; readonly file?: string };
  };
  /** Gives a source a Render Delay filter of so many milliseconds, or sets the one it has. */
  'obs.delay': {
    readonly params: { readonly source: string; readonly milliseconds: number };
    readonly result: { readonly step: ObsSetupStep };
  };
}

export type ControlMethod = keyof ControlMethods;
/** Those that need an OBS. */
export type ObsMethod = Extract<ControlMethod, `obs.${string}`>;
export type ControlParams<Method extends ControlMethod> = ControlMethods[Method]['params'];
export type ControlResult<Method extends ControlMethod> = ControlMethods[Method]['result'];

/** What became of one action. */
export interface TriggerOutcome {
  readonly action: TriggerAction;
  readonly ok: boolean;
  /** What was, or would be, done; or why not, and what to do. */
  readonly message: string;
}

/** `median` and `longest` are absent where no overlay has painted anything lately; then `message` says what to do. */
export interface DelayMeasurement {
  /** Milliseconds from capture to paint, over all overlays of the channel. */
  readonly median?: number;
  readonly longest?: number;
  readonly overlays: number;
  readonly message: string;
}
