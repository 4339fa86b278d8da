import type { FrameImage } from '../../capture/index.ts';
import type { EngineFiles, EngineSettings } from './engine-messages.ts';

/** What finds people, or hands, in one picture after the other: the inside of an engine. One call at a time. */
export interface Landmarker<Picture = unknown> {
  /**
   * The picture in the form that `detect` wants. It may be `image` itself, which then stays open until `detect` is
   * through with it; any other picture is `detect`'s own.
   * @throws Error when the picture is closed or has no pixels
   */
  read(image: FrameImage): Picture | Promise<Picture>;
  /** @returns what was found, packed by `packDetections` */
  detect(picture: Picture, timestamp: number): Float32Array<ArrayBuffer> | Promise<Float32Array<ArrayBuffer>>;
  /** Forgets whom it follows. */
  reset(): void | Promise<void>;
  close(): void | Promise<void>;
}

/**
 * Makes a landmarker that will not let its first picture wait.
 * @param onLost called once when what it calculates on is gone, and nothing is found any more
 * @throws Error when it cannot be made of these files here
 */
export type StartLandmarker<Settings extends EngineSettings = EngineSettings, Picture = unknown> = (
  settings: Settings,
  files: EngineFiles,
  onLost: (error: Error) => void,
) => Promise<Landmarker<Picture>>;
