import { beginConfined, loadModule } from '../../isolated/worker/confined-worker.ts';
import { PageLink } from '../../isolated/worker/page-link.ts';
import { PartServer } from './serve-part.ts';

/** What paints, beside what every isolated extension finds. `fonts` and `FontFace`: letters from the package's assets. */
const PAINTING = [
  'CanvasGradient CanvasPattern FontFace FontFaceSet FontFaceSetLoadEvent ImageBitmap ImageBitmapRenderingContext',
  'ImageData OffscreenCanvas OffscreenCanvasRenderingContext2D Path2D TextMetrics WebGL2RenderingContext',
  'WebGLRenderingContext createImageBitmap fonts',
];

/*
 * The worker in which one isolated part of the overlay paints, and why it is a worker: a document could be led to
 * another address with anything written into it, which no policy forbids, and could open an RTCPeerConnection. A
 * worker has neither, and what it does without end holds up nobody.
 */
beginConfined(
  (post, canvas) => new PartServer(new PageLink(post), canvas as OffscreenCanvas, loadModule),
  PAINTING,
);
