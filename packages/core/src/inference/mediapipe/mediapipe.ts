import { type Clock, PoseCoachError, systemClock, toPoseCoachError } from '../../base/index.ts';
import { aborted, ByteMeter, defaultAssets, fetchAsset, modelFinder } from '../assets/index.ts';
import type {
  EstimatorInfo,
  EstimatorOptions,
  PoseEstimator,
  PoseEstimatorFactory,
} from '../pose-estimator.ts';
import { type EngineFiles, EngineMaker } from './engine-maker.ts';
import { EventBuffer } from './event-buffer.ts';
import { HandLane } from './hand-lane.ts';
import { KeptEngine } from './kept-engine.ts';
import { BODY_LANDMARK_COUNT } from './landmark-counts.ts';
import { MediapipeEstimator } from './mediapipe-estimator.ts';
import { type MediapipeOptions, type Settings, toSettings } from './options.ts';

/**
 * Share of the time that hands may keep a worker busy: on two cores the body and the page keep most of theirs.
 * On the page's thread every millisecond for hands is one that the body and the display wait.
 */
const HAND_LOAD = { worker: 0.5, main: 0.25 };

/** MediaPipe's default for each threshold of the hand networks. */
const HAND_THRESHOLD = 0.5;

/** The one build of MediaPipe's WASM that runs in module workers. */
const WASM_FILE = 'wasm/vision_wasm_module_internal.wasm';

/**
 * MediaPipe's pose landmarker as an engine for `estimatePoses`: in a worker, with both hands beside it if wanted.
 *
 * ```ts
 * camera().pipe(estimatePoses(mediapipe({ model: 'lite', assets: '/pose-coach/' })))
 * ```
 *
 * Its `create` throws `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ENGINE_UNSUPPORTED` (no WebGL 2, no WebAssembly SIMD),
 * `ENGINE_FAILED` and `ABORTED`. Missing hands are no reason to fail: a `degraded` event tells of them.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function mediapipe(options: MediapipeOptions = {}): PoseEstimatorFactory {
  const settings = toSettings(options);
  return { create: (wishes) => create(settings, wishes, systemClock) };
}

async function create(settings: Settings, wishes: EstimatorOptions, clock: Clock): Promise<PoseEstimator> {
  const { signal } = wishes;
  if (signal.aborted) throw aborted(signal.reason);
  // Loaded when used: it is the whole engine's code, as a string.
  const { default: source, wasm } = await import('virtual:mediapipe-worker');
  const code = engineCode(source, settings.workerUrl);
  const events = new EventBuffer();
  const maker = new EngineMaker(code.url, settings, events, clock);
  const downloads = new AbortController();
  let release: () => unknown = () => {
    downloads.abort();
    maker.close();
    code.revoke();
  };
  const onAbort = () => release();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    // Both begin at once: a browser that cannot run the engine says so before megabytes are loaded.
    const downloading = download(settings, wasm, downloads.signal, wishes, events);
    downloading.catch(() => undefined);
    await maker.decide();
    const engines = await startEngines(settings, maker, await downloading, events, clock);
    const estimator = new MediapipeEstimator({
      info: describe(settings, maker),
      ...engines,
      thread: maker.thread,
      events,
      clock,
      onDispose: () => {
        maker.close();
        code.revoke();
        signal.removeEventListener('abort', onAbort);
      },
    });
    release = () => estimator.dispose();
    if (signal.aborted) throw aborted(signal.reason);
    return estimator;
  } catch (error) {
    release();
    signal.removeEventListener('abort', onAbort);
    throw signal.aborted ? aborted(error) : creationError(error);
  }
}

/** The engine's code at an address that can be started: the one given, or a blob that lives as long as the estimator. */
function engineCode(source: string, workerUrl: string | URL | undefined): { url: string; revoke(): void } {
  if (workerUrl !== undefined) {
    return { url: new URL(workerUrl, globalThis.location.href).href, revoke: () => undefined };
  }
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return { url, revoke: () => URL.revokeObjectURL(url) };
}

