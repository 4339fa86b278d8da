import { type GreyPicture, LOOKED_AT_WIDTH, toGrey } from './picture-quality.ts';

/** Takes pictures of a video, in shades of grey and small enough to be looked at often. */
export class PictureSampler {
  #canvas: HTMLCanvasElement | undefined;

  /** @returns undefined when the video shows nothing, or pixels that the page may not read */
  take(video: HTMLVideoElement | null | undefined): GreyPicture | undefined {
    if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0)
      return undefined;
    const scale = Math.min(1, LOOKED_AT_WIDTH / video.videoWidth);
    const width = Math.round(video.videoWidth * scale);
    const height = Math.round(video.videoHeight * scale);
    this.#canvas ??= document.createElement('canvas');
    const canvas = this.#canvas;
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    // Averages where it makes smaller, instead of leaving pixels out: those would look sharp.
    context.imageSmoothingQuality = 'high';
    context.drawImage(video, 0, 0, width, height);
    try {
      return toGrey(context.getImageData(0, 0, width, height).data, width, height);
    } catch {
      // A video of another site that does not let others read it.
      return undefined;
    }
  }
}
