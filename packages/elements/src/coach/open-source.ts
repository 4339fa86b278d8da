import type { CapturedFrame, CoachSource, PoseCoachError } from '@pose-coach/core';
import { defer, EMPTY, from, merge, Observable, switchMap } from 'rxjs';
import { loadCode } from '../lazy/load-code.ts';
import type { SourceKind } from './coach-state.ts';
import { openRecording } from './open-recording.ts';
import type { VideoPicture } from './video-picture.ts';

/**
 * What a `<pose-coach>` can look at: `'camera'`, `'sample'`, the address of a video or recording (a recording's
 * ends in `.poses`), a file of either kind, a stream that somebody else opened, or any source of your own.
 */
export type SourceInput = string | Blob | MediaStream | CoachSource;

export interface SourceSettings {
  readonly input: SourceInput;
  /** A certain camera. */
  readonly deviceId: string | undefined;
  /** Address of the sample recording. */
  readonly sample: string;
  /** Whether to begin again at the end; undefined: the sample does, files do not. */
  readonly loop: boolean | undefined;
}

export interface SourceEvents {
  /** A camera has a picture, or (undefined) has none any more. */
  stream(stream: MediaStream | undefined): void;
  /** The camera was unplugged and is waited for. */
  lost(error: PoseCoachError): void;
  /** What a recording says of itself. */
  recordingLabel(label: string | undefined): void;
}

export interface OpenedSource {
  readonly kind: SourceKind;
  readonly source: CoachSource;
}

/** Makes a source of what was asked for. Nothing is opened, asked for or loaded before somebody subscribes. */
export function openSource(
  settings: SourceSettings,
  picture: VideoPicture,
  events: SourceEvents,
): OpenedSource {
  const { input } = settings;
  if (isCoachSource(input)) {
    return { kind: 'custom', source: withoutPicture(input, picture) };
  }
  if (input === 'camera') return { kind: 'camera', source: pixels(openCamera(settings, picture, events)) };
  if (typeof MediaStream !== 'undefined' && input instanceof MediaStream) {
    return { kind: 'stream', source: pixels(openStream(input, picture, events)) };
  }
  const file = input === 'sample' ? settings.sample : (input as string | Blob);
  if (isRecording(file)) {
    const loop = settings.loop ?? input === 'sample';
    const frames = openRecording(file, { loop, described: events.recordingLabel });
    return { kind: 'recording', source: withoutPicture({ kind: 'poses', frames }, picture) };
  }
  return { kind: 'video', source: pixels(openVideo(file, settings.loop ?? false, picture)) };
}

/** What kind of source something is, before it is opened. */
export function sourceKind(input: SourceInput): SourceKind {
  if (input === 'camera') return 'camera';
  if (input === 'sample') return 'recording';
  if (typeof MediaStream !== 'undefined' && input instanceof MediaStream) return 'stream';
  if (typeof input === 'string' || input instanceof Blob) return isRecording(input) ? 'recording' : 'video';
  return 'custom';
}

/** By its name: `.poses`, before a query or fragment. */
function isRecording(file: Blob | string): boolean {
  const name = file instanceof Blob ? ('name' in file ? String(file.name) : '') : file.replace(/[?#].*$/, '');
  return name.toLowerCase().endsWith('.poses');
}

function isCoachSource(input: SourceInput): input is CoachSource {
  return sourceKind(input) === 'custom';
}

/** What the source before has shown must not shine through one that has nothing to show. */
function withoutPicture(source: CoachSource, picture: VideoPicture): CoachSource {
  const cleared = <T>(frames: Observable<T>) =>
    defer(() => {
      picture.clear();
      return frames;
    });
  return source.kind === 'poses'
    ? { kind: 'poses', frames: cleared(source.frames) }
    : { kind: 'pixels', frames: cleared(source.frames) };
}

function pixels(frames: Observable<CapturedFrame>): CoachSource {
  return { kind: 'pixels', frames };
}

function openCamera(
  { deviceId }: SourceSettings,
  picture: VideoPicture,
  events: SourceEvents,
): Observable<CapturedFrame> {
  return withCapture(({ camera }) =>
    camera({
      ...(deviceId ? { deviceId } : {}),
      onStream: (stream) => {
        picture.showStream(stream);
        events.stream(stream);
      },
      onLost: events.lost,
    }),
  );
}

function openStream(
  stream: MediaStream,
  picture: VideoPicture,
  events: SourceEvents,
): Observable<CapturedFrame> {
  return withCapture(({ mediaStream }) =>
    defer(() => {
      picture.showStream(stream);
      events.stream(stream);
      return mediaStream(stream);
    }),
  );
}

/** A file keeps its place while nobody is subscribed: that is what a pause is. */
function openVideo(file: Blob | string, loop: boolean, picture: VideoPicture): Observable<CapturedFrame> {
  let loaded = false;
  return withCapture(({ videoElement }) =>
    defer(() => {
      if (!loaded || picture.video.error) picture.load(file, loop);
      loaded = true;
      const playing = from(picture.play()).pipe(switchMap(() => EMPTY));
      return new Observable<CapturedFrame>((subscriber) => {
        subscriber.add(() => picture.pause());
        merge(videoElement(picture.video), playing).subscribe(subscriber);
      });
    }),
  );
}

type Capture = typeof import('../lazy/capture.ts');

/** Loads the code of cameras and videos when the first is wanted. */
function withCapture(open: (capture: Capture) => Observable<CapturedFrame>): Observable<CapturedFrame> {
  return defer(() => from(loadCode(() => import('../lazy/capture.ts'))).pipe(switchMap(open)));
}
