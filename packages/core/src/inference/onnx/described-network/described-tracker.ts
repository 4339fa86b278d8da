import { BODY_LANDMARK_COUNT, BODY_LANDMARKS, type Landmark } from '../../../pose/index.ts';
import type { Detection } from '../../engine/packed-landmarks.ts';
import { areFinite } from '../blazepose/landmark-outputs.ts';
import { letterbox, toPicture } from '../blazepose/regions.ts';
import { sigmoid } from '../blazepose/sigmoid.ts';
import type { Tracker } from '../blazepose/tracker.ts';
import type { Network, Picture, Region } from '../network.ts';
import type { NetworkDescription } from './network-description.ts';

/** A landmark that the network does not know: nowhere, and not to be seen. */
const UNKNOWN: Landmark = { x: 0, y: 0, z: 0, visibility: 0 };

/** Finds the one person of each picture with a network that is described as data. */
export class DescribedTracker<Source extends Picture = Picture> implements Tracker<Source> {
  readonly #network: Network<Source>;
  readonly #description: NetworkDescription;
  readonly #least: number;

  /**
   * @param network loaded as `describedSpec(description)`; whoever loaded it releases it
   * @param least mean score of the keypoints above which it is a person, in [0, 1]
   */
  constructor(network: Network<Source>, description: NetworkDescription, least: number) {
    this.#network = network;
    this.#description = description;
    this.#least = least;
  }

  /**
   * The score is the mean of the scores of all keypoints that are landmarks; what is not known of a person, which is
   * all world landmarks and every landmark that the network lacks, has the visibility 0.
   * @throws Error when the network gives fewer keypoints than its description names
   */
  async track(picture: Source): Promise<Detection[]> {
    const { input, keypoints, landmarks: names } = this.#description;
    const region = input.fit === 'letterbox' ? letterbox(picture, input) : stretched(picture);
    const values = (await this.#network.run(picture, region))[keypoints.output] ?? new Float32Array();
    if (values.length < names.length * keypoints.stride) {
      throw new Error(
        `"${keypoints.output}" has ${values.length} values; ${names.length} keypoints of ${keypoints.stride} were described.`,
      );
    }
    const landmarks = Array.from({ length: BODY_LANDMARK_COUNT }, () => UNKNOWN);
    const scores: number[] = [];
    names.forEach((name, index) => {
      if (name === null) return;
      const row = values.subarray(index * keypoints.stride, (index + 1) * keypoints.stride);
      const landmark = this.#read(row, region, picture);
      landmarks[BODY_LANDMARKS[name]] = landmark;
      scores.push(landmark.visibility);
    });
    const score = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    if (!(score > this.#least)) return [];
    return [{ score, landmarks, worldLandmarks: landmarks.map(() => UNKNOWN) }];
  }

  /** Nothing is remembered from picture to picture. */
  reset(): void {}

  #read(row: Float32Array, region: Region, picture: Picture): Landmark {
    const { input, keypoints } = this.#description;
    const inPixels = keypoints.units === 'pixels';
    const at = (index: number | undefined) => (index === undefined ? 0 : (row[index] ?? Number.NaN));
    const [columns, rows] = inPixels ? [input.width, input.height] : [1, 1];
    const { x, y } = toPicture(region, { x: at(keypoints.x) / columns, y: at(keypoints.y) / rows });
    const z = ((at(keypoints.z) / columns) * region.width) / picture.width;
    const given = at(keypoints.score);
    const visibility = keypoints.scores === 'logits' ? sigmoid(given) : Math.min(1, Math.max(0, given));
    const landmark = { x: x / picture.width, y: y / picture.height, z, visibility };
    return areFinite([landmark]) ? landmark : UNKNOWN;
  }
}

function stretched({ width, height }: Picture): Region {
  return { x: width / 2, y: height / 2, width, height, angle: 0 };
}
