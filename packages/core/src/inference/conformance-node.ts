import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { findProgram } from '../../../../scripts/programs.mjs';
import { fixtures } from '../../../../tests/fixtures.ts';
import { RawImage } from '../capture/index.ts';
import {
  type Clip,
  clipOf,
  NO_FIXTURES,
  type Pictures,
  type RecordedReference,
} from './conformance-pictures.ts';

/** Bytes per pixel: red, green, blue, alpha. */
const CHANNELS = 4;

/** The conformance suite's pictures in Node: `RawImage`, over clamped bytes and over plain ones. */
export const nodePictures: Pictures<Canvas> = {
  clip: loadClip,
  draw(width, height, paint) {
    const canvas = createCanvas(width, height);
    paint(canvas.getContext('2d'));
    return canvas;
  },
  fromPixels: toCanvas,
  toFrame: (picture) => new RawImage(pixelsOf(picture), picture.width, picture.height),
  toOtherFrame: async (picture) =>
    new RawImage(new Uint8Array(pixelsOf(picture)), picture.width, picture.height),
  isEmpty: (frame) => !('data' in frame) || frame.data === undefined,
};

async function loadClip(name: string, count: number): Promise<Clip<Canvas> | string> {
  if (!fixtures) return NO_FIXTURES;
  const ffmpeg = findProgram(undefined, ['ffmpeg']);
  if (!ffmpeg) return 'skipped: no ffmpeg on this machine';
  const zipped = await readFile(join(fixtures, 'landmarks', `${name}.full.json.gz`));
  const recorded: RecordedReference = JSON.parse((await promisify(gunzip)(zipped)).toString());
  const { width, height } = recorded;
  const film = join(fixtures, 'videos', `${name}.mp4`);
  const bytes = await decode(ffmpeg, film, count);
  const size = width * height * CHANNELS;
  const frames = Array.from({ length: bytes.length / size }, (_, index) =>
    toCanvas(new Uint8ClampedArray(bytes.subarray(index * size, (index + 1) * size)), width, height),
  );
  return clipOf(recorded, frames);
}

/** The first `count` pictures of a film, RGBA, one behind the other. */
function decode(ffmpeg: string, film: string, count: number): Promise<Buffer> {
  // Colours at full resolution, as browsers make them; the scaler's own default is quicker and coarser.
  const scaler = ['-sws_flags', 'bilinear+accurate_rnd+full_chroma_int'];
  const output = ['-frames:v', String(count), ...scaler, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'];
  const program = spawn(ffmpeg, ['-v', 'error', '-i', film, ...output], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  program.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    program.on('error', reject);
    program.on('close', (code) =>
      code === 0
        ? resolve(Buffer.concat(chunks))
        : reject(new Error(`ffmpeg ended with ${code} at ${film}.`)),
    );
  });
}

function toCanvas(pixels: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): Canvas {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}

/** The bytes of a picture: red, green, blue, alpha, row by row. */
export function pixelsOf(picture: Canvas): Uint8ClampedArray {
  return picture.getContext('2d').getImageData(0, 0, picture.width, picture.height).data;
}
