import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { canvas } from './canvas.ts';
import { collect } from './testing/collect.ts';
import { colorOf, PaintedCanvas } from './testing/painted-canvas.ts';

describe('canvas', () => {
  it('gives what is painted, in its colours', async () => {
    const painted = new PaintedCanvas();
    const colors: string[] = [];
    const frames = await collect(
      canvas(painted.canvas),
      ({ length }) => length === 10,
      ({ image }) => colors.push(colorOf(image)),
    );
    painted.dispose();
    expect(colors).toEqual(Array(10).fill('red'));
    expect(frames[0]).toMatchObject({ width: 320, height: 240 });
  });

  it('gives a still canvas once', async () => {
    const still = document.createElement('canvas');
    still.getContext('2d')?.fillRect(0, 0, 10, 10);
    let frames = 0;
    const subscription = canvas(still).subscribe(({ image }) => {
      image.close();
      frames += 1;
    });
    await vi.waitFor(() => expect(frames).toBe(1), 5000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    subscription.unsubscribe();
    expect(frames).toBe(1);
  });

  it('stops what it captured when it is no longer wanted', async () => {
    const painted = new PaintedCanvas();
    const captured = vi.spyOn(painted.canvas, 'captureStream');
    await collect(canvas(painted.canvas, { frameRate: 10 }), ({ length }) => length === 2);
    await vi.waitFor(() => expect(captured.mock.results[0]?.value.active).toBe(false));
    expect(captured).toHaveBeenCalledWith(10);
    painted.dispose();
  });

  it('says that a canvas with foreign pictures on it cannot be captured', async () => {
    const tainted = document.createElement('canvas');
    const picture = new Image();
    // An SVG with foreign content is unreadable as a bitmap, as a picture of another site is.
    const foreign = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject/></svg>';
    picture.src = `data:image/svg+xml,${encodeURIComponent(foreign)}`;
    await picture.decode();
    const context = tainted.getContext('2d');
    context?.drawImage(await createImageBitmap(picture), 0, 0);
    expect(() => context?.getImageData(0, 0, 1, 1)).toThrow(/tainted/);
    await expect(firstValueFrom(canvas(tainted))).rejects.toMatchObject({ code: 'SOURCE_UNSUPPORTED' });
  });
});
