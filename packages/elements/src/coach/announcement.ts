import type { LiveState, PoseCoachState, SourceKind } from './coach-state.ts';
import { errorAdvice } from './error-advice.ts';

/** What a screen reader is told when the state changes: one sentence, and none for mere progress. */
export function announcement(state: PoseCoachState, kind: SourceKind | undefined): string {
  switch (state.status) {
    case 'idle':
      return '';
    case 'loading':
      return 'Loading.';
    case 'running':
      return kind === 'recording' ? 'Playing a recording.' : 'Running: poses are being found.';
    case 'paused':
      return 'Paused.';
    case 'ended':
      return 'The end has been reached.';
    case 'reconnecting':
      return 'The camera is gone. Waiting for it to come back.';
    case 'error': {
      const { title, advice } = errorAdvice(state.error.code);
      return `${title}. ${advice}`;
    }
  }
}

/** The same for the stream. */
export function liveAnnouncement(live: LiveState): string {
  return live.status === 'off' ? 'Not live.' : `${liveLabel(live)}.`;
}

/** The stream's status in as few words as a badge has room for. */
export function liveLabel(live: LiveState): string {
  switch (live.status) {
    case 'off':
      return 'Off air';
    case 'connecting':
      return 'Connecting…';
    case 'live':
      return 'Live';
    case 'waiting':
      return 'No server, trying again…';
    case 'replaced':
    case 'refused':
      return errorAdvice(live.error.code).title;
  }
}
