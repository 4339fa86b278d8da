import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { oneOf, switchAttribute, textAttribute, textOr } from '../base/attribute-values.ts';
import { FITS, type Fit } from '../draw/index.ts';
import type { ExtensionsInput } from '../extensions/extensions-input.ts';
import { defaultAssets, folderAddress } from './assets-address.ts';
import type { SourceKind } from './coach-state.ts';
import type { EngineSettings } from './lazy-engine.ts';
import { type SourceInput, type SourceSettings, sourceKind } from './open-source.ts';

/** Which properties mean another source, engine or stream when they change. */
export const SOURCE_PROPERTIES = ['source', 'device', 'sample', 'loop'] as const;
export const ENGINE_PROPERTIES = ['engine', 'model', 'hands', 'maxPoses', 'assets', 'workerUrl'] as const;
export const LIVE_PROPERTIES = ['live', 'publish', 'channel', 'token'] as const;

/** Everything that can be set on a `<pose-coach>`, and what follows from it. */
export class PoseCoachProperties extends LitElement {
  /** What to look at: as the attribute, or a file, a stream, or a source of your own. */
  @property({ converter: textOr('camera') }) source: SourceInput = 'camera';
  @property({ converter: textAttribute }) device: string | undefined;
  @property({ converter: textOr('lite') }) model = 'lite';
  @property({ converter: textOr('auto') }) engine = 'auto';
  @property({ converter: switchAttribute }) hands: boolean | undefined;
  @property({ attribute: 'max-poses', type: Number }) maxPoses: number | undefined;
  @property({ converter: switchAttribute }) mirror: boolean | undefined;
  @property({ converter: (value) => oneOf(FITS, value, 'contain') }) fit: Fit = 'contain';
  @property({ converter: switchAttribute }) trails: boolean | undefined;
  @property({ converter: switchAttribute }) loop: boolean | undefined;
  @property({ converter: switchAttribute }) autostart: boolean | undefined;
  @property({ converter: switchAttribute }) controls: boolean | undefined;
  @property({ converter: switchAttribute }) stats: boolean | undefined;
  @property({ converter: switchAttribute }) angles: boolean | undefined;
  @property({ converter: textAttribute }) assets: string | undefined;
  @property({ attribute: 'worker-url', converter: textAttribute }) workerUrl: string | undefined;
  @property({ converter: textAttribute }) sample: string | undefined;
  @property({ converter: textAttribute }) publish: string | undefined;
  @property({ converter: textAttribute }) channel: string | undefined;
  @property({ converter: textAttribute }) token: string | undefined;
  @property({ converter: switchAttribute }) live: boolean | undefined;
  @property({ attribute: 'frame-url', converter: textAttribute }) frameUrl: string | undefined;
  /** Addresses as in the attribute, a list of sources, or a set of your own, which stays yours to dispose. */
  @property({ converter: textAttribute }) extensions: ExtensionsInput | undefined;

  /** What kind of source is set. */
  protected get kind(): SourceKind {
    return sourceKind(this.source);
  }

  /** Whether the picture is mirrored: as set, and otherwise as people expect of their own camera. */
  protected get mirrored(): boolean {
    return this.mirror ?? this.kind === 'camera';
  }

  protected get engineSettings(): EngineSettings {
    const { engine, model, hands = true, maxPoses, workerUrl } = this;
    const worker = workerUrl === undefined ? undefined : new URL(workerUrl, document.baseURI).href;
    return { engine, model, hands, maxPoses: maxPoses || 1, assets: this.#assets, workerUrl: worker };
  }

  protected get sourceSettings(): SourceSettings {
    return {
      input: this.source,
      deviceId: this.device,
      sample: this.sample ?? `${this.#assets}${SAMPLE_FILE}`,
      loop: this.loop,
    };
  }

  get #assets(): string {
    return folderAddress(this.assets ?? defaultAssets());
  }
}

/** The sample's name in the `assets` folder. */
const SAMPLE_FILE = 'sample-dance.poses';
