import { PoseCoachError, type PoseFrame } from '@pose-coach/core';
import { concat, defer, EMPTY, from, type Observable, switchMap, tap } from 'rxjs';
import { loadCode } from '../lazy/load-code.ts';

export interface RecordingOptions {
  readonly loop: boolean;
  /** Told what the recording says of itself. */
  described(label: string | undefined): void;
}

/**
 * Plays a recording, at its own pace. It keeps its place while nobody is subscribed: that is what a pause is. It is
 * fetched anew for every subscriber.
 *
 * Errors with `ASSET_NOT_FOUND` where there is none, and `BYTES_INVALID` or `VERSION_UNSUPPORTED` where what is
 * there cannot be read.
 */
export function openRecording(file: Blob | string, options: RecordingOptions): Observable<PoseFrame> {
  // Index of the frame to play next.
  let position = 0;
  return defer(() => from(load(file))).pipe(
    switchMap(({ session, bytes }) => {
      const name = typeof file === 'string' ? file : 'name' in file ? String(file.name) : 'The file';
      const decoded = session.readRecording(bytes, { name });
      if (!decoded.ok) throw decoded.error;
      const { frames } = decoded.value;
      if (frames.length === 0) {
        throw new PoseCoachError('BYTES_INVALID', `${name} is a recording without a single whole frame.`);
      }
      options.described(decoded.value.metadata.label);
      const rest = session.playRecording({ frames: frames.slice(position) });
      const again = options.loop ? session.playRecording({ frames }, { loop: true }) : EMPTY;
      return concat(rest, again).pipe(
        tap(() => {
          position = (position + 1) % frames.length;
        }),
      );
    }),
  );
}

async function load(file: Blob | string) {
  const [session, bytes] = await Promise.all([
    loadCode(() => import('../lazy/recording.ts')),
    readBytes(file),
  ]);
  return { session, bytes };
}

async function readBytes(file: Blob | string): Promise<Uint8Array> {
  if (file instanceof Blob) return new Uint8Array(await file.arrayBuffer());
  try {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PoseCoachError(
      'ASSET_NOT_FOUND',
      `The recording ${file} could not be loaded (${reason}). Check its address.`,
      { cause },
    );
  }
}
