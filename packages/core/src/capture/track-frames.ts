import { catchError, EMPTY, fromEvent, Observable, takeUntil } from 'rxjs';
import type { Clock } from '../base/index.ts';
import type { TakenFrame } from './taken-frame.ts';
import { pageTrackProcessor } from './track-processor.ts';
import { type TrackWorkerReply, type TrackWorkerRequest, trackWorkerSource } from './track-worker.ts';
import { videoFrames } from './video-frames.ts';

/**
 * The frames of a video track, until it ends. They are read in a worker where the browser can do that, so that a
 * hidden or busy page misses none; else on the page by a track processor; else from a video element that nobody
 * sees, which stops while the page is hidden. The track itself is left as it is.
 */
export function trackFrames(track: MediaStreamTrack, clock: Clock): Observable<TakenFrame> {
  if (track.readyState === 'ended') return EMPTY;
  return workerFrames(track).pipe(
    // No worker (a CSP that forbids blobs) or no processor in it: the next way gives the same frames.
    catchError(() => pageFrames(track, clock)),
    takeUntil(fromEvent(track, 'ended')),
  );
}

/** The same without a worker: right for what is painted on the page itself, whose first frame no hand-over may lose. */
export function pageFrames(track: MediaStreamTrack, clock: Clock): Observable<TakenFrame> {
  return pageTrackProcessor() ? processorFrames(track, clock) : elementFrames(track, clock);
}

/** Reads the track in a worker of its own; errors at once where that is not possible. */
export function workerFrames(track: MediaStreamTrack): Observable<TakenFrame> {
  return new Observable((subscriber) => {
    const url = URL.createObjectURL(new Blob([trackWorkerSource], { type: 'text/javascript' }));
    const worker = new Worker(url);
    const tell = (request: TrackWorkerRequest, transfer: Transferable[] = []) =>
      worker.postMessage(request, transfer);
    let reading = false;
    const fail = (cause: unknown) => {
      reading = false;
      worker.terminate();
      subscriber.error(cause);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(new Error(event.message || 'The worker that reads the track did not start.'));
    };
    worker.onmessageerror = () => fail(new Error('A frame could not be handed to the page.'));
    worker.onmessage = ({ data: reply }: MessageEvent<TrackWorkerReply>) => {
      switch (reply.type) {
        case 'ready':
          try {
            handOver(track, reply.processor, tell);
            reading = true;
          } catch (error) {
            fail(error);
          }
          break;
        case 'frame':
          if (subscriber.closed) reply.image.close();
          else {
            subscriber.next(reply);
            tell({ type: 'next' });
            // A clone is read in Safari: it does not notice that the track itself was stopped.
            if (track.readyState === 'ended') subscriber.complete();
          }
          break;
        case 'ended':
          subscriber.complete();
          break;
        case 'failed':
          fail(new Error(reply.message));
          break;
        case 'stopped':
          worker.terminate();
      }
    };
    return () => {
      URL.revokeObjectURL(url);
      // A frame may be on its way: the worker stays until it has said that none is, and stray ones are closed above.
      if (reading) tell({ type: 'stop' });
      else worker.terminate();
    };
  });
}

/** Gives the worker what it can read: the page's stream of frames (Chromium) or a clone of the track (Safari). */
function handOver(
  track: MediaStreamTrack,
  workerHasProcessor: boolean,
  tell: (request: TrackWorkerRequest, transfer: Transferable[]) => void,
): void {
  const Processor = pageTrackProcessor();
  if (Processor) {
    const { readable } = new Processor({ track });
    tell({ type: 'read', readable }, [readable]);
    return;
  }
  if (!workerHasProcessor) throw new Error('This browser has no MediaStreamTrackProcessor.');
  const clone = track.clone();
  try {
    // Transferable in Safari; the typings do not know it.
    tell({ type: 'read', track: clone }, [clone as unknown as Transferable]);
  } catch (error) {
    clone.stop();
    throw error;
  }
}

/** Reads the track on the page, for pages that may not start a worker. */
export function processorFrames(track: MediaStreamTrack, clock: Clock): Observable<TakenFrame> {
  return new Observable((subscriber) => {
    const Processor = pageTrackProcessor();
    if (!Processor) throw new Error('This browser has no MediaStreamTrackProcessor.');
    const reader = new Processor({ track }).readable.getReader();
    const read = async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return subscriber.complete();
        if (subscriber.closed) value.close();
        else {
          subscriber.next({
            image: value,
            timestamp: value.timestamp / 1000,
            capturedAt: clock.now(),
            skipped: 0,
          });
        }
      }
    };
    const fail = (error: unknown) => subscriber.error(error);
    read().catch(fail);
    return () => void reader.cancel().catch(fail);
  });
}

/** Takes the track's frames from a video element that is never shown. */
export function elementFrames(track: MediaStreamTrack, clock: Clock): Observable<TakenFrame> {
  return new Observable((subscriber) => {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    const stream = new MediaStream([track]);
    video.srcObject = stream;
    // When somebody stops the track it says nothing itself; its stream does (Chromium, Safari), or the element (Firefox).
    const complete = () => subscriber.complete();
    stream.addEventListener('inactive', complete);
    video.addEventListener('ended', complete);
    videoFrames(video, clock).subscribe(subscriber);
    video.play().catch((error: unknown) => subscriber.error(error));
    return () => {
      video.pause();
      video.srcObject = null;
    };
  });
}
