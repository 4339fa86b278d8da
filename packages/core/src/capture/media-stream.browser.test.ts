import { firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { mediaStream } from './media-stream.ts';
import { collect } from './testing/collect.ts';
import { PaintedCanvas } from './testing/painted-canvas.ts';

describe('mediaStream', () => {
  it('gives the frames of its video track, and ends with it', async () => {
    const painted = new PaintedCanvas(200, 100);
    const stream = painted.canvas.captureStream();
    const frames = await collect(mediaStream(stream), ({ length }) => {
      if (length === 5) for (const track of stream.getTracks()) track.stop();
      return false;
    });
    painted.dispose();
    expect(frames.length).toBeGreaterThanOrEqual(5);
    expect(frames[0]).toMatchObject({ width: 200, height: 100 });
  });

  it('leaves the stream to its owner', async () => {
    const painted = new PaintedCanvas();
    const stream = painted.canvas.captureStream();
    await collect(mediaStream(stream), ({ length }) => length === 2);
    expect(stream.active).toBe(true);
    for (const track of stream.getTracks()) track.stop();
    painted.dispose();
  });

  it('says that a stream without video has none', async () => {
    await expect(firstValueFrom(mediaStream(new MediaStream()))).rejects.toMatchObject({
      code: 'SOURCE_UNSUPPORTED',
    });
  });
});
