import { type FrameImage, RawImage } from '../../../../capture/index.ts';
import { FrameCanvas } from '../../../engine/frame-canvas.ts';
import type { Picture } from '../../network.ts';
import { TEXTURE_USAGE } from './usage-flags.ts';

/** A picture in graphics memory: `rgba8unorm`, upright, one texel per pixel. */
export interface TexturePicture extends Picture {
  readonly texture: GPUTexture;
}

/** Textures kept for the next pictures: the one that is looked at, and the one that comes after it. */
const KEPT = 2;

/**
 * Brings frames into graphics memory, and never back: the browser copies a frame's pixels from where they lie
 * (graphics memory, for a camera or a decoder with hardware) and converts their colours on the way.
 *
 * A picture's texture is used again for the next frame of the same size.
 */
export class PictureTextures {
  readonly #device: GPUDevice;
  readonly #canvas: FrameCanvas;
  readonly #textures = new Set<GPUTexture>();
  #free: GPUTexture[] = [];
  /**
   * Whether the browser has refused to copy a video frame as it is, so that frames go by a canvas. Chromium does so
   * where there is WebGPU but no graphics card that draws the page; other browsers may not know frames here.
   */
  #framesRefused = false;

  constructor(device: GPUDevice) {
    this.#device = device;
    // Larger frames are drawn smaller: the device refuses them, and all later work with them.
    this.#canvas = new FrameCanvas(device.limits.maxTextureDimension2D);
  }

  /** @throws Error when the frame is closed or has no pixels, or is bytes of more pixels than the device takes */
  upload(image: FrameImage): TexturePicture {
    return image instanceof RawImage ? this.#write(image) : this.#copy(image);
  }

  /** Lets go of all textures, those of pictures too. */
  release(): void {
    for (const texture of this.#textures) this.#destroy(texture);
    this.#free = [];
  }

  #write(image: RawImage): TexturePicture {
    const { data, width, height } = image;
    if (!data) throw new Error('The picture was closed before it was looked at.');
    const most = this.#device.limits.maxTextureDimension2D;
    if (Math.max(width, height) > most) {
      throw new Error(
        `The picture is ${width} × ${height}; the graphics device takes at most ${most} pixels a side. Shrink it.`,
      );
    }
    const picture = this.#picture(width, height);
    // A view of the same bytes: the types of the browser's method ask for a buffer that is not shared.
    const pixels = data as Uint8Array<ArrayBuffer>;
    this.#device.queue.writeTexture({ texture: picture.texture }, pixels, { bytesPerRow: width * 4 }, [
      width,
      height,
    ]);
    return picture;
  }

  #copy(image: VideoFrame | ImageBitmap): TexturePicture {
    const source = this.#source(image);
    const [width, height] =
      'displayWidth' in source ? [source.displayWidth, source.displayHeight] : [source.width, source.height];
    const picture = this.#picture(width, height);
    try {
      this.#device.queue.copyExternalImageToTexture({ source }, { texture: picture.texture }, [
        width,
        height,
      ]);
      return picture;
    } catch (error) {
      picture.release();
      if (!('displayWidth' in source)) throw error;
      this.#framesRefused = true;
      return this.#copy(image);
    }
  }

  #source(image: VideoFrame | ImageBitmap): VideoFrame | ImageBitmap | OffscreenCanvas {
    return this.#framesRefused && 'displayWidth' in image
      ? this.#canvas.draw(image)
      : this.#canvas.fit(image);
  }

  #picture(width: number, height: number): TexturePicture {
    const texture = this.#take(width, height);
    let held = true;
    return {
      texture,
      width,
      height,
      release: () => {
        if (held) this.#give(texture);
        held = false;
      },
    };
  }

  #take(width: number, height: number): GPUTexture {
    const fits = (texture: GPUTexture) => texture.width === width && texture.height === height;
    // Another size means that the source has changed: its textures will not be asked for again.
    for (const texture of this.#free) if (!fits(texture)) this.#destroy(texture);
    this.#free = this.#free.filter(fits);
    return this.#free.pop() ?? this.#create(width, height);
  }

  #create(width: number, height: number): GPUTexture {
    const texture = this.#device.createTexture({
      label: 'picture',
      size: [width, height],
      format: 'rgba8unorm',
      // The browser draws the frame into it, which needs the last of these.
      usage: TEXTURE_USAGE.textureBinding | TEXTURE_USAGE.copyDestination | TEXTURE_USAGE.renderAttachment,
    });
    this.#textures.add(texture);
    return texture;
  }

  #give(texture: GPUTexture): void {
    if (!this.#textures.has(texture)) return;
    if (this.#free.length < KEPT) this.#free.push(texture);
    else this.#destroy(texture);
  }

  #destroy(texture: GPUTexture): void {
    this.#textures.delete(texture);
    texture.destroy();
  }
}
