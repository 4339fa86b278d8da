import { firstValueFrom } from 'rxjs';
import { expect, it, vi } from 'vitest';
import { systemClock } from '../base/index.ts';
import { PaintedCanvas } from './testing/painted-canvas.ts';
import { trackFrames, workerFrames } from './track-frames.ts';

// In a file of its own: a content security policy cannot be taken back from a page.
it('reads on the page where the content security policy forbids workers from blobs', async () => {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "worker-src 'self'";
  document.head.append(policy);
  const painted = new PaintedCanvas();
  const [track] = painted.canvas.captureStream().getVideoTracks();
  if (!track) throw new Error('The canvas gave no track.');
  await expect(firstValueFrom(workerFrames(track))).rejects.toThrow('did not start');

  let frames = 0;
  const subscription = trackFrames(track, systemClock).subscribe(({ image }) => {
    image.close();
    frames += 1;
  });
  await vi.waitFor(() => expect(frames).toBeGreaterThan(10), 10_000);
  subscription.unsubscribe();
  track.stop();
  painted.dispose();
});
