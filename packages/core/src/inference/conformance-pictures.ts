import type { FrameImage } from '../capture/index.ts';
import type { Landmark } from '../pose/index.ts';

/** What is drawn with: what a browser's canvases and Node's have in common. */
export interface Drawing<Picture>
  extends Pick<
    CanvasRenderingContext2D,
    'fillStyle' | 'fillRect' | 'createLinearGradient' | 'translate' | 'scale'
  > {
  drawImage(picture: Picture, left: number, top: number): void;
  drawImage(picture: Picture, left: number, top: number, width: number, height: number): void;
}

/** Where the conformance suite has its pictures from: there is one for browsers and one for Node. */
export interface Pictures<Picture extends Size> {
  /** The first `count` frames of a clip, or why there are none. */
  clip(name: string, count: number): Promise<Clip<Picture> | string>;
  /** A new picture of `width` × `height` pixels, painted by `paint`. */
  draw(width: number, height: number, paint: (drawing: Drawing<Picture>) => void): Picture;
  /** A new picture of bytes: red, green, blue, alpha, row by row. */
  fromPixels(pixels: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): Picture;
  /** The picture in the form that engines get here; the engine's to close. */
  toFrame(picture: Picture, index: number): FrameImage;
  /** The same in another form that engines take here. */
  toOtherFrame(picture: Picture): Promise<FrameImage>;
  /** Whether a frame has no pixels any more: closed, or handed over. */
  isEmpty(frame: FrameImage): boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pictures of a real clip with what MediaPipe's full model found in them, frame by frame. */
export interface Clip<Picture> extends Size {
  readonly framesPerSecond: number;
  /** From the clip's beginning, because the reference's smoothing began there too. */
  readonly frames: readonly Picture[];
  readonly reference: readonly ReferenceFrame[];
}

export interface ReferenceFrame {
  readonly landmarks: readonly Landmark[];
  readonly worldLandmarks: readonly Pick<Landmark, 'x' | 'y' | 'z'>[];
}

/** The recorded form of a reference: x, y, z and visibility of 33 landmarks, and x, y, z in metres. */
export interface RecordedReference {
  readonly fps: number;
  readonly width: number;
  readonly height: number;
  readonly frames: readonly {
    readonly lm: readonly (readonly [number, number, number, number])[];
    readonly wl: readonly (readonly [number, number, number])[];
  }[];
}

/** A clip of its decoded frames and of what was recorded of them. */
export function clipOf<Picture>(recorded: RecordedReference, frames: readonly Picture[]): Clip<Picture> {
  return {
    framesPerSecond: recorded.fps,
    width: recorded.width,
    height: recorded.height,
    frames,
    reference: recorded.frames.slice(0, frames.length).map(({ lm, wl }) => ({
      landmarks: lm.map(([x, y, z, visibility]) => ({ x, y, z, visibility })),
      worldLandmarks: wl.map(([x, y, z]) => ({ x, y, z })),
    })),
  };
}

/** What a test says that ends because there is nothing to test with. */
export const NO_FIXTURES = 'skipped: no fixtures';
