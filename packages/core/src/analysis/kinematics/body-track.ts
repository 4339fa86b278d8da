import {
  BODY_LANDMARKS as BODY,
  BODY_LANDMARK_COUNT,
  type Landmark,
  type Pose,
  type PoseFrame,
} from '../../pose/index.ts';
import { BodyHeight } from './body-height.ts';
import type { BodyMotion, LandmarkMotion, TravelMotion } from './body-motion.ts';
import { type Continuation, Continuity } from './continuity.ts';
import { CubicWindow } from './cubic-window.ts';
import { FrameSpacing } from './frame-spacing.ts';
import { PictureScale } from './picture-scale.ts';
import { TrunkAxes } from './trunk-axes.ts';

/** More likely in sight than not: the engine's positions of hidden joints are guesses that jump. */
const MINIMUM_VISIBILITY = 0.5;

/** The middle of the hips in the picture is fitted like a landmark, in pixels. */
const HIPS = BODY_LANDMARK_COUNT;
const POINTS = BODY_LANDMARK_COUNT + 1;

/** How one person moves, frame by frame. */
export class BodyTrack {
  readonly #motion: MutableMotion;
  readonly #window = new CubicWindow(POINTS);
  readonly #trunk = new TrunkAxes();
  readonly #height = new BodyHeight();
  readonly #scale = new PictureScale();
  readonly #spacing = new FrameSpacing();
  readonly #continuity = new Continuity();
  readonly #visibility = new RunningVisibility();
  readonly #sample = new Float64Array(POINTS * 3);
  readonly #seen = new Uint8Array(POINTS);
  readonly #pixels = new Float64Array(BODY_LANDMARK_COUNT * 2);
  readonly #jet = new Float64Array(12);
  readonly #first: number;

  /** Milliseconds of media time at which the person was last in a frame. */
  lastSeen = Number.NaN;

