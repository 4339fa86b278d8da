import { describe, expect, it } from 'vitest';
import type { Analyzer, Reading } from '../../analysis/index.ts';
import type { Pose, PoseFrame } from '../../pose/index.ts';
import { syntheticBody, syntheticFrame, syntheticPose } from '../testing/synthetic-person.ts';
import { counting, frameAt, managed, manifestOf, packageOf, settle } from './manager.test-support.ts';
import { ScriptedHost } from './scripted-host.test-support.ts';

const FIXTURE = new URL('./fixture-extension/', import.meta.url).href;

function reading(value: number, metric = 'fixture.frames'): Reading {
  return { metric, timestamp: 0, status: 'ok', value, confidence: 1 };
}

const frameWith = (poses: readonly Pose[]) => syntheticFrame(0, poses);

/** An extension that writes down the time of every beat it hears. */
function hearing(heard: number[]) {
  const manifest = manifestOf('hearing', {
    permissions: ['audio'],
    contributes: {
      analyzers: [{ id: 'hearing.count', title: 'Hear', inputs: ['beats'], metrics: ['hearing.beats'] }],
      metrics: [{ id: 'hearing.beats', title: 'Beats', kind: 'event' }],
    },
  });
  const step: Analyzer['step'] = ({ beats }) => {
    for (const { timestamp } of beats) heard.push(timestamp);
    return [];
  };
  return packageOf(
    'hearing',
    (_, coach) => {
      coach.analyzers.register('hearing.count', { create: () => ({ step, reset: () => {} }) });
    },
    { manifest },
  );
}

async function isolated() {
  const host = new ScriptedHost();
  const { extensions, clock } = managed({ isolatedHost: host });
  await extensions.add(FIXTURE);
  extensions.step(frameAt(0));
  await settle();
  // Reading the code from the disk takes its own time.
  while (extensions.list[0]?.state === 'activating') await settle();
  return { host, extensions, clock };
}

