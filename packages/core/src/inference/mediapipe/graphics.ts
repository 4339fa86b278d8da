import { hasSimd } from '../engine/index.ts';

/** The graphics an engine finds where it runs; MediaPipe needs WebGL 2 even when it calculates on the CPU. */
export interface Graphics {
  readonly webgl: boolean;
  /** True when a graphics card draws, false for a software renderer. */
  readonly accelerated: boolean;
  /** The renderer's own name, or why there is none. */
  readonly renderer: string;
  readonly simd: boolean;
}

/** Renderers that calculate on the CPU: Chromium's and Windows' fallbacks, and Mesa's. */
const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** What there is to draw and calculate with, asked before the engine is: without WebGL it dies in words nobody understands. */
export function probeGraphics(): Graphics {
  const simd = hasSimd();
  const canvas = webglCanvas();
  const context = canvas && webglContext(canvas);
  if (!context) return { webgl: false, accelerated: false, renderer: 'no WebGL 2 context to be had', simd };
  // Firefox gives the real name as RENDERER and warns about the extension; the others need it.
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  // Contexts are few (16 per page in Chromium): this one is given back at once.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return { webgl: true, accelerated: !SOFTWARE_RENDERERS.test(renderer), renderer, simd };
}

/**
 * A new canvas that can have a WebGL 2 context, or undefined where there is none. Safari before 17 has
 * `OffscreenCanvas` without WebGL; on its page, not in a worker, an ordinary canvas does.
 */
export function webglCanvas(): OffscreenCanvas | HTMLCanvasElement | undefined {
  if (offscreenWebgl()) return new OffscreenCanvas(1, 1);
  return typeof document === 'undefined' ? undefined : document.createElement('canvas');
}

function offscreenWebgl(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  const context = webglContext(new OffscreenCanvas(1, 1));
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

function webglContext(canvas: OffscreenCanvas | HTMLCanvasElement): WebGL2RenderingContext | null {
  try {
    // Both kinds of canvas have this signature; of their union TypeScript sees only the last overload.
    return (canvas as OffscreenCanvas).getContext('webgl2');
  } catch {
    // Browsers that do not know the context's name there throw instead of answering null.
    return null;
  }
}
