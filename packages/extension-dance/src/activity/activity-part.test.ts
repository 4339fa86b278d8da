import type { BodyLandmark, BodyPart } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  type DancerFramesOptions,
  dancerFrames,
  dancing,
  type Move,
  type SyntheticDancer,
  standing,
  swinging,
  together,
  turning,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { runPart } from '../part-run.test-support.ts';
import { ACTIVITY_METRICS } from './activity-metrics.ts';
import { ActivityPart, type ActivitySummary } from './activity-part.ts';

const PARTS: readonly BodyPart[] = ['head', 'torso', 'leftArm', 'rightArm', 'leftLeg', 'rightLeg'];

const watched = (dancer: Move | SyntheticDancer, options: Partial<DancerFramesOptions> = {}) =>
  runPart(
    new ActivityPart(),
    ACTIVITY_METRICS,
    dancerFrames(typeof dancer === 'function' ? { move: dancer } : dancer, { seconds: 8, ...options }),
  );

const activities = ({ parts }: ActivitySummary) =>
  Object.fromEntries(PARTS.map((part) => [part, parts[part].activity ?? Number.NaN])) as Record<
    BodyPart,
    number
  >;

/** The scale as the intensity documents it. */
const effort = (power: number) => (100 * power ** (2 / 3)) / (1 + power ** (2 / 3));

const ARM: readonly BodyLandmark[] = ['rightElbow', 'rightWrist'];
const dance = dancing(beatTimes([{ beatsPerMinute: 110, seconds: 20 }]));
const uneven = together(dance, swinging('rightArmSpread', 0.9, 25, 40));

describe('activity', () => {
  it('of a stretched arm that swings is its power per kilogram, by arithmetic', () => {
    // Winter: lengths in body heights, masses of the body's, centres of mass on the way down.
    const [height, upper, lower] = [1.7, 0.186, 0.146];
    const [near, far] = [0.436 * upper * height, (upper + 0.682 * lower) * height];
    const square = (0.028 * near ** 2 + 0.022 * far ** 2) / (0.028 + 0.022);
    const angle = (20 * Math.PI) / 180;
    const power = square * 8 * Math.PI ** 2 * angle ** 2 * 0.5 ** 3;
    const { summary } = watched(swinging('rightArmRaise', 0.5, 20, 60));
    expect(Math.abs((summary.parts.rightArm.power ?? 0) / power - 1)).toBeLessThan(0.05);
    expect(summary.parts.rightArm.activity).toBeCloseTo(effort(summary.parts.rightArm.power ?? 0), 6);
    expect(summary.parts.rightArm.seen / 1000).toBeCloseTo(8, 0);
  });

  it.each([
    ['rightArm', swinging('rightArmRaise', 1, 30, 60)],
    ['leftArm', swinging('leftElbow', 1, 30, 60)],
    ['rightLeg', swinging('rightFootForward', 1, 0.2)],
    ['leftLeg', swinging('leftFootUp', 1, 0.08, 0.08)],
    ['head', swinging('nod', 1, 20, 10)],
  ] as const)('is that of the %s alone when nothing else moves', (moving, move) => {
    const all = activities(watched(move).summary);
    expect(all[moving]).toBeGreaterThan(20);
    for (const part of PARTS) if (part !== moving) expect(all[part]).toBeLessThan(2);
  });

  it('of an arm that is held still is none, however the body turns or leans', () => {
    const held = { rightArmRaise: 90, leftArmSpread: 70 };
    for (const body of [turning(150), swinging('turn', 0.5, 60), swinging('lean', 0.5, 20, 20)]) {
      const all = activities(watched(together(body, () => held)).summary);
      expect(all.leftArm).toBeLessThan(2);
      expect(all.rightArm).toBeLessThan(2);
      expect(all.head).toBeLessThan(2);
    }
  });

  it('of legs is none when they stand still under a trunk that bends and twists, or are carried around', () => {
    for (const body of [
      swinging('lean', 0.5, 20, 20),
      swinging('twist', 0.8, 25),
      swinging('turn', 0.5, 60),
    ]) {
      const all = activities(watched(body).summary);
      expect(all.leftLeg).toBeLessThan(2);
      expect(all.rightLeg).toBeLessThan(2);
      expect(all.torso).toBeGreaterThan(10);
    }
  });

  it('of the torso comes from its bending and its travel', () => {
    const travel = watched(swinging('roomX', 0.5, 0.2)).summary;
    const power = 8 * Math.PI ** 2 * 0.2 ** 2 * 0.5 ** 3;
    expect(Math.abs((travel.parts.torso.power ?? 0) / power - 1)).toBeLessThan(0.1);
    expect(activities(travel).leftArm).toBeLessThan(2);
  });

  it('of everything is next to none in somebody who stands', () => {
    for (const noise of [0, 0.005]) {
      for (const value of Object.values(activities(watched(standing(), { noise }).summary))) {
        expect(value).toBeLessThan(5);
      }
    }
  });

  it('is the same within 5 % at 24, 30 and 60 Hz', () => {
    const reference = activities(watched(uneven, { rate: 60 }).summary);
    for (const rate of [24, 30]) {
      const other = activities(watched(uneven, { rate }).summary);
      for (const part of PARTS) {
        expect(Math.abs(other[part] - reference[part])).toBeLessThan(0.05 * Math.max(reference[part], 20));
      }
    }
  });

  it('changes sides in a mirror, exactly', () => {
    const [one, other] = [watched(uneven), watched(uneven, { camera: { mirrored: true } })];
    const [seen, mirrored] = [activities(one.summary), activities(other.summary)];
    expect(mirrored.leftArm).toBeCloseTo(seen.rightArm, 6);
    expect(mirrored.rightArm).toBeCloseTo(seen.leftArm, 6);
    expect(mirrored.leftLeg).toBeCloseTo(seen.rightLeg, 6);
    expect(mirrored.torso).toBeCloseTo(seen.torso, 6);
    const [arms = 0, mirroredArms = 0] = [one, other].map(({ summary }) => summary.asymmetry.arms ?? 0);
    expect(Math.abs(arms)).toBeGreaterThan(5);
    expect(mirroredArms).toBeCloseTo(-arms, 6);
  });

  it('lists six parts in the order of BODY_PARTS when all are seen, and each on its own', () => {
    const run = watched(uneven);
    const { value } = run.last('dance.activity');
    expect(value).toEqual(PARTS.map((part) => run.last(`dance.activity.${part}`).value));
  });

  it('invents no number for a part that is hidden, and keeps those of the others', () => {
    const run = watched({ move: uneven, hidden: [{ landmarks: ARM, from: 0, until: 99 }] });
    expect(run.last('dance.activity')).toMatchObject({
      status: 'unknown',
      reason: 'Not in view for long enough: right arm.',
    });
    expect(run.last('dance.activity.rightArm').status).toBe('unknown');
    expect(run.last('dance.asymmetry.arms')).toMatchObject({
      status: 'unknown',
      reason: 'Not in view for long enough: right arm.',
    });
    expect(run.last('dance.activity.leftArm').value).toBeCloseTo(
      watched(uneven).last('dance.activity.leftArm').value as number,
      0,
    );
    expect(run.summary.parts.rightArm).toEqual({ seen: 0, activity: null, power: null });
    expect(run.summary.asymmetry.arms).toBeNull();
  });

  it('is known of head and arms at a desk, where nothing is seen below the chest', () => {
    const move = together(standing(), swinging('rightArmSpread', 0.9, 25, 40));
    const below = ['Hip', 'Knee', 'Ankle', 'Heel', 'FootIndex'] as const;
    const landmarks = below.flatMap((joint) => [`left${joint}`, `right${joint}`] as const);
    const { parts, asymmetry } = watched({ move, hidden: [{ landmarks, from: 0, until: 99 }] }).summary;
    const whole = watched(move).summary;
    expect(parts.rightArm.activity).toBeCloseTo(whole.parts.rightArm.activity ?? Number.NaN, 0);
    expect(parts.leftArm.activity).toBeLessThan(1);
    expect(parts.head.activity).toBeLessThan(1);
    expect(asymmetry.arms).toBeGreaterThan(95);
    for (const part of ['torso', 'leftLeg', 'rightLeg'] as const) expect(parts[part].activity).toBeNull();
  });

  it('comes back after a part was hidden for a while', () => {
    const run = watched({ move: uneven, hidden: [{ landmarks: ARM, from: 2, until: 5 }] }, { seconds: 9 });
    const states = run.readings.filter(({ metric }) => metric === 'dance.activity.rightArm');
    expect(states.filter(({ timestamp }) => timestamp > 4000 && timestamp < 5500).every(isUnknown)).toBe(
      true,
    );
    expect(states.filter(({ timestamp }) => timestamp > 6500).some(isUnknown)).toBe(false);
    expect(run.summary.parts.rightArm.seen).toBeLessThan(6000);
  });
});

