import { describe, expect, it } from 'vitest';
import {
  dancerFrames,
  holding,
  type Move,
  standing,
  together,
  turning,
} from '../../../../../tests/motion/synthetic-dancer.ts';
import { BODY_LANDMARK_NAMES, type Landmark, type PoseFrame } from '../../pose/index.ts';
import { BodyMotions } from './body-motions.ts';

/** The fastest that any joint of a person seemed to move, travel included, and the share of moments it is known for. */
function fastest(frames: readonly PoseFrame[], poseId = 0) {
  const motions = new BodyMotions();
  let [speed, known, all] = [0, 0, 0];
  for (const frame of frames) {
    for (const motion of motions.step(frame)) {
      if (motion.poseId !== poseId) continue;
      all += 1;
      const travel = Math.hypot(...motion.travel.velocity) * motion.bodyHeight;
      if (Number.isNaN(travel)) continue;
      known += 1;
      speed = Math.max(speed, travel, ...[...motion.body.speed].filter(Number.isFinite));
    }
  }
  return { speed, known: known / all };
}

/** Left for right, as engines mix them up. */
function swapped(frame: PoseFrame): PoseFrame {
  const others = BODY_LANDMARK_NAMES.map((name) =>
    BODY_LANDMARK_NAMES.indexOf(
      name.replace(
        /left|right|Left|Right/,
        (side) => OTHER[side] ?? side,
      ) as (typeof BODY_LANDMARK_NAMES)[number],
    ),
  );
  const turned = (landmarks: readonly Landmark[]) => others.flatMap((other) => landmarks[other] ?? []);
  return {
    ...frame,
    poses: frame.poses.map((pose) => ({
      ...pose,
      landmarks: turned(pose.landmarks),
      worldLandmarks: turned(pose.worldLandmarks),
    })),
  };
}

const OTHER: Readonly<Record<string, string>> = {
  left: 'right',
  right: 'left',
  Left: 'Right',
  Right: 'Left',
};

describe('what nobody can do is no speed', () => {
  it('when left and right are mixed up for a frame now and then', () => {
    for (const rate of [24, 30, 60]) {
      const frames = dancerFrames({ move: standing() }, { seconds: 10, rate, noise: 0.003 });
      const { speed, known } = fastest(
        frames.map((frame, index) => (index % 40 === 20 ? swapped(frame) : frame)),
      );
      // Noise; sides that swap in one frame have 10 m/s and more.
      expect(speed).toBeLessThan(1);
      expect(known).toBeGreaterThan(0.95);
    }
  });

  it('when two people swap their ids', () => {
    const people = [-0.8, 0.8].map((roomX) => ({ move: together(standing(), holding({ roomX })) }));
    const frames = dancerFrames(people, { seconds: 8 }).map((frame, index) =>
      Math.floor(index / 50) % 2 === 0
        ? frame
        : { ...frame, poses: frame.poses.map((pose) => ({ ...pose, id: 1 - pose.id })) },
    );
    for (const poseId of [0, 1]) {
      const { speed, known } = fastest(frames, poseId);
      expect(speed).toBeLessThan(0.1);
      expect(known).toBeGreaterThan(0.6);
    }
  });

  it.each<[string, Move, number]>([
    // Shoulders 0.44 m apart, hips 0.32 m.
    ['turns three times a second', together(standing(0), turning(1080)), 60],
    ['turns twice a second', together(standing(0), turning(720)), 24],
    ['sprints past at 9 m/s', together(standing(0), (seconds) => ({ roomX: 9 * (seconds - 1) })), 24],
  ])('and whoever %s is followed all the time', (_, move, rate) => {
    const camera = { distance: 14 };
    expect(fastest(dancerFrames({ move }, { seconds: 2, rate, camera })).known).toBeGreaterThan(0.9);
  });
});
