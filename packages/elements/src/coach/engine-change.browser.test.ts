import type { CoachStats, PoseFrame } from '@pose-coach/core';
import { canvas } from '@pose-coach/core/camera';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import type { PoseCoachState } from './coach-state.ts';
import { buttonNamed, inState, inside, poseCoach, text } from './in-page.test-data.ts';
import type { PoseCoachElement } from './pose-coach.ts';

afterEach(() => document.body.replaceChildren());

/** Loading a real engine on a slow machine. */
const ENGINE_TIME = 60_000;

/** Pictures without anybody, for as long as the test runs. */
function emptyRoom() {
  const picture = document.createElement('canvas');
  [picture.width, picture.height] = [160, 120];
  const context = picture.getContext('2d');
  let shade = 0;
  const painting = setInterval(() => {
    shade = (shade + 1) % 256;
    if (!context) return;
    context.fillStyle = `rgb(${shade} 80 80)`;
    context.fillRect(0, 0, picture.width, picture.height);
  }, 30);
  onTestFinished(() => clearInterval(painting));
  return { kind: 'pixels', frames: canvas(picture) } as const;
}

async function running(changes: Partial<PoseCoachElement> = {}) {
  const element = await poseCoach({
    source: emptyRoom(),
    engine: 'mediapipe',
    hands: false,
    autostart: true,
    ...changes,
  });
  const states: PoseCoachState[] = [];
  const frames: PoseFrame[] = [];
  const errors: string[] = [];
  element.addEventListener('pose-state', ({ detail }) => states.push(detail));
  element.addEventListener('pose-frame', ({ detail }) => frames.push(detail.frame));
  element.addEventListener('pose-error', ({ detail }) => errors.push(detail.code));
  await inState(element, 'running', ENGINE_TIME);
  states.length = 0;
  const badges = () => inside(element, '.badges').textContent ?? '';
  /** Waits until another five frames have come. */
  const goesOn = async () => {
    const { length } = frames;
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(length + 5), ENGINE_TIME);
  };
  return { element, states, frames, errors, badges, goesOn };
}

function infoOf(element: PoseCoachElement) {
  return element.state.status === 'running' ? element.state.info : undefined;
}

describe('<pose-coach> whose model or engine is changed while it runs', () => {
  it('goes on while the new one loads, says so, and then is the new one', async () => {
    const { element, states, frames, errors, badges, goesOn } = await running();
    const shown: string[] = [];
    const read: string[] = [];
    element.addEventListener('pose-state', async () => {
      await element.updateComplete;
      shown.push(badges());
      const words = inside(element, '[role=status]').textContent ?? '';
      if (words !== read.at(-1)) read.push(words);
    });
    element.model = 'full';
    await vi.waitFor(() => expect(infoOf(element)?.model).toBe('full'), ENGINE_TIME);
    await goesOn();
    expect(new Set(states.map(({ status }) => status))).toEqual(new Set(['running']));
    expect(frames.map(({ sequence }) => sequence)).toEqual(
      frames.map((_, index) => (frames[0]?.sequence ?? 0) + index),
    );
    expect(shown.join()).toMatch(/Changing the engine… \d+\.\d of \d+\.\d MB/);
    expect(badges()).not.toContain('Changing the engine');
    // Its bytes are for eyes only.
    expect(read).toEqual(['Changing the engine.', 'The engine has been changed.']);
    expect(errors).toEqual([]);
  });

  it('keeps the one it has when the new one is not to be had, and tells it calmly, once', async () => {
    const { element, states, errors, badges, goesOn } = await running();
    // Too large for the package: its file is not there.
    element.model = 'heavy';
    await vi.waitFor(() => expect(badges()).toContain('The engine stays as it was.'), ENGINE_TIME);
    expect(badges()).toContain('heavy');
    expect(inside(element, '[role=status]').textContent).toContain('The engine stays as it was.');
    await expectAccessible(element);
    expect(infoOf(element)?.model).toBe('lite');
    await goesOn();
    inside<HTMLButtonElement>(element, '.badge button').click();
    await element.updateComplete;
    expect(badges()).not.toContain('The engine stays');
    element.pause();
    await inState(element, 'paused');
    element.resume();
    await inState(element, 'running', ENGINE_TIME);
    expect(badges()).not.toContain('The engine stays');
    expect(errors).toEqual(['ASSET_NOT_FOUND']);
    expect(states.map(({ status }) => status)).not.toContain('error');
  });

  it('takes another engine also where it looks at something else at the same moment', async () => {
    const { element, errors } = await running();
    Object.assign(element, { source: emptyRoom(), model: 'full' });
    await vi.waitFor(() => expect(infoOf(element)?.model).toBe('full'), ENGINE_TIME);
    expect(errors).toEqual([]);
  });

  it('no longer speaks of a refused engine once another is asked for', async () => {
    const { element, badges } = await running();
    element.model = 'heavy';
    await vi.waitFor(() => expect(badges()).toContain('The engine stays as it was.'), ENGINE_TIME);
    element.model = 'full';
    await vi.waitFor(() => expect(infoOf(element)?.model).toBe('full'), ENGINE_TIME);
    await element.updateComplete;
    expect(badges()).not.toContain('The engine stays');
  });

  it('keeps long addresses within a narrow element', async () => {
    const { element, badges } = await running();
    element.style.width = '300px';
    element.assets = `/assets/${'nowhere'.repeat(20)}/`;
    await vi.waitFor(() => expect(badges()).toContain('The engine stays as it was.'), ENGINE_TIME);
    const badge = inside(element, '.badge');
    expect(badge.scrollWidth).toBeLessThanOrEqual(badge.clientWidth);
    expect(badge.getBoundingClientRect().right).toBeLessThanOrEqual(element.getBoundingClientRect().right);
  });

  it('stays as it is when a change is taken back', async () => {
    const { element, goesOn, badges } = await running();
    element.model = 'full';
    await vi.waitFor(() => expect(badges()).toContain('Changing the engine…'));
    element.model = 'lite';
    await element.updateComplete;
    await element.updateComplete;
    expect(badges()).not.toContain('Changing the engine');
    await goesOn();
    expect(infoOf(element)?.model).toBe('lite');
  });

  it('says of an engine that does not exist which ones do', async () => {
    const { element, errors, goesOn } = await running();
    element.setAttribute('engine', 'movenet');
    await vi.waitFor(() => expect(text(element)).toContain('There is no engine “movenet”.'));
    expect(text(element)).toContain('engine="auto", "mediapipe" or "onnx"');
    await goesOn();
    expect(errors).toEqual(['OPTION_INVALID']);
  });

  it('says in its numbers which engine runs and why, whichever it chose', async () => {
    const { element } = await running({ engine: 'auto' });
    const stats = await new Promise<CoachStats>((resolve) =>
      element.addEventListener('pose-stats', ({ detail }) => resolve(detail), { once: true }),
    );
    await element.updateComplete;
    const panel = inside(element, 'pose-stats');
    await vi.waitFor(() => expect(text(panel)).toContain(stats.info?.why));
    expect(text(panel)).toContain(`${stats.info?.engine} lite`);
    expect(stats.info?.why).toMatch(/^(MediaPipe|ONNX Runtime), because /);
    expect(buttonNamed(element, 'Pause').disabled).toBe(false);
  });
});
