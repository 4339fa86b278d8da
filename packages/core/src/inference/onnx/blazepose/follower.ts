import type { Detection } from '../../engine/packed-landmarks.ts';
import type { Picture, Region } from '../network.ts';
import type { Point } from './candidates.ts';
import { intersectionOverUnion } from './overlap.ts';
import { boxOf, isUsable, type Size } from './regions.ts';

/** A person or a hand that was found in a region of a picture. */
export interface Sighting {
  readonly detection: Detection;
  /** The landmarks in pixels, by which it is told from others. */
  readonly points: readonly Point[];
  /** Where to look for it in the next picture. */
  readonly next: Region;
}

/** The two questions that networks answer. */
export interface Seer<Source extends Picture> {
  /** Where in the whole picture there seems to be somebody, best first; slow. */
  find(picture: Source): Promise<readonly Region[]>;
  /** Who is in this region; undefined when nobody is. */
  look(picture: Source, region: Region): Promise<Sighting | undefined>;
  /** Whether two sightings are of the same person or hand. */
  isSame(a: Sighting, b: Sighting): boolean;
}

/**
 * Follows up to `limit` people or hands from picture to picture. Each is looked for where the last picture's
 * landmarks say; the whole picture is searched only while fewer than `limit` are followed, also in the very picture
 * in which one is lost. They keep their order, new ones come last, and nobody is given twice.
 *
 * MediaPipe's graphs (`pose_landmarker_graph.cc`, `hand_landmarker_graph.cc`) search before they look, so that whom
 * they lose is missing from one picture, and compare regions alone, so that of two people who stand close together
 * one goes. Here every person claims the one find that overlaps most, and only coinciding landmarks make two one.
 */
export class Follower<Source extends Picture> {
  readonly #seer: Seer<Source>;
  readonly #limit: number;
  readonly #overlap: number;
  #regions: readonly Region[] = [];
  #size: Size = { width: 0, height: 0 };
  #generation = 0;

  /** @param overlap intersection over union above which a find is somebody who is followed already, in [0, 1] */
  constructor(seer: Seer<Source>, limit: number, overlap: number) {
    this.#seer = seer;
    this.#limit = limit;
    this.#overlap = overlap;
  }

  /** Forgets whom it follows. */
  reset(): void {
    this.#generation += 1;
    this.#regions = [];
  }

  /** Not to be called again before it has answered. */
  async track(picture: Source): Promise<Detection[]> {
    // Regions are pixels: they mean nothing in a picture of another size.
    const { width, height } = picture;
    if (width !== this.#size.width || height !== this.#size.height) this.reset();
    this.#size = { width, height };

    const generation = this.#generation;
    const seen = await this.#follow(picture);
    if (seen.length < this.#limit) {
      const finds = await this.#seer.find(picture);
      for (const region of unclaimed(finds, seen, this.#overlap)) {
        if (seen.length >= this.#limit) break;
        const sighting = await this.#look(picture, region);
        if (sighting && !seen.some((other) => this.#seer.isSame(other, sighting))) seen.push(sighting);
      }
    }
    if (generation === this.#generation) this.#regions = seen.map(({ next }) => next);
    return seen.map(({ detection }) => detection);
  }

  /** Of two who are seen as one it is the one whose region fits better: the other is hidden, or gone. */
  async #follow(picture: Source): Promise<Sighting[]> {
    const seen: { readonly sighting: Sighting; readonly fit: number }[] = [];
    for (const region of this.#regions) {
      const sighting = await this.#look(picture, region);
      if (!sighting) continue;
      const fit = intersectionOverUnion(boxOf(region), boxOf(sighting.next));
      const same = seen.findIndex((other) => this.#seer.isSame(other.sighting, sighting));
      if (same >= 0 && fit <= (seen[same]?.fit ?? 0)) continue;
      if (same >= 0) seen.splice(same, 1);
      seen.push({ sighting, fit });
    }
    return seen.map(({ sighting }) => sighting);
  }

  async #look(picture: Source, region: Region): Promise<Sighting | undefined> {
    return isUsable(region, picture) ? this.#seer.look(picture, region) : undefined;
  }
}

/** The finds that are nobody's: each of those seen takes the one that overlaps most with where it is now. */
function unclaimed(finds: readonly Region[], seen: readonly Sighting[], overlap: number): Region[] {
  const left = new Set(finds);
  for (const { next } of seen) {
    let claim: Region | undefined;
    let most = overlap;
    for (const find of left) {
      const shared = intersectionOverUnion(boxOf(find), boxOf(next));
      if (shared > most) [claim, most] = [find, shared];
    }
    if (claim) left.delete(claim);
  }
  return [...left];
}
