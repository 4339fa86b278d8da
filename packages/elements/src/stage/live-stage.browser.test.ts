import type { PoseFrame } from '@pose-coach/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import { type LiveStage, liveStage, shownScene } from './live-stage.ts';
import { reading } from './reading.test-data.ts';
import { number, people, recordedParts, scene } from './recorded-parts.test-data.ts';
import { scriptedSubscriber } from './scripted-subscriber.test-data.ts';
import { StageView } from './stage-view.ts';

let root: HTMLElement;
let parts: ReturnType<typeof recordedParts>;
let view: StageView;
let channel: ReturnType<typeof scriptedSubscriber>;
let live: LiveStage | undefined;
let sending: ReturnType<typeof setInterval> | undefined;

beforeEach(() => {
  root = document.createElement('div');
  root.style.cssText = 'position:relative;width:960px;height:540px';
  document.body.append(root);
  parts = recordedParts();
  view = new StageView(root, { parts, calm: false });
  channel = scriptedSubscriber();
});

afterEach(() => {
  clearInterval(sending);
  live?.dispose();
  view.dispose();
  root.remove();
});

const moments = () => parts.mounted.find(({ kind }) => kind === 'widget')?.moments ?? [];
const isSeen = () => {
  const item = root.querySelector('[data-item]');
  return item !== null && getComputedStyle(item).visibility === 'visible';
};

/** One person whose nose goes to the right by a hundredth a frame, captured so many milliseconds ago. */
function frame(sequence: number, age = 50): PoseFrame {
  return poseFrame([standingPose({ 0: { x: sequence / 100, y: 0.1 } })], {
    sequence,
    timestamp: sequence * 33,
    timings: { capturedAt: performance.timeOrigin + performance.now() - age, stages: {} },
  });
}

function stream(age?: number): void {
  let sequence = 0;
  sending = setInterval(() => {
    sequence += 1;
    channel.send(frame(sequence, age));
  }, 33);
}

