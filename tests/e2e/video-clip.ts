import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { CameraClip } from './camera-clip.ts';

/** The same pictures as a file that a person might have: H.264 in MP4, hardly compressed. It lies beside the clip. */
export function videoFileOf(clip: CameraClip): string {
  const file = join(clip.file, '../clip.mp4');
  const input = ['-f', 'mjpeg', '-framerate', '30', '-i', clip.file];
  const output = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '12', '-pix_fmt', 'yuv420p', file];
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...input, ...output]);
  return file;
}
