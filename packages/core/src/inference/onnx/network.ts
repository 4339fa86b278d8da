import type { FrameImage } from '../../capture/index.ts';

/**
 * A rectangle of a picture, turned about its middle. All in pixels of the upright picture, whose first pixel
 * covers [0, 1) × [0, 1); the rectangle may reach beyond the picture.
 */
export interface Region {
  /** The middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Radians by which the rectangle is turned clockwise, as seen on the screen. */
  readonly angle: number;
}

/** What a network is shown: a region of the picture, scaled to `width` × `height`, as float32 planes R, G, B. */
export interface NetworkInput {
  /** Name of the network's only input, of the shape [1, 3, height, width]. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** What the 8-bit values 0 and 255 become. */
  readonly range: readonly [low: number, high: number];
  /** What lies beyond the picture: black, or the picture's outermost pixels again. */
  readonly border: 'black' | 'replicate';
}

/** One network of an engine: its file and what goes in and comes out. */
export interface NetworkSpec {
  /** Name of the model file: `pose_detector.onnx`. */
  readonly file: string;
  readonly input: NetworkInput;
  /** Names of the outputs that are wanted. */
  readonly outputs: readonly string[];
}

/** A picture where its backend can get at the pixels; whoever has it releases it. */
export interface Picture {
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  release(): void;
}

/** A network that is loaded and ready. One `run` at a time. */
export interface Network<Source extends Picture = Picture> {
  readonly spec: NetworkSpec;
  /**
   * Shows it a region of a picture.
   * @returns the values of every wanted output by its name, row by row; the caller's own
   */
  run(picture: Source, region: Region): Promise<Readonly<Record<string, Float32Array>>>;
  release(): Promise<void>;
}

/** Where networks are calculated, and how pixels get there. */
export interface Backend<Source extends Picture = Picture> {
  readonly name: 'wasm' | 'webgpu' | 'native';
  /**
   * Takes the pixels of a frame and leaves the frame to its owner, who may close it once this has resolved.
   * @throws Error when the frame is closed or has no pixels
   */
  picture(image: FrameImage): Promise<Source>;
  /** @throws Error when the model cannot be calculated here */
  load(spec: NetworkSpec, model: Uint8Array): Promise<Network<Source>>;
  /** Called once, when what calculates is gone (the graphics device was lost) and nothing more can be run. */
  onLost: (error: Error) => void;
  dispose(): Promise<void>;
}
