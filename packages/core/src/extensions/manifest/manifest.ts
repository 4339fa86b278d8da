import type { AnalyzerInputName, MetricDeclaration, MetricId } from '../../analysis/index.ts';
import type { JsonValue } from '../../base/index.ts';
import type { DataRule } from '../../feedback/index.ts';
import type { OverlayLook } from '../api/overlay-api.ts';

/** The version of the extension API that this package speaks: an integer of its own. */
export const API_VERSION = 1;

/**
 * What an extension may ask for. `poses` and `hands` are granted without a question; `frames` and `obs` are
 * reserved: they are understood, and nothing gives them yet.
 */
export type Permission = 'poses' | 'hands' | 'audio' | 'storage' | 'frames' | 'obs' | `network:${string}`;

/** An extension's package.json as it was validated: its npm name is its id, defaults are filled in. */
export interface ExtensionManifest {
  /** The npm name. */
  readonly id: string;
  readonly version: string;
  /** For people: `displayName`, or the npm name. */
  readonly title: string;
  readonly description: string;
  readonly apiVersion: typeof API_VERSION;
  /** Owned by one extension: every id it contributes is `${prefix}.${name}`. */
  readonly prefix: string;
  /** The self-contained module, relative to the manifest; absent when data is all there is. */
  readonly main: string | undefined;
  /** The self-contained module of overlay widgets and themes, relative to the manifest; absent when there are none. */
  readonly overlay: string | undefined;
  /** The files that `context.asset` may read, relative to the manifest. */
  readonly assets: readonly string[];
  /** `onStartup`, `onFrame`, `onAnalyzer:<id>`, `onCommand:<id>`, `onMetric:<id>`; by default one for everything contributed in code. */
  readonly activationEvents: readonly string[];
  /** npm names of extensions that must be active before. */
  readonly dependencies: readonly string[];
  readonly permissions: readonly Permission[];
  readonly contributes: Contributions;
}

/** One list per contribution point. */
export interface Contributions {
  readonly analyzers: readonly AnalyzerDeclaration[];
  readonly metrics: readonly MetricDeclaration[];
  readonly feedback: readonly FeedbackDeclaration[];
  readonly commands: readonly CommandDeclaration[];
  readonly keybindings: readonly KeybindingDeclaration[];
  /** `contributes.configuration.properties` as a list, in the manifest's order. */
  readonly configuration: readonly SettingDeclaration[];
  readonly estimators: readonly PipelineDeclaration[];
  readonly filters: readonly PipelineDeclaration[];
  readonly overlayWidgets: readonly OverlayWidgetDeclaration[];
  readonly overlayThemes: readonly OverlayThemeDeclaration[];
}

export interface AnalyzerDeclaration {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Default: `['poses']`. Each needs the permission that gives it: `poses`, `hands`, or `audio` for `beats`. */
  readonly inputs: readonly AnalyzerInputName[];
  /** The metrics it reads; each declared in `metrics`. */
  readonly metrics: readonly MetricId[];
}

/** A rule as data, or the announcement of one in code. */
export type FeedbackDeclaration =
  | (DataRule & { readonly title?: string })
  | { readonly id: string; readonly title: string };

export interface CommandDeclaration {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** It cannot do without values: no button is offered for it; keys with `values`, pages and extensions run it. */
  readonly takesValues?: boolean;
}

export interface KeybindingDeclaration {
  /** Any extension's command. */
  readonly command: string;
  /** `t`, `shift+t`, `ctrl+alt+1`, `space`: modifiers in this order: ctrl, alt, shift, meta. */
  readonly key: string;
  readonly values?: readonly JsonValue[];
}

export interface SettingDeclaration {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly default: JsonValue;
  /** The JSON Schema that a value must pass, the default included. */
  readonly schema: Readonly<Record<string, JsonValue>>;
}

/** An engine or a filter. */
export interface PipelineDeclaration {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** Something that can be put on the stage. */
export interface OverlayWidgetDeclaration {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Stage pixels it takes when it is put there, on a canvas of 1920 × 1080. */
  readonly size: { readonly width: number; readonly height: number };
  /** `settings` as a list, in the manifest's order; ids are names of the widget's own, without the prefix. */
  readonly settings: readonly SettingDeclaration[];
}

/** A look for skeleton and widgets. */
export interface OverlayThemeDeclaration {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Each as `OverlayLook` has it, or the name of the theme's setting that holds it. */
  readonly look: {
    readonly [Name in keyof OverlayLook]: OverlayLook[Name] | { readonly setting: string };
  };
  readonly settings: readonly SettingDeclaration[];
}

/** One thing wrong with a manifest: where, what was expected, and what is there. */
export interface ManifestFault {
  /** A JSON pointer into package.json: `/poseCoach/contributes/metrics/0/kind`. */
  readonly path: string;
  /** In plain words: `one of gauge, bar, label, series, event`. */
  readonly expected: string;
  readonly message: string;
}

/** Faults refuse a manifest; warnings do not. */
export type ManifestReport =
  | { readonly ok: true; readonly manifest: ExtensionManifest; readonly warnings: readonly ManifestFault[] }
  | {
      readonly ok: false;
      readonly faults: readonly ManifestFault[];
      readonly warnings: readonly ManifestFault[];
    };