describe('a live feed', () => {
  it('has one step under way per isolated extension, and the newest frame waiting', async () => {
    const { host, extensions } = await isolated();
    for (let index = 1; index <= 5; index += 1) expect(extensions.step(frameAt(index)).readings).toEqual([]);
    await settle();
    expect(host.inputs.map(({ frame }) => frame.sequence)).toEqual([1]);
    host.answer();
    await settle();
    expect(host.inputs.map(({ frame }) => frame.sequence)).toEqual([1, 5]);
    host.answer();
    await settle();
    expect(host.inputs).toHaveLength(2);
    extensions.dispose();
  });

  it('gives the readings of isolated extensions with the next frame, once', async () => {
    const { host, extensions } = await isolated();
    const told: (readonly Reading[])[] = [];
    extensions.onReadings((readings) => told.push(readings));
    extensions.step(frameAt(1));
    host.answer({ readings: [reading(7)] });
    await settle();
    expect(told).toEqual([[reading(7)]]);
    expect(extensions.metrics.latest('fixture.frames')).toEqual([reading(7)]);
    expect(extensions.step(frameAt(2)).readings).toEqual([reading(7)]);
    expect(extensions.step(frameAt(3)).readings).toEqual([]);
    expect(extensions.list[0]?.cost).toEqual({ mean: 1, worst: 1 });
    extensions.dispose();
  });

  it('forgets what speaks of an earlier epoch', async () => {
    const { host, extensions } = await isolated();
    extensions.step(frameAt(1));
    extensions.step(frameAt(2));
    extensions.step(frameAt(0, 2));
    host.answer({ readings: [reading(7)] });
    await settle();
    expect(extensions.step(frameAt(1, 2)).readings).toEqual([]);
    expect(extensions.metrics.latest('fixture.frames')).toEqual([]);
    expect(host.inputs.map(({ frame }) => [frame.epoch, frame.sequence])).toEqual([
      [1, 1],
      [2, 0],
    ]);
    extensions.dispose();
  });

  it('keeps beats and the readings of others for an extension that is busy', async () => {
    const host = new ScriptedHost();
    const { extensions } = managed({ isolatedHost: host, onPermission: ({ permissions }) => permissions });
    await extensions.add(FIXTURE);
    await extensions.add(packageOf('other'));
    const heard: number[] = [];
    await extensions.add(hearing(heard));
    extensions.step(frameAt(0));
    while (extensions.list.some(({ state }) => state === 'activating')) await settle();
    expect(extensions.list.map(({ lastError, state }) => lastError?.message ?? state)).toEqual(
      Array(3).fill('active'),
    );
    for (let index = 1; index <= 4; index += 1) {
      extensions.pushBeats([{ timestamp: index * 30, strength: 1 }]);
      extensions.step(frameAt(index));
    }
    host.answer();
    await settle();
    // Frame 1 came before any reading; frame 4 brings what `other` said at 1, 2 and 3, and at 4 while it was waiting.
    expect(host.inputs.map(({ readings }) => readings.map(({ value }) => value))).toEqual([[], [1, 2, 3, 4]]);
    // Without the permission there is no music.
    expect(host.inputs.map(({ beats }) => beats)).toEqual([[], []]);
    // The beat at 30 ms lies before the analyzer's first frame: it belongs to what it has not seen.
    expect(heard).toEqual([60, 90, 120]);
    extensions.dispose();
  });

  it('gives the beats of a long piece that come all at once, from the first to the last', async () => {
    const { extensions } = managed({ onPermission: ({ permissions }) => permissions });
    const heard: number[] = [];
    await extensions.add(hearing(heard));
    extensions.step(frameAt(0));
    while (extensions.list.some(({ state }) => state === 'activating')) await settle();
    // Twenty minutes at 120 BPM.
    const beats = Array.from({ length: 2400 }, (_, index) => ({ timestamp: 500 * (index + 1), strength: 1 }));
    extensions.pushBeats(beats);
    for (let second = 1; second <= 1200; second += 1)
      extensions.step({ ...frameAt(second), timestamp: 1000 * second });
    // The first lies before the first frame that the analyzer was shown.
    expect(heard).toEqual(beats.slice(1).map(({ timestamp }) => timestamp));
    extensions.dispose();
  });

  it('starts an isolated extension again after a crash, and nothing of the old one remains', async () => {
    const { host, extensions, clock } = await isolated();
    extensions.step(frameAt(1));
    host.crash('The worker ran out of memory.');
    await settle();
    expect(extensions.list[0]).toMatchObject({ state: 'failed', restarts: 0 });
    expect(extensions.list[0]?.lastError?.message).toBe('The worker ran out of memory.');
    expect(host.stopped).toBe(1);
    expect(extensions.step(frameAt(2)).frame.sequence).toBe(2);
    clock.advance(500);
    await settle();
    expect(extensions.list[0]).toMatchObject({ state: 'active', restarts: 1 });
    extensions.step(frameAt(3));
    host.answer({ readings: [reading(1)] });
    await settle();
    expect(extensions.step(frameAt(4)).readings).toEqual([reading(1)]);
    expect(host.inputs.map(({ frame }) => frame.sequence)).toEqual([1, 3, 4]);
    extensions.dispose();
    await settle();
    expect([host.stopped, host.disposed, clock.pending]).toEqual([2, 1, 0]);
  });

  it('hides poses from those who may not see them, and shows the rest one object', async () => {
    const host = new ScriptedHost();
    const { extensions } = managed({ isolatedHost: host });
    const seen: unknown[] = [];
    const watching = (name: string, permissions: string[]) =>
      packageOf(
        name,
        (_, coach) => {
          coach.onFrame((frame) => seen.push(frame));
        },
        { manifest: manifestOf(name, { permissions, activationEvents: ['onStartup'], contributes: {} }) },
      );
    await extensions.add(watching('open', ['poses', 'hands']));
    await extensions.add(watching('bodies', ['poses']));
    await extensions.add(watching('bodies-too', ['poses']));
    await extensions.add(watching('blind', []));
    await settle();
    const pose = { id: 0, score: 1, landmarks: [], worldLandmarks: [] };
    const hand = {
      poseId: 0,
      side: 'left' as const,
      score: 1,
      timestamp: 0,
      landmarks: [],
      worldLandmarks: [],
    };
    const frame = { ...frameAt(0), poses: [pose], hands: [hand] };
    extensions.step(frame);
    expect(seen).toEqual([
      frame,
      { ...frame, hands: [] },
      { ...frame, hands: [] },
      { ...frame, poses: [], hands: [] },
    ]);
    expect(seen[1]).toBe(seen[2]);
    extensions.dispose();
  });
});

