import { Observable } from 'rxjs';
import { type Clock, PoseCoachError, systemClock } from '../../base/index.ts';
import type { AudioSource, LiveAudio } from '../../capture/audio/index.ts';
import { ContextClock } from './context-clock.ts';
import { MUSIC_PROCESSOR, type WorkletOrder, type WorkletReport } from './worklet-messages.ts';

export interface ListeningOptions {
  /**
   * Where the page serves `@pose-coach/core/music-worklet.js`. Default: a blob, which works wherever the content
   * security policy's `script-src` has `blob:` or there is none.
   */
  readonly workletUrl?: string | URL;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** What comes of listening; times are ms since the Unix epoch. */
export type Heard =
  | WorkletReport
  /** The browser keeps sound asleep until somebody touches the page. */
  | { readonly type: 'suspended' }
  | { readonly type: 'running' };

/** What wakes a sleeping context up: browsers count these as a sign that somebody is there. */
const GESTURES = ['pointerdown', 'keydown', 'touchend'] as const;

/**
 * Listens to a source in an audio thread of its own. Unsubscribing closes it and lets the source go.
 * Errors as the source does, and with `AUDIO_UNSUPPORTED` where the audio thread cannot be had.
 */
export function listening(
  source: AudioSource,
  order: WorkletOrder,
  { workletUrl, clock = systemClock }: ListeningOptions,
): Observable<Heard> {
  return new Observable((subscriber) => {
    const context = openContext();
    subscriber.add(() => {
      context.close().catch((error: unknown) => console.warn('An audio context did not close:', error));
    });
    const contextClock = new ContextClock();
    const tell = () => {
      if (context.state === 'running') contextClock.reset();
      subscriber.next({ type: context.state === 'running' ? 'running' : 'suspended' });
    };
    context.addEventListener('statechange', tell);
    subscriber.add(() => context.removeEventListener('statechange', tell));
    subscriber.add(wakeByGesture(context));
    tell();

    let ear: AudioWorkletNode | undefined;
    let sound: { readonly audio: LiveAudio; readonly node: AudioNode } | undefined;
    const connect = () => {
      if (ear && sound) sound.node.connect(ear);
    };
    subscriber.add(
      source.subscribe({
        next: (audio) => {
          sound?.node.disconnect();
          try {
            sound = { audio, node: context.createMediaStreamSource(audio.stream) };
            connect();
          } catch (cause) {
            subscriber.error(unheard(cause));
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
    const start = async () => {
      await loadWorklet(context, workletUrl);
      if (subscriber.closed) return;
      ear = new AudioWorkletNode(context, MUSIC_PROCESSOR, { numberOfOutputs: 0, processorOptions: order });
      const { port } = ear;
      subscriber.add(() => {
        port.onmessage = null;
        port.postMessage('stop');
      });
      port.onmessage = ({ data }: MessageEvent<WorkletReport>) => {
        contextClock.observe(context.currentTime * 1000, clock.now());
        const late = sound ? lateness(sound.audio, context) : 0;
        const report = onWall(data, (time) => {
          const wall = contextClock.wallTime(time);
          return wall === undefined ? undefined : wall - late;
        });
        if (report) subscriber.next(report);
      };
      ear.onprocessorerror = () => {
        subscriber.error(
          new PoseCoachError(
            'AUDIO_UNSUPPORTED',
            'Listening to the music broke off in the audio thread. Start it again; if that does not help, reload the page.',
          ),
        );
      };
      connect();
    };
    start().catch((error: unknown) => subscriber.error(error));
  });
}

function openContext(): AudioContext {
  if (typeof AudioContext === 'undefined' || typeof AudioWorkletNode === 'undefined') {
    throw new PoseCoachError(
      'AUDIO_UNSUPPORTED',
      'Browsers listen to music on secure pages only. Open this page at an https address or at http://localhost, in a current browser.',
    );
  }
  try {
    return new AudioContext({ latencyHint: 'interactive' });
  } catch (cause) {
    // No sound device at all, or more contexts than the browser has room for.
    throw new PoseCoachError(
      'AUDIO_UNSUPPORTED',
      'The browser could not begin to listen. Close other pages that play or record sound, check that this device has a sound output, and try again.',
      { cause },
    );
  }
}

/** Wakes the context with the next touch or key; the returned function ends that. */
function wakeByGesture(context: AudioContext): () => void {
  const wake = () => {
    if (context.state === 'running' || context.state === 'closed') return;
    context.resume().catch((error: unknown) => {
      // Closed while it waited for somebody to touch the page: there is nothing to wake any more.
      if (context.state !== 'closed') console.warn('The sound could not be woken up:', error);
    });
  };
  for (const name of GESTURES) globalThis.addEventListener(name, wake);
  // The page may have been touched before.
  wake();
  return () => {
    for (const name of GESTURES) globalThis.removeEventListener(name, wake);
  };
}

/** @throws PoseCoachError `AUDIO_UNSUPPORTED` */
async function loadWorklet(context: AudioContext, workletUrl: string | URL | undefined): Promise<void> {
  let blob: string | undefined;
  try {
    if (workletUrl === undefined) {
      const { default: source } = await import('virtual:music-worklet');
      blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    }
    await context.audioWorklet.addModule(blob ?? workletUrl ?? '');
  } catch (cause) {
    throw new PoseCoachError(
      'AUDIO_UNSUPPORTED',
      `The code that hears beats could not be loaded${workletUrl === undefined ? '' : ` from ${String(workletUrl)}`}. Where a content security policy forbids blobs as scripts, serve "@pose-coach/core/music-worklet.js" and set "workletUrl" to its address.`,
      { cause },
    );
  } finally {
    if (blob !== undefined) URL.revokeObjectURL(blob);
  }
}

/**
 * Milliseconds by which samples are later here than their sound is heard, as far as the browser tells: a microphone's
 * are on their way, those of what this device plays are early.
 */
function lateness({ heardFrom, stream }: LiveAudio, context: AudioContext): number {
  if (heardFrom === 'speakers') return -1000 * (context.outputLatency ?? context.baseLatency ?? 0);
  // In Chromium and Firefox; the typings do not know it (Media Capture and Streams, section 4.3.5.1).
  const settings: MediaTrackSettings & { readonly latency?: number } =
    stream.getAudioTracks()[0]?.getSettings() ?? {};
  return 1000 * (settings.latency ?? 0);
}

/** Firefox refuses what comes at another sample rate than the computer's sound is at. */
function unheard(cause: unknown): PoseCoachError {
  return new PoseCoachError(
    'AUDIO_UNSUPPORTED',
    'This browser cannot listen to that sound. Choose another microphone, or use another browser.',
    { cause },
  );
}

/** The report with its times on the wall clock; undefined when that is not known yet. */
function onWall(
  report: WorkletReport,
  wall: (time: number) => number | undefined,
): WorkletReport | undefined {
  if (report.type === 'heard') {
    return { ...report, nextBeat: report.nextBeat === undefined ? undefined : wall(report.nextBeat) };
  }
  const timestamp = wall(report.timestamp);
  return timestamp === undefined ? undefined : { ...report, timestamp };
}
