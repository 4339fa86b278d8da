/** What makes a stream of frames of a track: on the page in Chromium, in workers only in Safari, not in Firefox. */
export type TrackProcessorConstructor = new (init: {
  track: MediaStreamTrack;
}) => { readonly readable: ReadableStream<VideoFrame> };

/** The page's `MediaStreamTrackProcessor`, or undefined where it has none (DOM's typings leave it out). */
export function pageTrackProcessor(): TrackProcessorConstructor | undefined {
  return (globalThis as { MediaStreamTrackProcessor?: TrackProcessorConstructor }).MediaStreamTrackProcessor;
}