interface Files {
  readonly body: EngineFiles;
  readonly hands: EngineFiles | undefined;
}

async function download(
  settings: Settings,
  wasm: { readonly bytes: number; readonly sha256: string },
  signal: AbortSignal,
  wishes: EstimatorOptions,
  events: EventBuffer,
): Promise<Files> {
  const base = baseOf(settings.assets ?? defaultAssets());
  const meter = new ByteMeter((loaded, total) => wishes.onProgress(loaded, total));
  const find = await modelFinder(base, signal);
  const [loader, body, hands] = await Promise.all([
    fetchAsset({ url: new URL(WASM_FILE, base).href, ...wasm }, signal, meter),
    fetchAsset(find(`pose_landmarker_${settings.model}.task`), signal, meter),
    settings.handRate > 0
      ? fetchAsset(find('hand_landmarker.task'), signal, meter).catch((error: unknown) => {
          events.degraded(withoutHands(error));
          return undefined;
        })
      : undefined,
  ]);
  return { body: { wasm: loader, model: body }, hands: hands && { wasm: loader, model: hands } };
}

/** A base address names a folder, with or without its last slash; an empty one is the page's own folder. */
function baseOf(assets: string | URL): URL {
  const address = String(assets);
  return new URL(address === '' ? '.' : address.replace(/\/?$/, '/'), globalThis.location.href);
}

async function startEngines(
  settings: Settings,
  maker: EngineMaker,
  files: Files,
  events: EventBuffer,
  clock: Clock,
): Promise<{ body: KeptEngine; hands: HandLane | undefined }> {
  const { inputSize, maxPoses, thresholds } = settings;
  const body = KeptEngine.start(
    () => maker.make({ task: 'body', limit: maxPoses, inputSize, ...thresholds }, files.body),
    (event) => events.fire(event),
    clock,
  );
  const hands = files.hands && startHands(settings, maker, files.hands, events, clock);
  return { body: await body, hands: await hands };
}

/** Hands that cannot be had are told of and done without. */
async function startHands(
  settings: Settings,
  maker: EngineMaker,
  files: EngineFiles,
  events: EventBuffer,
  clock: Clock,
): Promise<HandLane | undefined> {
  const thresholds = { detection: HAND_THRESHOLD, presence: HAND_THRESHOLD, tracking: HAND_THRESHOLD };
  const { inputSize, maxPoses } = settings;
  const give = (error: unknown) => events.degraded(withoutHands(error));
  try {
    const engine = await KeptEngine.start(
      () => maker.make({ task: 'hands', limit: 2 * maxPoses, inputSize, ...thresholds }, files),
      (event) => events.fire(event),
      clock,
    );
    return new HandLane(engine, { rate: settings.handRate, load: HAND_LOAD[maker.thread], clock }, give);
  } catch (error) {
    give(error);
    return undefined;
  }
}

function withoutHands(error: unknown): PoseCoachError {
  const failure = toPoseCoachError(error, 'ENGINE_FAILED', 'Their engine did not start.');
  return new PoseCoachError(failure.code, `Hands are left out: ${failure.message}`, { cause: error });
}

function describe(settings: Settings, maker: EngineMaker): EstimatorInfo {
  return {
    engine: 'mediapipe',
    model: settings.model,
    backend: maker.delegate === 'GPU' ? 'webgl' : 'wasm',
    landmarks: BODY_LANDMARK_COUNT,
    why: maker.why,
  };
}

/** An engine that dies before it ever ran has not crashed: it failed to start. */
function creationError(error: unknown): PoseCoachError {
  const failure = toPoseCoachError(error, 'ENGINE_FAILED', 'The engine could not be started.');
  if (failure.code !== 'ENGINE_CRASHED') return failure;
  return new PoseCoachError('ENGINE_FAILED', `${failure.message} Reload the page, or choose another model.`, {
    cause: failure,
  });
}
