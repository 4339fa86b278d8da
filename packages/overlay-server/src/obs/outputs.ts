import { type Clock, PoseCoachError } from '@pose-coach/core';
import * as v from 'valibot';
import { ANSWERS, OUTPUT_EVENT, OUTPUT_SETTLED, OUTPUT_STARTED, OUTPUT_STOPPED } from './obs-answers.ts';
import type { ObsConnection, ObsEventName } from './obs-connection.ts';
import { hasStatus } from './obs-refusal.ts';

/**
 * Milliseconds in which a recording or a stream must have begun or ended: less than a controller waits for its
 * answer, and much more than OBS needs when nothing is wrong.
 */
const SETTLED_WITHIN = 8000;

/** Streaming services of this type are whatever server was typed in. */
const CUSTOM_SERVICE = 'rtmp_custom';

/** Services of this type are chosen from OBS's list, and want a key. */
const LISTED_SERVICE = 'rtmp_common';

/**
 * Starts recording; resolves when OBS records, also when it did already.
 * @throws PoseCoachError as `ObsConnection.ask`; `OBS_FAILED` when it does not begin
 */
export async function startRecording(connection: ObsConnection, clock: Clock): Promise<void> {
  const state = await settle(connection, clock, 'RecordStateChanged', 'StartRecord');
  if (state === undefined || state.outputState === OUTPUT_STARTED) return;
  throw new PoseCoachError(
    'OBS_FAILED',
    'OBS did not begin to record. A message may be open there; see Settings → Output whether its recording folder exists and has room.',
  );
}

/**
 * Stops recording; resolves with the finished file, or with none when OBS did not record.
 * @throws PoseCoachError as `startRecording`
 */
export async function stopRecording(connection: ObsConnection, clock: Clock): Promise<string | undefined> {
  const state = await settle(connection, clock, 'RecordStateChanged', 'StopRecord');
  return state?.outputPath ?? undefined;
}

/**
 * Starts streaming; resolves when OBS is live, also when it was already.
 * @throws PoseCoachError as `startRecording`; `OBS_FAILED` when no service is set
 */
export async function startStreaming(connection: ObsConnection, clock: Clock): Promise<void> {
  const service = await connection.ask(ANSWERS.service, 'GetStreamServiceSettings');
  const { outputActive } = await connection.ask(ANSWERS.active, 'GetStreamStatus');
  // Without this OBS shows a message box that nobody sees who is in front of the studio.
  if (!outputActive && !hasService(service)) {
    throw new PoseCoachError(
      'OBS_FAILED',
      'No streaming service is set in OBS: choose it under Settings → Stream, connect the account or paste the key, and press Apply.',
    );
  }
  const state = await settle(connection, clock, 'StreamStateChanged', 'StartStream');
  if (state === undefined || state.outputState === OUTPUT_STARTED) return;
  throw new PoseCoachError(
    'OBS_FAILED',
    'OBS did not get through to the streaming service: see the message in OBS, and server and key under Settings → Stream.',
  );
}

/** Stops streaming; resolves when OBS has, or did not stream. @throws PoseCoachError as `startRecording` */
export async function stopStreaming(connection: ObsConnection, clock: Clock): Promise<void> {
  await settle(connection, clock, 'StreamStateChanged', 'StopStream');
}

function hasService({
  streamServiceType,
  streamServiceSettings,
}: v.InferOutput<typeof ANSWERS.service>): boolean {
  const { server, key } = streamServiceSettings;
  const given = (text: unknown) => typeof text === 'string' && text !== '';
  if (streamServiceType === LISTED_SERVICE) return given(key);
  if (streamServiceType === CUSTOM_SERVICE) return given(server);
  return true;
}

/**
 * Has OBS begin or end something, and waits for the event that says it has. Undefined when there was nothing to do.
 */
async function settle(
  connection: ObsConnection,
  clock: Clock,
  event: ObsEventName,
  request: 'StartRecord' | 'StopRecord' | 'StartStream' | 'StopStream',
): Promise<v.InferOutput<typeof OUTPUT_EVENT> | undefined> {
  // What was to begin may end at once, for instance for want of room.
  const ends = request.startsWith('Start') ? OUTPUT_SETTLED : [OUTPUT_STOPPED];
  let unlisten = () => {};
  let cancel = () => {};
  const settled = new Promise<v.InferOutput<typeof OUTPUT_EVENT>>((resolve, reject) => {
    unlisten = connection.on([event], (data) => {
      const state = v.safeParse(OUTPUT_EVENT, data);
      if (state.success && ends.includes(state.output.outputState)) resolve(state.output);
    });
    cancel = clock.delay(SETTLED_WITHIN, () => reject(unsettled()));
    void connection.closed.then(reject);
  });
  try {
    // Listened for before it is asked for: OBS may be quicker with the event than with the answer.
    await Promise.race([connection.tell(request), settled.then(() => undefined)]);
    return await settled;
  } catch (error) {
    if (hasStatus(error, 'outputRunning') || hasStatus(error, 'outputNotRunning')) return undefined;
    throw error;
  } finally {
    unlisten();
    cancel();
  }
}

function unsettled(): PoseCoachError {
  return new PoseCoachError(
    'OBS_FAILED',
    `OBS was asked, and has not done it within ${SETTLED_WITHIN / 1000} seconds: see whether a message is open there.`,
  );
}