describe('filters', () => {
  const filtering = (name: string, step: (width: number) => number) =>
    changing(name, (frame) => ({ ...frame, width: step(frame.width) }));
  const changing = (name: string, step: (frame: PoseFrame) => PoseFrame) =>
    packageOf(
      name,
      (_, coach) => {
        coach.filters.register(`${name}.wider`, { create: () => ({ step, reset: () => {} }) });
      },
      {
        manifest: manifestOf(name, {
          activationEvents: ['onStartup'],
          contributes: { filters: [{ id: `${name}.wider`, title: 'Wider' }] },
        }),
      },
    );

  it('stand before the analyzers, in the order of their extensions, and leave with them', async () => {
    const { extensions } = managed();
    await extensions.add(filtering('one', (width) => width + 1));
    await extensions.add(filtering('two', (width) => width * 2));
    await settle();
    expect(extensions.step(frameAt(0)).frame.width).toBe((640 + 1) * 2);
    await extensions.disable('one');
    expect(extensions.step(frameAt(1)).frame.width).toBe(640 * 2);
    expect((await extensions.analyze(frameAt(2))).frame.width).toBe(640 * 2);
    extensions.dispose();
  });

  it('are passed by when they throw, and the extension has failed', async () => {
    const { extensions } = managed();
    await extensions.add(
      filtering('bad', () => {
        throw new Error('division by nobody');
      }),
    );
    await extensions.add(filtering('two', (width) => width * 2));
    await settle();
    expect(extensions.step(frameAt(0)).frame.width).toBe(640 * 2);
    expect(extensions.list[0]).toMatchObject({ state: 'failed' });
    expect(extensions.list[0]?.lastError?.message).toMatch(/bad\.wider.*division by nobody/);
    extensions.dispose();
  });

  const [person] = frameWith([syntheticPose(1, syntheticBody())]).poses;
  const [landmark, ...others] = person?.landmarks ?? [];
  it.each([
    ['nobody for a person', { poses: [null] }],
    ['a person without landmarks', { poses: [{ id: 1, score: 1 }] }],
    ['a person without a number', { poses: [{ ...person, id: undefined }] }],
    ['a joint too few', { poses: [{ ...person, landmarks: others }] }],
    ['nothing for a joint', { poses: [{ ...person, landmarks: [null, ...others] }] }],
    ['a joint nowhere', { poses: [{ ...person, landmarks: [{ ...landmark, x: Number.NaN }, ...others] }] }],
    ['a joint ten pictures away', { poses: [{ ...person, landmarks: [{ ...landmark, y: 11 }, ...others] }] }],
    ['text for a hand', { hands: ['left'] }],
    ['a list that is none', { hands: { length: 0 } }],
    ['a picture without a width', { width: undefined }],
    ['no timings', { timings: undefined }],
    ['another moment', { timestamp: 12 }],
  ])('are to blame for %s, and nobody else is', async (_, wrong) => {
    const { extensions } = managed();
    await extensions.add(packageOf('innocent'));
    extensions.step(frameAt(0));
    await settle();
    await extensions.add(changing('bad', (frame) => ({ ...frame, ...(wrong as object) })));
    await settle();
    const frame = frameWith([syntheticPose(1, syntheticBody())]);
    const { frame: shown, readings } = extensions.step(frame);
    expect(shown).toEqual(frame);
    expect(readings).toMatchObject([{ metric: 'innocent.frames' }]);
    const [innocent, bad] = extensions.list;
    expect([innocent?.state, innocent?.lastError, bad?.state]).toEqual(['active', undefined, 'failed']);
    expect(bad?.lastError?.message).toContain('The filter "bad.wider" failed');
    extensions.dispose();
  });

  it('may move people, and take them away', async () => {
    const { extensions } = managed();
    await extensions.add(
      changing('mirror', (frame) => ({
        ...frame,
        poses: frame.poses.slice(0, 1).map((pose) => ({
          ...pose,
          landmarks: pose.landmarks.map((joint) => ({ ...joint, x: 1 - joint.x })),
        })),
      })),
    );
    await settle();
    const two = frameWith([syntheticPose(1, syntheticBody()), syntheticPose(2, syntheticBody())]);
    const { poses } = extensions.step(two).frame;
    expect(poses).toHaveLength(1);
    expect(poses[0]?.landmarks[0]?.x).toBeCloseTo(1 - (landmark?.x ?? 0));
    expect(extensions.list[0]).toMatchObject({ state: 'active', lastError: undefined });
    extensions.dispose();
  });
});

