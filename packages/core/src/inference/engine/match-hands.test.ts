import { describe, expect, it } from 'vitest';
import type { Landmark, Pose } from '../../pose/index.ts';
import { followPoses, matchHands } from './match-hands.ts';

type Point = readonly [number, number];

/** Drawn on a square picture: a trunk 0.3 high, the person's left shoulder and hip at `x` + 0.1. */
function person(x: number, wrists: { left: Point; right: Point }): Pose {
  const at = ([px, py]: Point): Landmark => ({ x: px, y: py, z: 0, visibility: 1 });
  const landmarks = Array.from({ length: 33 }, () => at([x, 0.5]));
  landmarks[11] = at([x + 0.1, 0.3]);
  landmarks[12] = at([x - 0.1, 0.3]);
  landmarks[23] = at([x + 0.1, 0.6]);
  landmarks[24] = at([x - 0.1, 0.6]);
  landmarks[15] = at(wrists.left);
  landmarks[16] = at(wrists.right);
  return { id: 0, score: 1, landmarks, worldLandmarks: landmarks };
}

/** A hand with its wrist there; the other landmarks do not matter. */
const hand = ([x, y]: Point): Landmark[] => Array.from({ length: 21 }, () => ({ x, y, z: 0, visibility: 1 }));

const flip = ([x, y]: Point): Point => [1 - x, y];

function match(hands: readonly Point[], poses: readonly Pose[], aspect = 1) {
  return matchHands(hands.map(hand), poses, aspect)
    .sort((a, b) => a.hand - b.hand)
    .map(({ hand: index, pose, side }) => `${index}: ${side} of ${pose}`);
}

describe('matchHands', () => {
  const left: Point = [0.7, 0.6];
  const right: Point = [0.3, 0.6];

  it('hangs each hand on the nearest wrist', () => {
    expect(
      match(
        [
          [0.31, 0.62],
          [0.69, 0.61],
        ],
        [person(0.5, { left, right })],
      ),
    ).toEqual(['0: right of 0', '1: left of 0']);
  });

  it('follows the body when the picture is mirrored, where left and right change places', () => {
    // The body's network sees a mirrored person as another person: what was the left wrist is now the right one.
    const mirrored = person(0.5, { left: flip(right), right: flip(left) });
    expect(match([flip([0.31, 0.62])], [mirrored])).toEqual(['0: left of 0']);
  });

  it('follows the wrists when the arms are crossed', () => {
    const crossed = person(0.5, { left: [0.42, 0.45], right: [0.58, 0.45] });
    expect(
      match(
        [
          [0.43, 0.44],
          [0.57, 0.46],
        ],
        [crossed],
      ),
    ).toEqual(['0: left of 0', '1: right of 0']);
  });

  it('tells two people’s hands apart, whatever order they come in', () => {
    const poses = [
      person(0.25, { left: [0.4, 0.6], right: [0.1, 0.6] }),
      person(0.75, { left: [0.9, 0.6], right: [0.6, 0.6] }),
    ];
    expect(
      match(
        [
          [0.61, 0.6],
          [0.11, 0.6],
          [0.89, 0.6],
          [0.39, 0.6],
        ],
        poses,
      ),
    ).toEqual(['0: right of 1', '1: right of 0', '2: left of 1', '3: left of 0']);
  });

  it('leaves out a hand that is nobody’s, and hands when there is nobody', () => {
    const alone = person(0.2, { left: [0.3, 0.6], right: [0.1, 0.6] });
    expect(match([[0.9, 0.2]], [alone])).toEqual([]);
    expect(match([[0.5, 0.5]], [])).toEqual([]);
  });

  it('gives a wrist one hand only, the nearer', () => {
    const one = person(0.5, { left, right });
    expect(
      match(
        [
          [0.7, 0.66],
          [0.7, 0.61],
        ],
        [one],
      ),
    ).toEqual(['1: left of 0']);
  });

  it('measures distances as they are seen, not by the picture’s proportions', () => {
    // A tenth of the width: a third of this person in a square picture, half of them in one six times as wide as high.
    const one = person(0.5, { left, right });
    expect(match([[0.8, 0.6]], [one], 1)).toEqual(['0: left of 0']);
    expect(match([[0.8, 0.6]], [one], 6)).toEqual([]);
  });

  it('matches nothing to a person whose landmarks are missing', () => {
    const empty: Pose = { id: 0, score: 1, landmarks: [], worldLandmarks: [] };
    expect(match([[0.5, 0.5]], [empty])).toEqual([]);
  });
});

describe('followPoses', () => {
  const arms = { left: [0, 0], right: [0, 0] } as const;

  it('finds people again in whatever order the engine names them', () => {
    const places = followPoses(
      [person(0.2, arms), person(0.8, arms)],
      [person(0.78, arms), person(0.25, arms)],
      1,
    );
    expect([...places].sort()).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('does not take a stranger for somebody who left', () => {
    expect(followPoses([person(0.1, arms)], [person(0.9, arms)], 1).size).toBe(0);
  });

  it('gives a place to one person only', () => {
    const places = followPoses([person(0.5, arms), person(0.55, arms)], [person(0.52, arms)], 1);
    expect([...places]).toEqual([[0, 0]]);
  });
});
