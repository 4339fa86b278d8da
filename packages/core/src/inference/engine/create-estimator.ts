import { type Clock, PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import { aborted } from '../assets/index.ts';
import { DEFAULT_THRESHOLD, type SharedSettings } from '../engine-options.ts';
import type { EstimatorOptions, PoseEstimator } from '../pose-estimator.ts';
import { EngineEstimator } from './engine-estimator.ts';
import type { EngineSettings } from './engine-messages.ts';
import type { EngineSource, EngineWishes } from './engine-source.ts';
import { EventBuffer } from './event-buffer.ts';
import { HandLane } from './hand-lane.ts';
import { filmPace, livePace } from './hand-pace.ts';
import { KeptEngine } from './kept-engine.ts';

/**
 * Share of the time that hands may keep a worker busy: on two cores the body and the page keep most of theirs.
 * On the page's thread every millisecond for hands is one that the body and the display wait.
 */
const HAND_LOAD = { worker: 0.5, main: 0.25 };

/**
 * Makes an estimator of one engine for bodies and, if wanted, one for hands. Hands that cannot be had are told of
 * and done without.
 * @throws PoseCoachError what `open`, `decide` and the body's `make` throw, `ENGINE_FAILED`, `ABORTED`
 */
export async function createEstimator(
  open: (wishes: EngineWishes) => EngineSource | Promise<EngineSource>,
  settings: SharedSettings,
  { signal, onProgress }: EstimatorOptions,
  clock: Clock,
): Promise<PoseEstimator> {
  if (signal.aborted) throw aborted(signal.reason);
  const events = new EventBuffer();
  const source = await open({ onProgress: (loaded, total) => onProgress(loaded, total), events, clock });
  let release: () => unknown = () => source.close();
  const onAbort = () => release();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal.aborted) throw aborted(signal.reason);
    await source.decide();
    const { maxPoses, inputSize, thresholds } = settings;
    const keep = (wanted: EngineSettings) =>
      KeptEngine.start(
        () => source.make(wanted),
        (event) => events.fire(event),
        clock,
      );
    const hands = settings.handRate > 0 ? startHands(keep, source, settings, events, clock) : undefined;
    const body = await keep({ task: 'body', limit: maxPoses, inputSize, ...thresholds });
    const estimator = new EngineEstimator({
      source,
      body,
      hands: await hands,
      events,
      clock,
      onDispose: () => {
        source.close();
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

async function startHands(
  keep: (settings: EngineSettings) => Promise<KeptEngine>,
  { thread, awaitsHands }: EngineSource,
  { maxPoses, inputSize, handRate }: SharedSettings,
  events: EventBuffer,
  clock: Clock,
): Promise<HandLane | undefined> {
  const leaveOut = (error: unknown) => {
    const failure = toPoseCoachError(error, 'ENGINE_FAILED', 'Their engine did not start.');
    events.degraded(
      new PoseCoachError(failure.code, `Hands are left out: ${failure.message}`, { cause: error }),
    );
  };
  try {
    const engine = await keep({
      task: 'hands',
      limit: 2 * maxPoses,
      inputSize,
      detection: DEFAULT_THRESHOLD,
      presence: DEFAULT_THRESHOLD,
      tracking: DEFAULT_THRESHOLD,
    });
    const pace = awaitsHands
      ? filmPace(handRate)
      : livePace({ rate: handRate, load: HAND_LOAD[thread], clock });
    return new HandLane(engine, pace, leaveOut);
  } catch (error) {
    leaveOut(error);
    return undefined;
  }
}

/** An engine that dies before it ever ran has not crashed: it failed to start. */
function creationError(error: unknown): PoseCoachError {
  const failure = toPoseCoachError(error, 'ENGINE_FAILED', 'The engine could not be started.');
  if (failure.code !== 'ENGINE_CRASHED') return failure;
  return new PoseCoachError('ENGINE_FAILED', `${failure.message} Reload the page, or choose another model.`, {
    cause: failure,
  });
}
