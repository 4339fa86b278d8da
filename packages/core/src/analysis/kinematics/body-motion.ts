/**
 * How landmarks move in one frame of reference. Arrays of 99 hold x, y, z of the 33 body landmarks in their order.
 * What is not known is NaN. The arrays belong to whoever made them and change with the next step: copy what you keep.
 */
export interface LandmarkMotion {
  /** Metres. */
  readonly position: Float64Array;
  /** Metres per second. */
  readonly velocity: Float64Array;
  /** Metres per second². */
  readonly acceleration: Float64Array;
  /** Metres per second³, as far as the frame rate carries it: see `BodyMotion.bandwidth`. */
  readonly jerk: Float64Array;
  /** 33 lengths of the velocity vectors, metres per second. */
  readonly speed: Float64Array;
  /** 33 standard uncertainties of the speeds, metres per second; gaps and hidden joints make them wide. */
  readonly speedUncertainty: Float64Array;
}

/** How the middle of the hips travels in the picture: world landmarks lose it, their origin is the hips. */
export interface TravelMotion {
  /** x right, y down, in body heights; the origin is the picture's top left. NaN where not known, as in all that follows. */
  readonly position: readonly [x: number, y: number];
  /** Body heights per second. */
  readonly velocity: readonly [x: number, y: number];
  /** Body heights per second². */
  readonly acceleration: readonly [x: number, y: number];
  /** Standard uncertainty of the velocity, body heights per second. */
  readonly velocityUncertainty: number;
}

/** How one person moves at one moment. */
export interface BodyMotion {
  readonly poseId: number;
  /** Milliseconds of media time that it speaks of: the middle of the window, and so `delay` before the newest frame. */
  readonly timestamp: number;
  readonly epoch: number;
  /** Milliseconds between this moment and the newest frame that it was measured with. */
  readonly delay: number;
  /** Hertz up to which the frames and the window carry motion; faster movement is not seen here. */
  readonly bandwidth: number;
  /** In the camera's axes (x right, y down, z away), origin between the hips. */
  readonly body: LandmarkMotion;
  /**
   * In the axes of the trunk, origin between the shoulders: x to the person's left, y up the spine, z forward out of
   * the chest. A still arm on a turning body does not move here. While a hip is hidden, the camera's up stands for
   * the spine's.
   */
  readonly trunk: LandmarkMotion;
  readonly travel: TravelMotion;
  /** Metres from sole to crown when stretched, from the lengths of the limbs, the same in every posture; NaN until known. */
  readonly bodyHeight: number;
  /** Mean visibility of the 33 landmarks in the window, in [0, 1]. */
  readonly visibility: number;
}
