import { describe, expect, it } from 'vitest';
import {
  BODY_CONNECTIONS,
  BODY_LANDMARK_COUNT,
  BODY_LANDMARK_NAMES,
  BODY_LANDMARKS,
} from './body-landmarks.ts';
import { BODY_PARTS } from './body-parts.ts';
import { HAND_CONNECTIONS, HAND_LANDMARK_COUNT, HAND_LANDMARK_NAMES } from './hand-landmarks.ts';
import { personSize } from './person-size.ts';

/** The landmarks that can be reached from `start` along connections. */
function reachable(start: number, connections: readonly (readonly [number, number])[]): Set<number> {
  const found = new Set([start]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const [from, to] of connections) {
      if (found.has(from)) found.add(to);
      if (found.has(to)) found.add(from);
    }
  }
  return found;
}

describe('the tables of landmarks', () => {
  it('name every index once, in order', () => {
    expect(BODY_LANDMARK_NAMES).toHaveLength(BODY_LANDMARK_COUNT);
    expect(BODY_LANDMARK_NAMES.map((name) => BODY_LANDMARKS[name])).toEqual(
      Array.from({ length: 33 }, (_, index) => index),
    );
    expect(HAND_LANDMARK_NAMES).toHaveLength(HAND_LANDMARK_COUNT);
    expect(HAND_LANDMARK_NAMES[8]).toBe('indexTip');
  });

  it('put the left on odd and the right on even indices, from the shoulders down', () => {
    for (const name of BODY_LANDMARK_NAMES.slice(11)) {
      expect(BODY_LANDMARKS[name] % 2, name).toBe(name.startsWith('left') ? 1 : 0);
    }
  });

  it('connect everything below the head to one skeleton, and every landmark to some other', () => {
    expect([...reachable(11, BODY_CONNECTIONS)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 22 }, (_, index) => index + 11),
    );
    expect(new Set(BODY_CONNECTIONS.flat()).size).toBe(33);
    expect(reachable(0, HAND_CONNECTIONS).size).toBe(21);
  });

  it('connect left and right alike', () => {
    const lines = new Set(BODY_CONNECTIONS.map((pair) => [...pair].sort((a, b) => a - b).join()));
    for (const [from, to] of BODY_CONNECTIONS) {
      if (from % 2 === 0 || to % 2 === 0 || from < 11) continue;
      expect(lines, `${from}–${to}`).toContain(`${from + 1},${to + 1}`);
    }
  });

  it('divide the body into six parts that leave nothing out', () => {
    expect(new Set(Object.values(BODY_PARTS).flat()).size).toBe(33);
  });
});

describe('the size of a person', () => {
  const corner = (x: number, y: number, visibility = 1) => ({ x, y, z: 0, visibility });

  it('is the mean of width and height of the box in pixels', () => {
    // 0.2 · 640 = 128 wide, 0.5 · 480 = 240 high.
    expect(personSize([corner(0.1, 0.2), corner(0.3, 0.7)], 640, 480)).toBeCloseTo(184, 9);
  });

  it('leaves out what the engine does not know and what is not a number', () => {
    const landmarks = [corner(0.1, 0.2), corner(0.3, 0.7), corner(0, 0, 0), corner(Number.NaN, 5)];
    expect(personSize(landmarks, 640, 480)).toBeCloseTo(184, 9);
    expect(personSize([], 640, 480)).toBe(0);
  });
});
