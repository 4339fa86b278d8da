import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../../tests/fixtures.ts';
import {
  type GreyPicture,
  judgeLight,
  judgeSharpness,
  LOOKED_AT_WIDTH,
  lightOf,
  SHARP_ENOUGH,
  sharpness,
  toGrey,
} from './picture-quality.ts';
import { good } from './verdict.ts';

function painted(width: number, height: number, shade: (x: number, y: number) => number): GreyPicture {
  const luma = Uint8Array.from({ length: width * height }, (_, index) =>
    shade(index % width, Math.floor(index / width)),
  );
  return { width, height, luma };
}

describe('a picture in grey', () => {
  it('weighs colours as ITU-R BT.709 does', () => {
    const rgba = new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
    // 0.2126, 0.7152 and 0.0722 of 255.
    expect([...toGrey(rgba, 2, 2).luma]).toEqual([54, 182, 18, 255]);
  });

  it('counts light, and in a part of it alone', () => {
    const half = painted(10, 10, (x) => (x < 5 ? 0 : 250));
    expect(lightOf(half)).toEqual({ brightest: 250, white: 0.5 });
    expect(lightOf(half, { left: 2, top: 2, right: 6, bottom: 4 })).toEqual({ brightest: 250, white: 0.25 });
    expect(lightOf(half, { left: -3, top: -3, right: 2, bottom: 2 })).toEqual({ brightest: 0, white: 0 });
    expect(lightOf(half, { left: 40, top: 0, right: 60, bottom: 5 })).toBeUndefined();
  });

  it('has a variance of the Laplacian that can be worked out by hand', () => {
    // A checkerboard of 0 and 10: each pixel's Laplacian is ±40, its mean 0. The upper half is bare, and
    // the tiles on the border between both are fewer than a tenth.
    const board = painted(100, 500, (x, y) => (y < 250 ? 100 : ((x + y) % 2) * 10));
    expect(sharpness(board)).toBeCloseTo(1600, 6);
    // Everywhere the same, as noise is: no detail of anything.
    expect(sharpness(painted(100, 100, (x, y) => ((x + y) % 2) * 10))).toBe(0);
    expect(sharpness(painted(20, 20, () => 9))).toBeUndefined();
  });
});

describe('light', () => {
  it.each([
    ['too dark', 20, 'look', 'too dark'],
    ['right', 120, 'good', 'right'],
    ['too bright', 254, 'look', 'too bright'],
  ])('is %s', (_, shade, state, words) => {
    expect(judgeLight(painted(100, 100, () => shade))).toMatchObject({
      state,
      words: expect.stringContaining(words),
    });
  });

  it('is judged where the person is, and not by black clothes', () => {
    const lamp = painted(100, 100, (x) => (x > 30 && x < 70 ? 40 : 220));
    expect(judgeLight(lamp).state).toBe('good');
    expect(judgeLight(lamp, { left: 35, top: 10, right: 65, bottom: 90 }).state).toBe('look');
    const clothes = painted(100, 100, (x, y) => (x > 30 && x < 70 && y > 30 ? 3 : 150));
    expect(judgeLight(clothes, { left: 30, top: 0, right: 70, bottom: 100 }).state).toBe('good');
  });

  it('is not known without a picture, and in the dark sharpness is not', () => {
    expect(judgeLight(undefined).state).toBe('unknown');
    expect(judgeSharpness(undefined, good('')).state).toBe('unknown');
    const dark = painted(100, 100, () => 10);
    expect(judgeSharpness(dark, judgeLight(dark)).state).toBe('unknown');
  });
});

/** One picture of a photo or a film, as the guide looks at it, through a filter of ffmpeg's. */
function look(file: string, at: number, filter?: string): GreyPicture {
  const filters = [`scale='min(${LOOKED_AT_WIDTH},iw)':-2:flags=area`, ...(filter ? [filter] : [])].join(',');
  const seek = at > 0 ? ['-ss', String(at)] : [];
  const output = [
    '-frames:v',
    '1',
    '-vf',
    filters,
    '-pix_fmt',
    'rgba',
    '-f',
    'image2pipe',
    '-c:v',
    'pam',
    '-',
  ];
  const pam = execFileSync('ffmpeg', ['-v', 'error', ...seek, '-i', `${fixtures}/${file}`, ...output], {
    maxBuffer: 1e8,
  });
  const head = pam.subarray(0, pam.indexOf('ENDHDR\n') + 7);
  const number = (name: string) => Number(new RegExp(`${name} (\\d+)`).exec(head.toString())?.[1]);
  return toGrey(new Uint8ClampedArray(pam.subarray(head.length)), number('WIDTH'), number('HEIGHT'));
}

describe('real pictures', () => {
  const there = typeof fixtures === 'string' && existsSync(`${fixtures}/videos`);

  it.each([
    ['images/human_ai-body.jpg', 0],
    ['images/astronaut_nasa.png', 0],
    ['images/pexels-barbara-olsen-7869592.jpg', 0],
    ['videos/dance_phrase_talmolab.mp4', 6],
    ['videos/squat_front_5reps.mp4', 8],
    ['videos/pushup_side.mp4', 4],
    ['videos/walking_pedestrians_vtest.avi', 20],
  ])('%s is sharp as it is, and blurred after a blur of 3 pixels', (file, at) => {
    if (!there) return void console.warn('skipped: no fixtures');
    expect(sharpness(look(file, at))).toBeGreaterThan(SHARP_ENOUGH * 3);
    expect(sharpness(look(file, at, 'gblur=sigma=3'))).toBeLessThan(SHARP_ENOUGH / 2);
  });

  it.each([
    ['as it is', 1, 'good'],
    ['at a fifth of its light', 0.2, 'look'],
    ['at twice its light', 2, 'look'],
  ])('a dance is lit %s', (_, factor, state) => {
    if (!there) return void console.warn('skipped: no fixtures');
    const filter = `lutyuv=y=clip(val*${factor}\\,0\\,255)`;
    expect(judgeLight(look('videos/dance_phrase_talmolab.mp4', 6, filter)).state).toBe(state);
  });
});
