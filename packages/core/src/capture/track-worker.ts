/**
 * What the page says to the worker that reads a track: once what to read, then `next` for every frame it has
 * dealt with, and `stop`.
 */
export type TrackWorkerRequest =
  | { readonly type: 'read'; readonly readable: ReadableStream<VideoFrame> }
  | { readonly type: 'read'; readonly track: MediaStreamTrack }
  | { readonly type: 'next' }
  | { readonly type: 'stop' };

/** What the worker answers. After `stopped` it holds nothing and sends nothing. */
export type TrackWorkerReply =
  /** It runs; `processor` says whether it could make a `MediaStreamTrackProcessor` itself (Safari). */
  | { readonly type: 'ready'; readonly processor: boolean }
  | {
      readonly type: 'frame';
      readonly image: VideoFrame;
      readonly timestamp: number;
      readonly capturedAt: number;
      readonly skipped: number;
    }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'stopped' };

/**
 * The worker's whole source, as text: it is started from a blob, which works from every bundler and another
 * origin; and text passes compilers untouched, where a function turned into text may lose what it refers to.
 *
 * It reads every frame at once, so that the camera never waits and what it keeps is the newest: at most one frame
 * is on the page's side, and one waits here; a waiting frame that a newer one replaces is closed and counted.
 *
 * A camera has about three buffers, and gives nothing new while two of them are held, by an engine and in a queue:
 * what waits would then grow old, and what the camera swallows nobody could count. So frames are copied (0.3 ms
 * for 640 × 480) and the camera has its own back at once. Frames that cannot be copied go on as they are.
 *
 * Frames carry the camera's own time, on a scale of its own. Reading comes later than capturing by an amount that
 * varies with load; the smallest difference seen between the two clocks is the best estimate of their offset. It
 * may grow by 100 millionths of the time passed, which is more than two quartz clocks drift apart, and starts
 * afresh when they differ by more than half a second.
 */
export const trackWorkerSource = `
let reader, track, waiting, free = true, stopped = false, skipped = 0, offset = Infinity, last = 0;

function capturedAt(timestamp) {
  const difference = performance.timeOrigin + performance.now() - timestamp;
  const slack = (timestamp - last) * 1e-4;
  last = timestamp;
  offset = Math.abs(difference - offset) < 500 ? Math.min(difference, offset + slack) : difference;
  return timestamp + offset;
}

async function owned(frame) {
  if (!frame.format) return frame;
  let copy;
  try {
    const { width, height } = frame.visibleRect;
    const { format, timestamp, displayWidth, displayHeight, rotation, flip } = frame;
    const data = new ArrayBuffer(frame.allocationSize());
    const layout = await frame.copyTo(data);
    const colorSpace = frame.colorSpace.toJSON();
    copy = new VideoFrame(data, {
      format, timestamp, displayWidth, displayHeight, rotation, flip, colorSpace, layout,
      codedWidth: width, codedHeight: height, transfer: [data],
    });
    if (copy.displayWidth === displayWidth && copy.displayHeight === displayHeight) {
      frame.close();
      return copy;
    }
  } catch {}
  if (copy) copy.close();
  return frame;
}

function send() {
  if (!waiting || !free) return;
  const frame = waiting;
  waiting = undefined;
  free = false;
  postMessage({ type: 'frame', ...frame, skipped }, [frame.image]);
  skipped = 0;
}

async function read(source) {
  track = source.track;
  reader = (source.readable || new MediaStreamTrackProcessor({ track }).readable).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (stopped) { value.close(); continue; }
    const timestamp = value.timestamp / 1000;
    const captured = capturedAt(timestamp);
    const image = await owned(value);
    if (stopped) { image.close(); continue; }
    if (waiting) { waiting.image.close(); skipped += 1; }
    waiting = { image, timestamp, capturedAt: captured };
    send();
  }
  if (!stopped) postMessage({ type: 'ended' });
}

async function stop() {
  stopped = true;
  if (waiting) waiting.image.close();
  waiting = undefined;
  if (reader) await reader.cancel().catch(() => undefined);
  if (track) track.stop();
  postMessage({ type: 'stopped' });
}

onmessage = ({ data }) => {
  if (data.type === 'next') { free = true; send(); }
  else if (data.type === 'stop') stop();
  else read(data).catch((error) => postMessage({ type: 'failed', message: String(error) }));
};

postMessage({ type: 'ready', processor: typeof MediaStreamTrackProcessor === 'function' });
`;
