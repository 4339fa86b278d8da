/** What browser tests ask of the bare engine. */
export interface BareEngineRequest {
  /** Address of the engine's module. */
  readonly engine: string;
  readonly task: 'pose' | 'hand';
  /** Address of the bundle. */
  readonly model: string;
  readonly pictures: readonly ImageBitmap[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly visibility: number;
}

/** One person or one hand. */
export interface FoundLandmarks {
  /** x and y in parts of the picture. */
  readonly image: readonly Point[];
  /** In metres. */
  readonly world: readonly Point[];
  /** The engine's word for the side of a hand, `Left` or `Right`; empty for a person. */
  readonly side: string;
}

/** For each picture who was found in it, or what went wrong. */
export type BareEngineAnswer = { readonly found: FoundLandmarks[][] } | { readonly fault: string };
