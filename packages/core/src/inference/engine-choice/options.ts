import type { EngineOptions } from '../engine-options.ts';
import type { MediapipeOptions } from '../mediapipe/index.ts';
import type { OnnxOptions } from '../onnx/index.ts';
import type { EngineName } from './preference.ts';

export interface EngineChoiceOptions extends Omit<EngineOptions, 'workerUrl'> {
  /**
   * `mediapipe` or `onnx` is that engine or an error. `auto` (the default) takes MediaPipe where WebGL 2 works,
   * and ONNX Runtime where it does not or where it is faster: where no graphics card draws and the page is
   * cross-origin isolated with two cores or more (four with hands), so that several threads calculate. If the
   * preferred one does not start, it takes the other.
   */
  readonly engine?: 'auto' | EngineName;
  /**
   * Size of the network: `lite` (the default) for speed, `full` for accuracy, `heavy` for recordings. The heavy one is
   * not part of the models package; its README says how to make it.
   */
  readonly model?: 'lite' | 'full' | 'heavy';
  /** What only MediaPipe's engine is told. */
  readonly mediapipe?: Pick<MediapipeOptions, 'delegate' | 'workerUrl'>;
  /** What only the engine on ONNX Runtime is told. */
  readonly onnx?: Pick<OnnxOptions, 'backend' | 'threads' | 'workerUrl'>;
}

/** What both engines are told, without what is only for one of them. */
export function sharedOptions(
  options: EngineChoiceOptions,
): Omit<EngineChoiceOptions, 'engine' | 'mediapipe' | 'onnx'> {
  const { engine, mediapipe, onnx, ...shared } = options;
  return shared;
}
