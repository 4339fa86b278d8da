import type { CoachStats, PoseFrame } from '@pose-coach/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../../tests/synthetic-pose.ts';
import { expectAccessible } from '../../base/accessibility-audit.test-data.ts';
import type { LiveState, PoseCoachState } from '../../coach/coach-state.ts';
import type { PoseCoachElement } from '../../coach/pose-coach.ts';
import type { PoseObsElement } from '../obs/pose-obs.ts';
import { AnsweringController } from '../shared/answering-controller.test-data.ts';
import { connectedObs } from '../shared/connected-obs.test-data.ts';
import { all, button, eventually, one, shadowWords, words } from '../shared/in-page.test-data.ts';
import type { PoseGuideElement } from './pose-guide.ts';
import '../../index.ts';
import '../index.ts';

beforeEach(() => localStorage.clear());
afterEach(() => document.body.replaceChildren());

/** A `<pose-coach>` that tells what the test says, without camera and engine. */
function scriptedCoach() {
  const coach = document.createElement('pose-coach');
  coach.id = 'coach';
  let state: PoseCoachState = { status: 'idle' };
  let live: LiveState = { status: 'off' };
  const started: (string | undefined)[] = [];
  Object.defineProperties(coach, {
    state: { get: () => state },
    liveState: { get: () => live },
    start: { value: () => started.push(coach.device) },
  });
  const tell = <Detail>(type: string, detail: Detail) =>
    coach.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  return {
    coach,
    started,
    setState(next: PoseCoachState) {
      state = next;
      tell('pose-state', next);
    },
    setLive(next: LiveState) {
      live = next;
      tell('pose-live', next);
    },
    frame: (frame: PoseFrame) => tell('pose-frame', { frame, readings: [], cues: [] }),
    stats: (rate: number) =>
      tell<CoachStats>('pose-stats', { rate, delay: 20, dropped: 0, stages: {}, info: undefined }),
  };
}

const RUNNING: PoseCoachState = { status: 'running', info: undefined };

async function open() {
  const scripted = scriptedCoach();
  const controller = new AnsweringController();
  controller.answer('delay.measure', () => ({ overlays: 0, message: 'No overlay.' }));
  const guide = document.createElement('pose-guide');
  guide.for = 'coach';
  guide.controller = controller;
  guide.style.width = '360px';
  document.body.style.background = '#060b18';
  document.body.append(scripted.coach as PoseCoachElement, guide);
  await guide.updateComplete;
  return { ...scripted, controller, guide };
}

function current(guide: PoseGuideElement): string {
  return words(one(guide, '[aria-current=step] .header span + span'));
}

function check(guide: PoseGuideElement, name: string): string {
  return words(one(guide, `[data-check="${name}"]`));
}

/** A second of somebody of whom the picture ends at this share of its height. */
function watch(
  { frame, stats }: Pick<Awaited<ReturnType<typeof open>>, 'frame' | 'stats'>,
  end = 1,
  from = 0,
) {
  for (let index = 0; index < 30; index += 1) {
    const pose = syntheticPose(0, syntheticBody());
    const landmarks = pose.landmarks.map((point) => ({ ...point, y: point.y / end }));
    const timings = { capturedAt: from + index * 33, stages: {} };
    frame(syntheticFrame(from + index * 33, [{ ...pose, landmarks }], { timings }));
  }
  stats(30);
}