const repaints = async (count: number) => {
  for (let each = 0; each < count; each += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
};

describe('liveStage', () => {
  it('shows the current scene while somebody is live, and nothing otherwise', async () => {
    live = liveStage(view, channel.subscriber);
    channel.arrange([scene()]);
    await repaints(3);
    expect(isSeen()).toBe(false);
    channel.goLive();
    await vi.waitFor(() => expect(isSeen()).toBe(true));
    channel.goAway();
    await vi.waitFor(() => expect(isSeen()).toBe(false));
    channel.goLive();
    await vi.waitFor(() => expect(isSeen()).toBe(true));
  });

  it('shows nothing while the streamer hides the overlay', async () => {
    live = liveStage(view, channel.subscriber);
    channel.goLive();
    channel.arrange([scene()], { hidden: true });
    await repaints(3);
    expect(isSeen()).toBe(false);
    channel.arrange([scene()]);
    await vi.waitFor(() => expect(isSeen()).toBe(true));
  });

  it('follows changes of the scene, and of which scene is current, without starting parts anew', async () => {
    live = liveStage(view, channel.subscriber);
    channel.goLive();
    channel.arrange([scene()]);
    channel.arrange([scene({ items: [people, { ...number, x: 960 }] })]);
    expect(view.itemElement('number')?.style.left).toBe('960px');
    expect(parts.mounted).toHaveLength(2);
    const other = scene({ id: 'other', items: [{ ...number, id: 'another' }] });
    channel.arrange([scene(), other], { current: 'other' });
    expect(view.itemElement('number')).toBeUndefined();
    expect(view.itemElement('another')).toBeDefined();
  });

  it('shows the scene it was asked for, whichever is current, and nothing while there is none of that name', () => {
    live = liveStage(view, channel.subscriber, { scene: 'other' });
    channel.goLive();
    channel.arrange([scene()]);
    expect(root.querySelector('[data-item]')).toBeNull();
    const other = scene({ id: 'other', items: [{ ...number, id: 'another' }] });
    channel.arrange([scene(), other]);
    expect(view.itemElement('another')).toBeDefined();
    const revised = channel.stage.value;
    expect(revised && shownScene(revised.stage, undefined)?.id).toBe('show');
    expect(revised && shownScene(revised.stage, 'none')).toBeUndefined();
  });

  it('paints with every repaint, and shows people between two results', async () => {
    live = liveStage(view, channel.subscriber);
    channel.arrange([scene()]);
    channel.goLive();
    stream();
    await vi.waitFor(() => expect(moments().at(-1)?.frame).toBeDefined());
    const from = moments().length;
    await repaints(30);
    const painted = moments().slice(from);
    expect(painted.length).toBeGreaterThanOrEqual(29);
    const noses = painted.map(({ frame: shown }) => shown?.poses[0]?.landmarks[0]?.x ?? 0);
    expect(noses.every((x, index) => x >= (noses[index - 1] ?? 0) - 1e-9)).toBe(true);
    // Results are whole hundredths; on the way between two of them is what is not.
    expect(noses.some((x) => Math.abs(x * 100 - Math.round(x * 100)) > 0.05)).toBe(true);
  });

  it('shows nobody when no pose has come for 400 ms, and goes on with what is read', async () => {
    live = liveStage(view, channel.subscriber);
    channel.arrange([scene()]);
    channel.goLive();
    channel.send(frame(1));
    channel.readings.next({ readings: [reading('a.x', 7)], cues: [] });
    await vi.waitFor(() => expect(moments().at(-1)?.frame).toBeDefined());
    await vi.waitFor(() => expect(moments().at(-1)?.frame).toBeUndefined());
    expect(moments().at(-1)?.readings['a.x']?.value).toBe(7);
  });

  it('tells parts since when the publisher is live, on their own clock', async () => {
    live = liveStage(view, channel.subscriber);
    channel.arrange([scene()]);
    channel.goLive(performance.timeOrigin + performance.now() - 60_000);
    await vi.waitFor(() => expect(moments().at(-1)?.liveSince).toBeDefined());
    const { liveSince = 0, now = 0 } = moments().at(-1) ?? {};
    expect(Math.abs(now - liveSince - 60_000)).toBeLessThan(500);
  });

  it('tells since when also where the server’s clock differs, as soon as that is known', async () => {
    let difference = 0;
    const serverNow = () => performance.timeOrigin + performance.now() + difference;
    live = liveStage(view, { ...channel.subscriber, serverNow });
    channel.arrange([scene()]);
    channel.goLive(performance.timeOrigin + performance.now() + 3_600_000 - 60_000);
    await vi.waitFor(() => expect(moments().at(-1)?.liveSince).toBeDefined());
    difference = 3_600_000;
    await vi.waitFor(() => {
      const { liveSince = 0, now = 0 } = moments().at(-1) ?? {};
      expect(Math.abs(now - liveSince - 60_000)).toBeLessThan(500);
    });
  });

  it('does what happens on the stage', async () => {
    live = liveStage(view, channel.subscriber);
    channel.arrange([scene({ items: [{ ...number, visible: false }] })]);
    channel.goLive();
    channel.effects.next({ kind: 'show-item', scene: 'show', item: 'number', seconds: 60 });
    await vi.waitFor(() => expect(moments().length).toBeGreaterThan(0));
  });

  it('tells once a second how late people were painted', async () => {
    live = liveStage(view, channel.subscriber);
    channel.arrange([scene()]);
    channel.goLive();
    stream(120);
    await vi.waitFor(() => expect(channel.painted.length).toBeGreaterThanOrEqual(2), { timeout: 5000 });
    const report = channel.painted[1];
    // 120 ms old when they came, and then shown whole after 33 more at the latest, with a repaint.
    expect(report?.median).toBeGreaterThanOrEqual(120);
    expect(report?.median).toBeLessThan(220);
    expect(report?.frames).toBeGreaterThan(10);
    expect(report?.longest).toBeGreaterThanOrEqual(report?.median ?? 0);
  });

  it('paints nothing while paused, and shows nothing old when it goes on', async () => {
    live = liveStage(view, channel.subscriber);
    channel.arrange([scene()]);
    channel.goLive();
    stream();
    await vi.waitFor(() => expect(isSeen()).toBe(true));
    await vi.waitFor(() => expect(moments().at(-1)?.frame).toBeDefined());
    live.paused = true;
    expect(isSeen()).toBe(false);
    expect(moments().at(-1)?.frame).toBeUndefined();
    const count = moments().length;
    await repaints(5);
    expect(moments()).toHaveLength(count);
    live.paused = false;
    await vi.waitFor(() => expect(isSeen()).toBe(true));
    await vi.waitFor(() => expect(moments().at(-1)?.frame).toBeDefined());
  });

  it('listens to nobody and paints nothing after it is disposed', async () => {
    live = liveStage(view, channel.subscriber);
    channel.arrange([scene()]);
    channel.goLive();
    await vi.waitFor(() => expect(moments().length).toBeGreaterThan(0));
    live.dispose();
    expect(channel.observed).toBe(false);
    const count = moments().length;
    await repaints(3);
    expect(moments()).toHaveLength(count);
  });
});
