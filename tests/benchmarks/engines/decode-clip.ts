import { execFileSync } from 'node:child_process';
import { FRAMES, HEIGHT, WIDTH } from './frames.ts';

/** Where the frames begin in the clip, in seconds. */
const START = 2;

/**
 * Frames of a clip, decoded and one after the other: `I420` as cameras and decoders give them to browsers, `RGBA` as
 * Node has them.
 */
export function decodeClip(video: string, format: 'I420' | 'RGBA'): Buffer {
  const fit = `fps=30,scale=${WIDTH}:${HEIGHT}:force_original_aspect_ratio=decrease,pad=${WIDTH}:${HEIGHT}:(ow-iw)/2:(oh-ih)/2`;
  const pixels = format === 'I420' ? 'yuv420p' : 'rgba';
  return execFileSync(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-ss', String(START), '-i', video],
      ...['-vf', fit, '-frames:v', String(FRAMES), '-pix_fmt', pixels, '-f', 'rawvideo', '-'],
    ],
    { maxBuffer: 2 * FRAMES * WIDTH * HEIGHT * 4 },
  );
}
