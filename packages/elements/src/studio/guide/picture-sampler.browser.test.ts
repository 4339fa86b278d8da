import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../shared/in-page.test-data.ts';
import { lightOf } from './picture-quality.ts';
import { PictureSampler } from './picture-sampler.ts';

afterEach(() => document.body.replaceChildren());

/** A video of one shade of grey on the left and another on the right. */
async function film(left: number, right: number): Promise<HTMLVideoElement> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 1280, height: 720 });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = canvas.captureStream(30);
  document.body.append(video);
  const paint = () => {
    context.fillStyle = `rgb(${left} ${left} ${left})`;
    context.fillRect(0, 0, 640, 720);
    context.fillStyle = `rgb(${right} ${right} ${right})`;
    context.fillRect(640, 0, 640, 720);
  };
  const painting = setInterval(paint, 30);
  await video.play();
  await eventually(() => expect(video.videoWidth).toBe(1280));
  clearInterval(painting);
  return video;
}

describe('the picture that the guide looks at', () => {
  it('is that of the video, made smaller, with its light where it was', async () => {
    const picture = new PictureSampler().take(await film(60, 180));
    if (!picture) throw new Error('There is no picture.');
    expect([picture.width, picture.height, picture.luma.length]).toEqual([480, 270, 480 * 270]);
    // Videos are compressed: a few shades off are right.
    const left = lightOf(picture, { left: 10, top: 10, right: 230, bottom: 260 })?.brightest ?? 0;
    const right = lightOf(picture, { left: 250, top: 10, right: 470, bottom: 260 })?.brightest ?? 0;
    expect(Math.abs(left - 60)).toBeLessThan(8);
    expect(Math.abs(right - 180)).toBeLessThan(8);
  });

  it('is none where there is no video, or none that shows anything', () => {
    const sampler = new PictureSampler();
    expect(sampler.take(undefined)).toBeUndefined();
    expect(sampler.take(document.createElement('video'))).toBeUndefined();
  });
});