describe('asymmetry', () => {
  const swings = (left: number, right: number, phase = 0) =>
    together(swinging('leftArmRaise', 0.8, left, 60), swinging('rightArmRaise', 0.8, right, 60, phase));

  it('tells that the left arm does half of the work of the right', () => {
    // Work goes with the square of the amplitude.
    const { summary, last } = watched(swings(30 / Math.SQRT2, 30));
    const value = summary.asymmetry.arms ?? Number.NaN;
    expect(Math.abs(value - 100 / 3)).toBeLessThan(1);
    expect((100 - value) / (100 + value)).toBeCloseTo(0.5, 1);
    expect(Math.abs((last('dance.asymmetry.arms').value as number) - 100 / 3)).toBeLessThan(2);
  });

  it('is 0 for arms that do the same, together or by turns, and 100 for one alone', () => {
    expect(watched(swings(30, 30)).summary.asymmetry.arms).toBeCloseTo(0, 6);
    expect(watched(swings(30, 30, 0.5)).summary.asymmetry.arms).toBeCloseTo(0, 0);
    expect(watched(swings(0, 30)).summary.asymmetry.arms).toBeCloseTo(100, 6);
    expect(watched(swings(30, 0)).summary.asymmetry.arms).toBeCloseTo(-100, 6);
  });

  it('is not known while both rest, and says so', () => {
    const run = watched(swings(30, 30));
    expect(run.last('dance.asymmetry.legs')).toMatchObject({
      status: 'unknown',
      reason: 'Both legs are at rest.',
    });
    expect(run.summary.asymmetry.legs).toBeNull();
  });

  it('lies within its uncertainty when there is noise', () => {
    const run = watched(swings(30 / Math.SQRT2, 30), { noise: 0.005, seconds: 12 });
    for (const { metric, value, uncertainty = 0 } of run.readings) {
      if (metric !== 'dance.asymmetry.arms' || typeof value !== 'number') continue;
      expect(Math.abs(value - 100 / 3)).toBeLessThan(uncertainty + 3);
    }
  });
});

function isUnknown({ status }: { readonly status: string }): boolean {
  return status === 'unknown';
}
