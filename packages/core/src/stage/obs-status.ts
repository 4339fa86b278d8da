/** How the connection to OBS stands, as the studio and the dock show it. Never holds the password. */
export type ObsStatus =
  /** Nobody has asked for one. */
  | { readonly status: 'off' }
  | { readonly status: 'connecting'; readonly address: string }
  | (ObsConnected & { readonly status: 'connected'; readonly address: string })
  /** Lost or not there; tried again at `retryAt`, ms since the Unix epoch by the server's clock. */
  | {
      readonly status: 'waiting';
      readonly address: string;
      /** What happened and what to do, in plain words. */
      readonly message: string;
      readonly retryAt: number;
    }
  /** OBS will not have it, for instance for a wrong password: not tried again by itself. */
  | { readonly status: 'refused'; readonly address: string; readonly message: string };

/** The OBS at hand. */
export interface ObsConnected {
  /** For people: `30.2.0`. */
  readonly obsVersion: string;
  readonly websocketVersion: string;
  /** What it can do of what Pose Coach asks for. */
  readonly abilities: ObsAbilities;
  /** The scene that is on air. */
  readonly scene: string;
  readonly scenes: readonly string[];
  readonly recording: boolean;
  /** Milliseconds recorded so far, as OBS said last; absent when it does not record. */
  readonly recordedFor?: number;
  readonly streaming: boolean;
  readonly virtualCamera: boolean;
  /** Names of the browser sources that show an overlay of this server. */
  readonly overlays: readonly string[];
}

export interface ObsAbilities {
  readonly browserSource: boolean;
  readonly chapters: boolean;
  readonly renderDelay: boolean;
  readonly virtualCamera: boolean;
  /** Kind of a text source, as OBS names it; absent when there is none. */
  readonly textKind?: string;
}

/** One thing that setting up did, found as it should be, or could not do. */
export interface ObsSetupStep {
  /** In plain words: “Scene “Dance””, “Browser source “Pose Coach””. */
  readonly what: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'impossible';
  /** What was changed, or what to click instead. */
  readonly detail?: string;
}

export interface ObsSource {
  readonly name: string;
  readonly kind: string;
  readonly filters: readonly { readonly name: string; readonly kind: string }[];
}
