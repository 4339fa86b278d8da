import { describe, expect, it } from 'vitest';
import type { Detection } from '../../engine/packed-landmarks.ts';
import type { Picture, Region } from '../network.ts';
import { Follower, type Seer, type Sighting } from './follower.ts';

/** Somebody at a place, as wide as their region. */
interface Somebody {
  readonly name: number;
  readonly x: number;
  readonly width?: number;
}

interface Scene extends Picture {
  readonly people: readonly Somebody[];
}

function scene(...people: readonly Somebody[]): Scene {
  return { width: 1000, height: 1000, people, release: () => undefined };
}

function regionOf({ x, width = 100 }: Somebody): Region {
  return { x, y: 500, width, height: width, angle: 0 };
}

function sightingOf(somebody: Somebody): Sighting {
  const detection: Detection = { score: somebody.name, landmarks: [], worldLandmarks: [] };
  return { detection, points: [{ x: somebody.x, y: 500 }], next: regionOf(somebody) };
}

/** Sees whoever stands nearest to a region's middle, if in it; the detector sees everybody. */
class ScriptedSeer implements Seer<Scene> {
  searches = 0;
  looks = 0;

  async find({ people }: Scene): Promise<Region[]> {
    this.searches += 1;
    return people.map(regionOf);
  }

  async look({ people }: Scene, region: Region): Promise<Sighting | undefined> {
    this.looks += 1;
    const somewhere = people.filter(({ x }) => Number.isFinite(x));
    const [nearest] = somewhere.sort((a, b) => Math.abs(a.x - region.x) - Math.abs(b.x - region.x));
    const isThere = nearest !== undefined && Math.abs(nearest.x - region.x) < region.width / 2;
    return isThere ? sightingOf(nearest) : undefined;
  }

  isSame(a: Sighting, b: Sighting): boolean {
    return a.points[0]?.x === b.points[0]?.x;
  }
}

function following(limit: number) {
  const seer = new ScriptedSeer();
  const follower = new Follower(seer, limit, 0.5);
  return {
    seer,
    follower,
    /** Whom it finds, by name. */
    track: async (picture: Scene) => (await follower.track(picture)).map(({ score }) => score),
  };
}

const ANNA = { name: 1, x: 200 };
const BERT = { name: 2, x: 500 };
const CLEO = { name: 3, x: 800 };

describe('following', () => {
  it('searches the whole picture once, and then only looks where somebody was', async () => {
    const { seer, track } = following(1);
    expect(await track(scene(ANNA))).toEqual([1]);
    expect(await track(scene({ ...ANNA, x: 220 }))).toEqual([1]);
    expect(await track(scene({ ...ANNA, x: 240 }))).toEqual([1]);
    expect(seer.searches).toBe(1);
    expect(seer.looks).toBe(3);
  });

  it('goes on searching while there may be more, and gives nobody twice', async () => {
    const { seer, track } = following(2);
    expect(await track(scene(ANNA))).toEqual([1]);
    expect(await track(scene(ANNA))).toEqual([1]);
    expect(seer.searches).toBe(2);
    expect(await track(scene(BERT, ANNA))).toEqual([1, 2]);
    expect(await track(scene(BERT, ANNA))).toEqual([1, 2]);
    expect(seer.searches).toBe(3);
  });

  it('finds no more than it is asked for, the likeliest first', async () => {
    const { track } = following(2);
    expect(await track(scene(CLEO, ANNA, BERT))).toEqual([3, 1]);
  });

  it('keeps the order of those who stay when one goes, and puts the new last', async () => {
    const { track } = following(3);
    expect(await track(scene(ANNA, BERT, CLEO))).toEqual([1, 2, 3]);
    expect(await track(scene(BERT, CLEO))).toEqual([2, 3]);
    expect(await track(scene(ANNA, CLEO, BERT))).toEqual([2, 3, 1]);
  });

  it('finds whom it lost in the very picture in which they are elsewhere', async () => {
    const { track } = following(1);
    await track(scene(ANNA));
    expect(await track(scene({ ...ANNA, x: 900 }))).toEqual([1]);
    expect(await track(scene())).toEqual([]);
    expect(await track(scene(ANNA))).toEqual([1]);
  });

  it('tells two who stand close together apart: each claims one find', async () => {
    const { track } = following(2);
    const close = { ...BERT, x: ANNA.x + 20 };
    expect(await track(scene(ANNA))).toEqual([1]);
    // Their regions overlap by two thirds, which would do to take the second for the first.
    expect(await track(scene(ANNA, close))).toEqual([1, 2]);
  });

  it('lets go of one of two that have come to mean the same person', async () => {
    const { track } = following(2);
    const close = { ...BERT, x: ANNA.x + 20 };
    expect(await track(scene(ANNA, close))).toEqual([1, 2]);
    expect(await track(scene(ANNA))).toEqual([1]);
  });

  it('takes who hides somebody for themselves, not for who is hidden: their order stays', async () => {
    const { track } = following(3);
    const before = { ...BERT, x: ANNA.x + 20 };
    expect(await track(scene(ANNA, CLEO, before))).toEqual([1, 3, 2]);
    // Where Anna was, Bert is seen now.
    expect(await track(scene(CLEO, before))).toEqual([3, 2]);
    expect(await track(scene(ANNA, CLEO, before))).toEqual([3, 2, 1]);
  });

  it('keeps the order also when the detector sees one person twice', async () => {
    const { track } = following(3);
    expect(await track(scene(ANNA, BERT))).toEqual([1, 2]);
    const moved = { ...ANNA, x: 230 };
    // The second find fits better than the region of the last picture, and is nobody new.
    expect(await track(scene(moved, moved, BERT))).toEqual([1, 2]);
  });

  it('forgets everybody when it is reset, also in the middle of a picture', async () => {
    const { seer, follower, track } = following(1);
    await track(scene(ANNA));
    follower.reset();
    await track(scene(ANNA));
    expect(seer.searches).toBe(2);
    const last = track(scene(ANNA));
    follower.reset();
    await last;
    await track(scene(ANNA));
    expect(seer.searches).toBe(3);
  });

  it('begins anew with pictures of another size', async () => {
    const { seer, track } = following(1);
    await track(scene(ANNA));
    await track({ ...scene(ANNA), width: 500 });
    expect(seer.searches).toBe(2);
  });

  it('does not look into regions that are none', async () => {
    const { seer, track } = following(3);
    expect(await track(scene({ ...ANNA, width: 0 }, { ...BERT, x: Number.NaN }, CLEO))).toEqual([3]);
    expect(seer.looks).toBe(1);
  });
});
