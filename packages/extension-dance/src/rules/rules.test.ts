import { type ClassifiedFrame, coach, type PoseFrame, type Reading } from '@pose-coach/core';
import { syntheticBody, syntheticFrame, syntheticPose } from '@pose-coach/core/extension-testing';
import { from, lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { changeOfSmoothness } from './change-of-smoothness.ts';
import { EVERY_RULE } from './index.ts';
import { bigJump, repeatedSequence } from './moments.ts';
import { type PersonRule, personRule } from './person-rule.ts';
import { steadyTempo } from './steady-tempo.ts';
import { unevenArms, unevenLegs } from './uneven-limbs.ts';
import { wholeBody } from './whole-body.ts';
import { besideTheBeat, onTheBeat } from './with-the-music.ts';

const RATE = 10;
const body = syntheticBody();

type Said = readonly (readonly [second: number, message: string])[];
/** What is read of somebody at a moment, by metric: a value, or a whole reading's fields. */
type Readings = Readonly<Record<string, number | Partial<Reading>>>;

/** What coaching says, with its own cool-down and gaps, of readings over time. */
async function said(
  rules: readonly PersonRule[],
  seconds: number,
  readings: (second: number, poseId: number) => Readings,
  options: { people?: number; frame?: (frame: PoseFrame) => PoseFrame } = {},
): Promise<Said> {
  const { people = 1, frame: changed = (frame) => frame } = options;
  const frames = Array.from({ length: Math.round(seconds * RATE) }, (_, index): ClassifiedFrame => {
    const timestamp = (index * 1000) / RATE;
    const ids = Array.from({ length: people }, (_, id) => id);
    const poses = ids.map((id) => syntheticPose(id, body));
    return {
      frame: changed(syntheticFrame(timestamp, poses)),
      readings: ids.flatMap((poseId) =>
        Object.entries(readings(timestamp / 1000, poseId)).map(([metric, read]): Reading => {
          const about = { metric, timestamp, poseId, status: 'ok', confidence: 0.9 } as const;
          return typeof read === 'number' ? { ...about, value: read } : { ...about, ...read };
        }),
      ),
    };
  });
  const coached = from(frames).pipe(
    coach(rules.map((rule) => ({ id: rule.id, ...personRule(rule) }))),
    toArray(),
  );
  const all = await lastValueFrom(coached);
  return all.flatMap(({ frame, cues }) =>
    cues.map(({ message }) => [frame.timestamp / 1000, message] as const),
  );
}

const messages = (all: Said) => all.map(([, message]) => message);

describe('uneven limbs', () => {
  const arms = (value: number, rest: Partial<Reading> = {}) =>
    said([unevenArms], 25, () => ({ 'dance.asymmetry.arms': { value, ...rest } }));

  it.each([
    // A limb that does the share s of the other's work makes an asymmetry of 100 · (1 − s) / (1 + s).
    [33.3, 'Your left arm does half the work of the right.'],
    [-33.3, 'Your right arm does half the work of the left.'],
    [50, 'Your left arm does a third of the work of the right.'],
    [-90, 'Your right arm hardly works beside the left.'],
  ])('says of an asymmetry of %d which arm does how much of the work', async (value, message) => {
    expect(messages(await arms(value))).toEqual([message]);
  });

  it('says it after some seconds, when it has proved to be a habit, and not again within half a minute', async () => {
    const all = await said([unevenLegs], 75, () => ({ 'dance.asymmetry.legs': 40 }));
    expect(all.map(([second]) => second)).toEqual([
      expect.closeTo(6, 0),
      expect.closeTo(36, 0),
      expect.closeTo(66, 0),
    ]);
    expect(all[0]?.[1]).toBe('Your left leg does half the work of the right.');
  });

  it('keeps silent on even work, and on sides that take turns', async () => {
    expect(await arms(10)).toEqual([]);
    const turns = await said([unevenArms], 40, (second) => ({
      'dance.asymmetry.arms': Math.floor(second / 2) % 2 ? 70 : -70,
    }));
    expect(turns).toEqual([]);
  });

  it('keeps silent when the uncertainty reaches to even work, when it is unsure, and when it is unknown', async () => {
    expect(await arms(33.3, { uncertainty: 15 })).toEqual([]);
    expect(await arms(60, { confidence: 0.3 })).toEqual([]);
    const unknown = { status: 'unknown', reason: 'Hidden.', confidence: 0 } as const;
    expect(await said([unevenArms], 25, () => ({ 'dance.asymmetry.arms': unknown }))).toEqual([]);
  });

  it('speaks to each person of their own arms', async () => {
    const all = await said(
      [unevenArms],
      12,
      (_, poseId) => ({ 'dance.asymmetry.arms': poseId === 0 ? 50 : poseId === 1 ? 0 : -50 }),
      { people: 3 },
    );
    expect([...messages(all)].sort()).toEqual([
      'Your left arm does a third of the work of the right.',
      'Your right arm does a third of the work of the left.',
    ]);
  });
});

describe('beside the beat', () => {
  const offset = (value: number, rest: Partial<Reading> = {}) =>
    said(besideTheBeat, 20, () => ({ 'dance.onBeat.offset': { value, uncertainty: 10, ...rest } }));

  it('says which side of the beat somebody is on', async () => {
    expect(messages(await offset(-90))).toEqual(['You are ahead of the beat.']);
    expect(messages(await offset(90))).toEqual(['You are behind the beat.']);
  });

  it('leaves the small lead that everybody has unmentioned', async () => {
    expect(await offset(-60)).toEqual([]);
    expect(await offset(60)).toEqual([]);
  });

  it('says nothing that the uncertainty of a delay that was never measured could explain', async () => {
    expect(await offset(-120, { uncertainty: 101 })).toEqual([]);
    expect(messages(await offset(-190, { uncertainty: 101 }))).toEqual(['You are ahead of the beat.']);
  });

  it('keeps silent where the offset is unsure, uncertain or scattered', async () => {
    expect(await offset(-120, { confidence: 0.4 })).toEqual([]);
    expect(await offset(-120, { uncertainty: 60 })).toEqual([]);
    const scattered = await said(besideTheBeat, 20, (second) => ({
      'dance.onBeat.offset': Math.floor(second) % 2 ? 60 : -220,
    }));
    expect(scattered).toEqual([]);
  });
});

describe('on the beat', () => {
  it('praises once in half a minute', async () => {
    const all = await said([onTheBeat], 40, () => ({ 'dance.onBeat': 90 }));
    expect(messages(all)).toEqual(['On the beat: well done.', 'On the beat: well done.']);
    expect((all[1]?.[0] ?? 0) - (all[0]?.[0] ?? 0)).toBeGreaterThanOrEqual(30);
  });

  it('does not praise what chance gives, nor what is as uncertain', async () => {
    expect(await said([onTheBeat], 20, () => ({ 'dance.onBeat': 28 }))).toEqual([]);
    const uncertain = { value: 90, uncertainty: 35 };
    expect(await said([onTheBeat], 20, () => ({ 'dance.onBeat': uncertain }))).toEqual([]);
  });
});

describe('a steady tempo', () => {
  const rhythm = (bpm: (second: number) => number, consistency: number) =>
    said([steadyTempo], 20, (second) => ({
      'dance.rhythm': bpm(second),
      'dance.rhythm.consistency': consistency,
    }));

  it('is praised with its number', async () => {
    expect(messages(await rhythm(() => 119.6, 90))).toEqual(['You keep the tempo: 120 beats a minute.']);
  });

  it('is not praised when it drifts, nor when the beats come unevenly', async () => {
    expect(await rhythm((second) => 100 + 2 * second, 90)).toEqual([]);
    expect(await rhythm(() => 120, 60)).toEqual([]);
  });
});

describe('a change of smoothness', () => {
  const change = (before: number, after: number, intensityAfter = 50) =>
    said([changeOfSmoothness], 85, (second) => ({
      'dance.smoothness': second < 60 ? before : after,
      'dance.intensity': second < 60 ? 50 : intensityAfter,
    }));

  it('is told in both directions', async () => {
    expect(messages(await change(40, 65))).toEqual(['Your movement has become smoother.']);
    expect(messages(await change(65, 40))).toEqual(['Your movement has become less smooth.']);
  });

  it('is not told when it is small, or when the dance itself has changed', async () => {
    expect(await change(50, 56)).toEqual([]);
    expect(await change(40, 65, 80)).toEqual([]);
  });

  it('is not told before there is anything to compare with', async () => {
    const early = await said([changeOfSmoothness], 30, (second) => ({
      'dance.smoothness': second < 15 ? 40 : 70,
      'dance.intensity': 50,
    }));
    expect(early).toEqual([]);
  });
});

describe('moments', () => {
  const jump = (read: Partial<Reading>) =>
    said([bigJump], 10, (second): Readings => (second === 3 ? { 'dance.jump': read } : {}));

  it('tells the height of a big jump, as exactly as it is known', async () => {
    expect(await jump({ value: 32.4, uncertainty: 2 })).toEqual([[3, 'Big jump: 32 cm.']]);
    expect(messages(await jump({ value: 38.9, uncertainty: 6 }))).toEqual(['Big jump: about 40 cm.']);
  });

  it('makes no fuss of a hop, nor of what may be one', async () => {
    expect(await jump({ value: 12, uncertainty: 2 })).toEqual([]);
    expect(await jump({ value: 30, uncertainty: 8 })).toEqual([]);
    expect(await jump({ value: 40, confidence: 0.3 })).toEqual([]);
  });

  it('notices a sequence that was repeated well, and passes over one that was not', async () => {
    const repeated = (value: number) =>
      said([repeatedSequence], 10, (second): Readings => (second === 5 ? { 'dance.patterns': value } : {}));
    expect(messages(await repeated(91))).toEqual(['That sequence again, 91 % alike.']);
    expect(await repeated(70)).toEqual([]);
  });
});

describe('the whole body', () => {
  const LEGS = new Set([25, 26, 27, 28]);
  const withoutLegs = (frame: PoseFrame): PoseFrame => ({
    ...frame,
    poses: frame.poses.map((pose) => ({
      ...pose,
      landmarks: pose.landmarks.map((landmark, index) =>
        LEGS.has(index) ? { ...landmark, visibility: 0.1 } : landmark,
      ),
    })),
  });

  it('is asked for when the legs have been out of sight for five seconds', async () => {
    const all = await said([wholeBody], 12, () => ({}), { frame: withoutLegs });
    expect(all).toEqual([[5, 'Step back until your feet are in the picture.']]);
  });

  it('is not asked for when it is there, nor of who is just walking into place', async () => {
    expect(await said([wholeBody], 12, () => ({}))).toEqual([]);
    const arriving = (frame: PoseFrame) => (frame.timestamp < 4000 ? withoutLegs(frame) : frame);
    expect(await said([wholeBody], 12, () => ({}), { frame: arriving })).toEqual([]);
  });
});

describe('all rules together', () => {
  it('say nothing to nobody', async () => {
    const empty = (frame: PoseFrame) => ({ ...frame, poses: [] });
    const everything = () => ({
      'dance.asymmetry.arms': 80,
      'dance.onBeat.offset': -200,
      'dance.onBeat': 100,
      'dance.jump': 60,
    });
    expect(await said(EVERY_RULE, 20, everything, { frame: empty })).toEqual([]);
  });

  it('leave three seconds between two cues, and say nothing twice within half a minute', async () => {
    const all = await said(EVERY_RULE, 60, (second) => ({
      'dance.asymmetry.arms': 50,
      'dance.asymmetry.legs': -50,
      'dance.onBeat.offset': -120,
      'dance.onBeat': 90,
      'dance.rhythm': 120,
      'dance.rhythm.consistency': 95,
      'dance.smoothness': second < 40 ? 40 : 70,
      'dance.intensity': 50,
      'dance.jump': 40,
    }));
    expect(all.length).toBeGreaterThan(6);
    for (const [index, [second, message]] of all.entries()) {
      const next = all[index + 1]?.[0] ?? Infinity;
      expect(next - second).toBeGreaterThanOrEqual(3);
      const again = all.findIndex(([, other], later) => later > index && other === message);
      if (again !== -1) expect((all[again]?.[0] ?? 0) - second).toBeGreaterThanOrEqual(26);
    }
  });
});
