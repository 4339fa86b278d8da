import type { Disposable } from '@pose-coach/core';
import * as v from 'valibot';
import { OUTPUT_EVENT, OUTPUT_STARTED, OUTPUT_STOPPED } from './obs-answers.ts';
import type { ObsConnection } from './obs-connection.ts';

/**
 * Whether OBS records and streams, by its events; undefined until there was one. When it tells that it has stopped,
 * it answers for some milliseconds more that it has not.
 */
export class OutputStates implements Disposable {
  recording: boolean | undefined;
  streaming: boolean | undefined;
  readonly dispose: () => void;

  constructor(connection: ObsConnection) {
    const unlisten = [
      connection.on(['RecordStateChanged'], (data) => {
        this.recording = runs(data) ?? this.recording;
      }),
      connection.on(['StreamStateChanged'], (data) => {
        this.streaming = runs(data) ?? this.streaming;
      }),
    ];
    this.dispose = () => {
      for (const each of unlisten) each();
    };
  }
}

/** Whether an output has begun or ended; undefined for what lies between. */
function runs(event: unknown): boolean | undefined {
  const state = v.safeParse(OUTPUT_EVENT, event);
  if (!state.success) return undefined;
  if (state.output.outputState === OUTPUT_STARTED) return true;
  return state.output.outputState === OUTPUT_STOPPED ? false : undefined;
}