describe('<pose-guide>', () => {
  it('passes the accessibility audit at each step', async () => {
    const { guide, setState, ...coach } = await open();
    await expectAccessible(guide);
    setState(RUNNING);
    await guide.updateComplete;
    watch(coach, 0.75);
    await guide.updateComplete;
    expect(current(guide)).toBe('Light and framing');
    await expectAccessible(guide);
    button(guide, 'Go on all the same').click();
    await guide.updateComplete;
    await expectAccessible(guide);
    one(guide, 'li:last-child .header').click();
    await eventually(() => button(guide, 'Copy address'));
    await expectAccessible(guide);
    expect(guide.scrollWidth).toBeLessThanOrEqual(360);
  });

  it('starts the camera, and goes on by itself once there are results', async () => {
    const { guide, coach, started, setState } = await open();
    coach.source = 'sample';
    button(guide, 'Use my camera').click();
    expect([coach.source, started]).toEqual(['camera', [undefined]]);
    setState({ status: 'loading', loaded: 0, total: 0 });
    await guide.updateComplete;
    expect(shadowWords(guide)).toContain('are being started');
    setState(RUNNING);
    await guide.updateComplete;
    expect(current(guide)).toBe('Light and framing');
    expect(one(guide, '.header.done').textContent).toContain('Your camera');
  });

  it('says what is cut off, in words and in the drawing, then that all of the body is there', async () => {
    const { guide, setState, ...coach } = await open();
    setState(RUNNING);
    await guide.updateComplete;
    watch(coach, 0.75);
    await guide.updateComplete;
    expect(check(guide, 'Whole body in view')).toBe(
      'Whole body in view Look here Your feet are out of the picture. Step back, or tilt the camera down.',
    );
    const marked = [...(guide.shadowRoot?.querySelectorAll('circle.cut') ?? [])].map((each) =>
      each.getAttribute('data-part'),
    );
    expect(marked).toEqual(['leftFoot', 'rightFoot']);
    expect(one(guide, '[role=status]').textContent).toContain('Whole body in view: look here.');
    // Later, when what was seen before is forgotten.
    watch(coach, 1, 10_000);
    await guide.updateComplete;
    expect(check(guide, 'Whole body in view')).toContain('Good All of you is in the picture.');
  });

  it('says that it does not know where there is no picture, and too few numbers', async () => {
    const { guide, setState, ...coach } = await open();
    setState(RUNNING);
    await guide.updateComplete;
    watch(coach);
    await guide.updateComplete;
    for (const name of ['Light', 'Sharpness', 'Results every frame']) {
      expect(check(guide, name)).toContain(`${name} Not known yet`);
    }
    // Without knowing, the step is not done.
    expect(all(guide, '.header.done')).toHaveLength(1);
  });

  it('goes live, and from there into OBS, with the overlay’s address', async () => {
    const { guide, coach, controller, setState, setLive } = await open();
    setState(RUNNING);
    one(guide, 'li:nth-child(3) .header').click();
    await guide.updateComplete;
    button(guide, 'Go live').click();
    await eventually(() => expect(coach.live).toBe(true));
    setLive({ status: 'live' });
    await eventually(() => expect(current(guide)).toBe('Into OBS'));
    await eventually(() =>
      expect(one<HTMLInputElement>(guide, 'input').value).toMatch(/^http:\/\/127\.0\.0\.1:8787\/overlay/),
    );
    expect(shadowWords(guide)).toContain('No overlay shows you yet.');
    controller.answer('delay.measure', () => ({ overlays: 2, median: 48.4, longest: 70, message: '' }));
    await eventually(() =>
      expect(shadowWords(guide)).toContain('2 overlays show you, 48 ms after the camera.'),
    );
    button(guide, 'Done').click();
    await guide.updateComplete;
    expect(all(guide, '.card')).toEqual([]);
  });

  it('says what to do instead where OBS could not be set up, and can be finished all the same', async () => {
    const { guide, controller } = await open();
    const detail = 'This OBS has no browser sources: capture a window.';
    controller.answer('obs.sources', () => ({ sources: [] }));
    controller.answer('obs.setup', () => ({
      steps: [{ what: 'Browser source', outcome: 'impossible', detail }],
    }));
    controller.obs.next(connectedObs({ overlays: [] }));
    one(guide, 'li:last-child .header').click();
    await guide.updateComplete;
    const panel = one<PoseObsElement>(guide, 'pose-obs');
    expect(shadowWords(guide)).toContain('add a source of the kind Browser');
    await eventually(() => button(panel, 'Set up OBS'));
    button(panel, 'Set up OBS').click();
    await eventually(() => expect(shadowWords(guide)).toContain(`By hand: ${detail}`));
    expect(shadowWords(guide)).not.toContain('add a source');
    button(guide, 'Done').click();
    await guide.updateComplete;
    expect(all(guide, '.card')).toEqual([]);
  });

  it('shows which steps were skipped, until they are done', async () => {
    const { guide, setState } = await open();
    one(guide, 'li:nth-child(3) .header').click();
    await guide.updateComplete;
    const skipped = () => all(guide, '.header.skipped').map((header) => words(header));
    expect(skipped()).toEqual(['– Your camera skipped', '– Light and framing skipped']);
    setState(RUNNING);
    await guide.updateComplete;
    expect(skipped()).toEqual(['– Light and framing skipped']);
  });

  it('stays closed in this browser once it was closed, until it is asked for', async () => {
    const { guide } = await open();
    button(guide, 'Close the first steps').click();
    await guide.updateComplete;
    document.body.replaceChildren();
    const { guide: second } = await open();
    expect(all(second, '.card')).toEqual([]);
    expect(all(second, 'button').map(words)).toEqual(['Show the first steps']);
    button(second, 'Show the first steps').click();
    await eventually(() => expect(current(second)).toBe('Your camera'));
    expect(second.shadowRoot?.activeElement?.className).toContain('header');
    document.body.replaceChildren();
    const { guide: third } = await open();
    expect(current(third)).toBe('Your camera');
  });

  it('asks nobody for anything while it is closed or away', async () => {
    const { guide, controller, setState, ...coach } = await open();
    one(guide, 'li:last-child .header').click();
    await eventually(() => expect(controller.asked('delay.measure').length).toBeGreaterThan(0));
    guide.remove();
    const subjects = [
      controller.status,
      controller.stage,
      controller.source,
      controller.state,
      controller.obs,
    ];
    expect(subjects.map(({ observed }) => observed)).toEqual([false, false, false, false, false]);
    setState(RUNNING);
    watch(coach);
    expect(shadowWords(guide)).not.toContain('Light Good');
  });
});