  constructor(poseId: number, { timestamp, epoch }: PoseFrame) {
    this.#first = timestamp;
    this.#motion = {
      poseId,
      timestamp: Number.NEGATIVE_INFINITY,
      epoch,
      delay: Number.NaN,
      bandwidth: Number.NaN,
      body: landmarkMotion(),
      trunk: landmarkMotion(),
      travel: {
        position: [Number.NaN, Number.NaN],
        velocity: [Number.NaN, Number.NaN],
        acceleration: [Number.NaN, Number.NaN],
        velocityUncertainty: Number.NaN,
      },
      bodyHeight: Number.NaN,
      visibility: 0,
    };
  }

  /** @returns the motion a little before the frame; nothing before the person's first frame, or twice of a moment */
  step(frame: PoseFrame, pose: Pose): BodyMotion | undefined {
    const { timestamp } = frame;
    this.lastSeen = timestamp;
    const time = timestamp / 1000;
    this.#read(frame, pose);
    const continuation = this.#continuation(time);
    if (continuation === 'new') this.#window.clear();
    if (continuation !== 'stray') {
      this.#window.push(time, this.#sample, this.#seen);
      this.#height.update(time, this.#sample, this.#seen);
      this.#scale.update(time, this.#pixels, this.#sample, this.#seen);
    }
    this.#spacing.update(time);
    this.#visibility.update(time, pose.worldLandmarks, this.#spacing.halfWidth);

    const { delay, halfWidth, longestGap, bandwidth } = this.#spacing;
    const motion = this.#motion;
    const centre = timestamp - delay * 1000;
    if (centre < this.#first || centre <= motion.timestamp) return undefined;
    this.#window.fit(time - delay, halfWidth, longestGap);
    motion.timestamp = centre;
    motion.delay = delay * 1000;
    motion.bandwidth = bandwidth;
    motion.bodyHeight = this.#height.metres;
    motion.visibility = this.#visibility.mean;
    this.#writeBody();
    this.#writeTrunk();
    this.#writeTravel();
    return motion;
  }

  #read({ width, height }: PoseFrame, { landmarks, worldLandmarks }: Pose): void {
    for (let index = 0; index < BODY_LANDMARK_COUNT; index += 1) {
      const world = worldLandmarks[index];
      const picture = landmarks[index];
      const seen = world !== undefined && isSeen(world);
      this.#seen[index] = seen ? 1 : 0;
      if (!seen) continue;
      this.#sample[index * 3] = world.x;
      this.#sample[index * 3 + 1] = world.y;
      this.#sample[index * 3 + 2] = world.z;
      this.#pixels[index * 2] = picture ? picture.x * width : Number.NaN;
      this.#pixels[index * 2 + 1] = picture ? picture.y * height : Number.NaN;
    }
    const { leftHip, rightHip } = BODY;
    const hipX = ((this.#pixels[leftHip * 2] ?? 0) + (this.#pixels[rightHip * 2] ?? 0)) / 2;
    const hipY = ((this.#pixels[leftHip * 2 + 1] ?? 0) + (this.#pixels[rightHip * 2 + 1] ?? 0)) / 2;
    const seen = this.#seen[leftHip] === 1 && this.#seen[rightHip] === 1 && Number.isFinite(hipX + hipY);
    this.#seen[HIPS] = seen ? 1 : 0;
    this.#sample[HIPS * 3] = hipX;
    this.#sample[HIPS * 3 + 1] = hipY;
    this.#sample[HIPS * 3 + 2] = 0;
  }

  #continuation(time: number): Continuation {
    const seen = this.#seen[HIPS] === 1;
    const hipsX = seen ? (this.#sample[HIPS * 3] ?? Number.NaN) : Number.NaN;
    const hipsY = seen ? (this.#sample[HIPS * 3 + 1] ?? Number.NaN) : Number.NaN;
    const { pixelsPerMetre } = this.#scale;
    return this.#continuity.next(time, this.#sample, this.#seen, hipsX, hipsY, pixelsPerMetre);
  }

  #writeBody(): void {
    const { coefficients, slopeVariance } = this.#window;
    for (let landmark = 0; landmark < BODY_LANDMARK_COUNT; landmark += 1) {
      write(this.#motion.body, landmark, coefficients, landmark * 12);
      const at = landmark * 3;
      this.#motion.body.speedUncertainty[landmark] = speedUncertainty(
        this.#motion.body.velocity,
        at,
        slopeVariance[at] ?? Number.NaN,
        slopeVariance[at + 1] ?? Number.NaN,
        slopeVariance[at + 2] ?? Number.NaN,
      );
    }
  }

  #writeTrunk(): void {
    const { coefficients, slopeVariance } = this.#window;
    const known = this.#trunk.update(coefficients, slopeVariance);
    const trunk = this.#motion.trunk;
    for (let landmark = 0; landmark < BODY_LANDMARK_COUNT; landmark += 1) {
      if (known) this.#trunk.transform(coefficients, landmark, this.#jet);
      else this.#jet.fill(Number.NaN);
      write(trunk, landmark, this.#jet, 0);
      const at = landmark * 3;
      const own =
        (slopeVariance[at] ?? Number.NaN) +
        (slopeVariance[at + 1] ?? Number.NaN) +
        (slopeVariance[at + 2] ?? Number.NaN);
      const carried = this.#trunk.varianceAt(this.#jet[0] ?? 0, this.#jet[4] ?? 0, this.#jet[8] ?? 0);
      const each = (own + carried) / 3;
      trunk.speedUncertainty[landmark] = speedUncertainty(trunk.velocity, at, each, each, each);
    }
  }

  #writeTravel(): void {
    const { coefficients, slopeVariance } = this.#window;
    const travel = this.#motion.travel;
    const pixelsPerHeight = this.#scale.pixelsPerMetre * this.#motion.bodyHeight;
    const [x, y] = [HIPS * 12, HIPS * 12 + 4];
    for (const [axis, at] of [x, y].entries()) {
      travel.position[axis] = (coefficients[at] ?? Number.NaN) / pixelsPerHeight;
      travel.velocity[axis] = (coefficients[at + 1] ?? Number.NaN) / pixelsPerHeight;
      travel.acceleration[axis] = (2 * (coefficients[at + 2] ?? Number.NaN)) / pixelsPerHeight;
    }
    const variance =
      ((slopeVariance[HIPS * 3] ?? Number.NaN) + (slopeVariance[HIPS * 3 + 1] ?? Number.NaN)) / 2;
    travel.velocityUncertainty = Math.sqrt(variance) / pixelsPerHeight;
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

interface MutableTravel extends Mutable<Omit<TravelMotion, 'position' | 'velocity' | 'acceleration'>> {
  readonly position: [number, number];
  readonly velocity: [number, number];
  readonly acceleration: [number, number];
}

interface MutableMotion extends Mutable<Omit<BodyMotion, 'travel'>> {
  readonly travel: MutableTravel;
}

/** What lies in the origin to the last bit was left there by an engine that gives no metres. */
function isSeen({ x, y, z, visibility }: Landmark): boolean {
  if (x === 0 && y === 0 && z === 0) return false;
  return visibility >= MINIMUM_VISIBILITY && Number.isFinite(x + y + z);
}

function landmarkMotion(): LandmarkMotion {
  const vectors = () => new Float64Array(BODY_LANDMARK_COUNT * 3).fill(Number.NaN);
  const scalars = () => new Float64Array(BODY_LANDMARK_COUNT).fill(Number.NaN);
  return {
    position: vectors(),
    velocity: vectors(),
    acceleration: vectors(),
    jerk: vectors(),
    speed: scalars(),
    speedUncertainty: scalars(),
  };
}

/** Taylor coefficients to derivatives. */
function write(motion: LandmarkMotion, landmark: number, jet: Float64Array, at: number): void {
  let square = 0;
  for (let axis = 0; axis < 3; axis += 1) {
    const index = landmark * 3 + axis;
    const from = at + axis * 4;
    const velocity = jet[from + 1] ?? Number.NaN;
    motion.position[index] = jet[from] ?? Number.NaN;
    motion.velocity[index] = velocity;
    motion.acceleration[index] = 2 * (jet[from + 2] ?? Number.NaN);
    motion.jerk[index] = 6 * (jet[from + 3] ?? Number.NaN);
    square += velocity * velocity;
  }
  motion.speed[landmark] = Math.sqrt(square);
}

/**
 * Of a fast point, the uncertainty along its way; of one at rest, how far the speed, which cannot be negative, lies
 * above nought on the average of squares; in between, one passes into the other.
 */
function speedUncertainty(velocity: Float64Array, at: number, x: number, y: number, z: number): number {
  const [vx, vy, vz] = [velocity[at] ?? 0, velocity[at + 1] ?? 0, velocity[at + 2] ?? 0];
  const sum = x + y + z;
  const squares = vx * vx + vy * vy + vz * vz + sum;
  if (squares === 0) return 0;
  return Math.sqrt((vx * vx * x + vy * vy * y + vz * vz * z + sum * sum) / squares);
}

/** The mean visibility of all landmarks over the last half width on either side, exponentially. */
class RunningVisibility {
  #latest = Number.NaN;
  mean = 0;

  update(time: number, landmarks: readonly Landmark[], halfWidth: number): void {
    let sum = 0;
    for (const { visibility } of landmarks) if (visibility > 0) sum += Math.min(1, visibility);
    const mean = sum / BODY_LANDMARK_COUNT;
    const share = Number.isNaN(this.#latest) ? 1 : 1 - Math.exp(-(time - this.#latest) / halfWidth);
    this.mean += share * (mean - this.mean);
    this.#latest = time;
  }
}
