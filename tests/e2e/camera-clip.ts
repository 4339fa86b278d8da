import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Chromium's fake camera plays (it repeats the file, at 30 frames a second), and its stills one by one. */
export interface CameraClip {
  /** An .mjpeg file. */
  readonly file: string;
  /** One JPEG per still, the very pixels the camera shows; empty for a moving clip. */
  readonly stills: readonly string[];
  readonly width: number;
  readonly height: number;
  dispose(): void;
}

const WIDTH = 640;
const HEIGHT = 480;
const FIT = `scale=${WIDTH}:${HEIGHT}:force_original_aspect_ratio=decrease,pad=${WIDTH}:${HEIGHT}:(ow-iw)/2:(oh-ih)/2`;

/**
 * Makes a camera clip that holds single frames of a real clip for a while each. Whatever the delay of the
 * pipeline, the person in the picture is then where the still says.
 * @param frames indices of frames in `video`
 * @param hold how many camera frames each still lasts
 */
export function stillsClip(video: string, frames: readonly number[], hold: number): CameraClip {
  const folder = mkdtempSync(join(tmpdir(), 'pose-coach-clip-'));
  const stills = frames.map((frame, index) => {
    const still = join(folder, `still-${index}.jpg`);
    ffmpeg('-i', video, '-vf', `select=eq(n\\,${frame}),${FIT}`, '-frames:v', '1', '-q:v', '2', still);
    return still;
  });
  const file = join(folder, 'camera.mjpeg');
  const inputs = stills.flatMap((still) => [
    '-loop',
    '1',
    '-framerate',
    '30',
    '-t',
    String(hold / 30),
    '-i',
    still,
  ]);
  const joined = stills.map((_, index) => `[${index}:v]`).join('');
  ffmpeg(
    ...inputs,
    '-filter_complex',
    `${joined}concat=n=${stills.length}:v=1`,
    '-q:v',
    '2',
    '-f',
    'mjpeg',
    file,
  );
  return {
    file,
    stills,
    width: WIDTH,
    height: HEIGHT,
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Makes a camera clip of the whole of a real clip, moving. */
export function movingClip(video: string): CameraClip {
  const folder = mkdtempSync(join(tmpdir(), 'pose-coach-clip-'));
  const file = join(folder, 'camera.mjpeg');
  ffmpeg('-i', video, '-vf', FIT, '-r', '30', '-an', '-q:v', '3', '-f', 'mjpeg', file);
  return {
    file,
    stills: [],
    width: WIDTH,
    height: HEIGHT,
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function ffmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args]);
}
