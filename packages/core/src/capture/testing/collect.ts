import type { Observable } from 'rxjs';
import type { CapturedFrame } from '../captured-frame.ts';

/**
 * The frames of a source until `enough` of them came or it ended; each is closed after `look` saw it. For tests.
 */
export async function collect(
  source: Observable<CapturedFrame>,
  enough: (frames: readonly CapturedFrame[]) => boolean = () => false,
  look: (frame: CapturedFrame) => void = () => {},
): Promise<readonly CapturedFrame[]> {
  const frames: CapturedFrame[] = [];
  await new Promise<void>((resolve, reject) => {
    const subscription = source.subscribe({
      next: (frame) => {
        look(frame);
        frame.image.close();
        frames.push(frame);
        if (!enough(frames)) return;
        resolve();
        // The first frame may come before `subscribe` has returned.
        queueMicrotask(() => subscription.unsubscribe());
      },
      error: reject,
      complete: resolve,
    });
  });
  return frames;
}