describe('feedback', () => {
  it('comes from rules as data without any code, as long as the extension is switched on', async () => {
    const { extensions } = managed();
    await extensions.add(packageOf('hello'));
    const rules = {
      feedback: [
        {
          id: 'rules.enough',
          metric: 'hello.frames',
          when: { above: 2 },
          cue: { severity: 'praise', message: 'Enough.' },
        },
      ],
    };
    await extensions.add({ manifest: manifestOf('rules', { contributes: rules }) });
    const cues: unknown[] = [];
    for (let index = 0; index < 10; index += 1) cues.push(...(await extensions.analyze(frameAt(index))).cues);
    expect(cues).toMatchObject([
      { id: 'rules.enough', message: 'Enough.', source: 'rules', timestamp: 2000 / 30 },
    ]);
    await extensions.disable('rules');
    for (let index = 0; index < 10; index += 1)
      expect((await extensions.analyze(frameAt(index, 2))).cues).toEqual([]);
    extensions.dispose();
  });

  it('comes from rules in code, with the name of the extension', async () => {
    const { extensions } = managed();
    const manifest = manifestOf('coded', {
      activationEvents: ['onStartup'],
      contributes: { feedback: [{ id: 'coded.rule', title: 'Says hello' }] },
    });
    await extensions.add(
      packageOf(
        'coded',
        (_, coach) => {
          coach.feedback.register('coded.rule', {
            create: () => ({ step: () => ({ severity: 'hint', message: 'Hello.' }), reset: () => {} }),
          });
        },
        { manifest },
      ),
    );
    const { cues } = await extensions.analyze(frameAt(0));
    expect(cues).toMatchObject([{ id: 'coded.rule', source: 'coded', severity: 'hint', message: 'Hello.' }]);
    extensions.dispose();
  });

  it('of others reaches extensions a frame later, whatever their order', async () => {
    const { extensions } = managed();
    const heard: Record<string, unknown[]> = { early: [], late: [] };
    const listening = (name: string) =>
      packageOf(name, (_, coach) => {
        coach.analyzers.register(`${name}.count`, counting(`${name}.frames`));
        coach.onReadings((readings) => {
          heard[name]?.push(readings.map(({ metric, value }) => `${metric} ${value}`).sort());
        });
      });
    await extensions.add(listening('early'));
    await extensions.add(listening('late'));
    await extensions.analyze(frameAt(0));
    await extensions.analyze(frameAt(1));
    expect(heard).toEqual({
      early: [['early.frames 1'], ['early.frames 2', 'late.frames 1']],
      late: [['late.frames 1'], ['early.frames 1', 'late.frames 2']],
    });
    extensions.dispose();
  });
});
