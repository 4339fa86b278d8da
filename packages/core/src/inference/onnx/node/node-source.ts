import type { Clock } from '../../../base/index.ts';
import { type FrameImage, RawImage } from '../../../capture/index.ts';
import {
  Engine,
  type EngineFiles,
  type EngineSettings,
  type EngineSource,
  type EngineWishes,
  type Landmarker,
  linkInProcess,
  type RunningEngine,
  type StartLandmarker,
} from '../../engine/index.ts';
import type { EstimatorInfo } from '../../pose-estimator.ts';
import type { PixelPicture } from '../pixels/pixel-picture.ts';
import { describeModel, networksOf, startTracking, type TrackingSettings } from '../start-tracking.ts';
import { type ChosenBackend, chooseBackend } from './choose-backend.ts';
import { ModelFiles } from './model-files.ts';
import type { NodeSettings } from './node-settings.ts';

/** Pixels on either side of the picture that networks are warmed up with: what is in it does not matter. */
const BLANK_SIZE = 64;

/** The ONNX engines of one estimator in Node: the models, and what they are calculated with. */
export class NodeSource implements EngineSource {
  readonly thread = 'main';
  readonly awaitsHands = true;
  readonly #settings: NodeSettings;
  readonly #clock: Clock;
  readonly #files: ModelFiles;
  readonly #models: ReadonlyMap<string, Promise<Blob>>;
  readonly #engines = new Set<Engine<TrackingSettings>>();
  #chosen: ChosenBackend | undefined;

  /** Begins to load the models. */
  constructor(settings: NodeSettings, { onProgress, clock }: EngineWishes) {
    const { model, handRate, assets } = settings;
    this.#settings = settings;
    this.#clock = clock;
    this.#files = new ModelFiles(assets, onProgress);
    const body = networksOf({ task: 'body', model });
    const hands = handRate > 0 ? networksOf({ task: 'hands', model }) : [];
    this.#models = new Map([...body, ...hands].map(({ file }) => [file, this.#files.model(file)]));
  }

  get info(): EstimatorInfo {
    return {
      engine: 'onnx',
      ...describeModel(this.#settings.model),
      backend: this.#chosen?.name ?? 'native',
      why: this.#chosen?.why ?? '',
    };
  }

  async decide(): Promise<void> {
    const { backend, threads } = this.#settings;
    this.#chosen = await chooseBackend(backend, threads);
  }

  async make(settings: EngineSettings): Promise<RunningEngine> {
    const tracking = { ...settings, model: this.#settings.model };
    const files = await this.#filesOf(tracking);
    for (const engine of this.#engines) if (engine.ended) this.#engines.delete(engine);
    const engine = new Engine<TrackingSettings>(this.#clock);
    this.#engines.add(engine);
    try {
      await engine.open((listener) => linkInProcess(this.#start, listener));
      await engine.start(tracking, files);
      return engine;
    } catch (error) {
      void engine.stop();
      throw error;
    }
  }

  close(): void {
    this.#files.cancel();
    for (const engine of this.#engines) void engine.stop();
  }

  readonly #start: StartLandmarker<TrackingSettings, FrameImage> = async (settings, files) => {
    if (!this.#chosen) throw new Error('What it is calculated with has not been chosen.');
    const blank = new RawImage(new Uint8Array(4 * BLANK_SIZE ** 2), BLANK_SIZE, BLANK_SIZE);
    return onFrames(await startTracking(await this.#chosen.open(), settings, files, blank));
  };

  async #filesOf(settings: TrackingSettings): Promise<EngineFiles> {
    const entries = networksOf(settings).map(
      async ({ file }) => [file, await this.#models.get(file)] as const,
    );
    const files: Record<string, Blob> = {};
    for (const [file, blob] of await Promise.all(entries)) if (blob) files[file] = blob;
    return files;
  }
}

/** The landmarker of the frames themselves: they stay open while they are looked at, because nobody copies their pixels. */
function onFrames(landmarker: Landmarker<PixelPicture>): Landmarker<FrameImage> {
  return {
    read: async (image) => {
      // Refuses here what is closed or no picture.
      (await landmarker.read(image)).release();
      return image;
    },
    detect: async (image, timestamp) => landmarker.detect(await landmarker.read(image), timestamp),
    reset: () => landmarker.reset(),
    close: () => landmarker.close(),
  };
}
