import { Observable } from 'rxjs';
import { PoseCoachError, systemClock, toPoseCoachError } from '../base/index.ts';
import type { CapturedFrame } from './captured-frame.ts';
import { inEpochs, type TakenFrame } from './taken-frame.ts';

/** A still picture: an element, a file, a canvas or a bitmap. It stays its owner's: a copy is made. */
export type ImageSource =
  | HTMLImageElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | ImageBitmap
  | ImageData
  | Blob;

/**
 * One frame of a still picture, at time 0, the way up that its EXIF data says; then completes.
 *
 * Errors with `DECODE_FAILED` for what is no picture, `SOURCE_UNSUPPORTED` for one from another site that the page
 * may not read.
 */
export function image(source: ImageSource): Observable<CapturedFrame> {
  return new Observable<TakenFrame>((subscriber) => {
    const give = async () => {
      const bitmap = await decode(source);
      if (subscriber.closed) {
        bitmap.close();
        return;
      }
      subscriber.next({ image: bitmap, timestamp: 0, capturedAt: systemClock.now(), skipped: 0 });
      subscriber.complete();
    };
    give().catch((error: unknown) =>
      subscriber.error(
        toPoseCoachError(
          error,
          'DECODE_FAILED',
          'This is no picture that the browser can decode. Use a JPEG, PNG or WebP file.',
        ),
      ),
    );
  }).pipe(inEpochs());
}

async function decode(source: ImageSource): Promise<ImageBitmap> {
  if (typeof HTMLImageElement !== 'undefined' && source instanceof HTMLImageElement) await source.decode();
  const bitmap = await createImageBitmap(source, { imageOrientation: 'from-image' });
  if (isReadable(bitmap)) return bitmap;
  bitmap.close();
  throw new PoseCoachError(
    'SOURCE_UNSUPPORTED',
    'This picture comes from another site, which does not let this page read it. Add crossorigin="anonymous" to it and have that site answer with CORS headers, or serve the file from here.',
  );
}

/** Whether the page may read the pixels: asked of one of them, since engines fail later and say less. */
function isReadable(bitmap: ImageBitmap): boolean {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  context?.drawImage(bitmap, 0, 0, 1, 1);
  try {
    context?.getImageData(0, 0, 1, 1);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return false;
    throw error;
  }
}
