import type { CoachFrame } from '@pose-coach/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { ATTRIBUTES } from '../base/names.ts';
import { buttonNamed, inState, inside, poseCoach, posesByHand, text } from './in-page.test-data.ts';
import { PoseCoachElement } from './pose-coach.ts';

afterEach(() => document.body.replaceChildren());

describe('<pose-coach> before the start', () => {
  it('passes the accessibility audit', async () => {
    await expectAccessible(await poseCoach());
  });

  it('asks for no camera and loads nothing', async () => {
    const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const element = await poseCoach();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked).not.toHaveBeenCalled();
    expect(element.state.status).toBe('idle');
    expect(element.coach).toBeUndefined();
    asked.mockRestore();
  });

  it('offers the camera, the sample and other sources', async () => {
    const element = await poseCoach();
    for (const name of ['Start the camera', 'Play the sample', 'Choose another source']) {
      expect(buttonNamed(element, name).disabled).toBe(false);
    }
  });

  it('shows what a page puts in its place', async () => {
    const element = await poseCoach();
    element.innerHTML = '<p slot="idle">My own words</p>';
    await element.updateComplete;
    expect(inside<HTMLSlotElement>(element, 'slot[name=idle]').assignedElements()).toHaveLength(1);
  });
});

describe('<pose-coach> attributes', () => {
  it('set the properties of the same names, and leave the defaults when they are taken away', async () => {
    const element = await poseCoach();
    const attributes = {
      source: '/a.mp4',
      model: 'full',
      fit: 'cover',
      mirror: '',
      hands: 'false',
      'max-poses': '3',
      publish: '/',
      channel: 'stage',
    };
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    expect(element).toMatchObject({
      source: '/a.mp4',
      model: 'full',
      fit: 'cover',
      mirror: true,
      hands: false,
      maxPoses: 3,
      publish: '/',
      channel: 'stage',
    });
    for (const name of Object.keys(attributes)) element.removeAttribute(name);
    expect(element).toMatchObject({ source: 'camera', model: 'lite', fit: 'contain', mirror: undefined });
    expect(element).toMatchObject({ hands: undefined, publish: undefined, channel: undefined });
    await element.updateComplete;
    await expectAccessible(element);
  });

  it('are all in the list of public names', () => {
    const observed = PoseCoachElement.observedAttributes;
    expect(Object.values(ATTRIBUTES)).toEqual(expect.arrayContaining(observed));
  });
});

describe('<pose-coach> with poses', () => {
  it('passes the accessibility audit while it runs, with everything shown', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true, angles: true, publish: 'ws://127.0.0.1:9' });
    give();
    await inState(element, 'running');
    await new Promise((resolve) => setTimeout(resolve, 700));
    give();
    await element.updateComplete;
    await expectAccessible(element);
  });

  it('tells every frame, and its state, to the page', async () => {
    const { source, give } = posesByHand();
    const frames: CoachFrame[] = [];
    const states: string[] = [];
    document.body.addEventListener('pose-frame', (event) => frames.push(event.detail));
    document.body.addEventListener('pose-state', (event) => states.push(event.detail.status));
    const element = await poseCoach({ source, autostart: true });
    give();
    give();
    await inState(element, 'running');
    expect(frames.map(({ frame }) => frame.sequence)).toEqual([0, 1]);
    expect(frames[0]?.frame.poses[0]?.landmarks).toHaveLength(33);
    expect(states).toEqual(['idle', 'loading', 'running']);
  });

  it('draws the skeleton where the joints are, mirrored when asked', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true, fit: 'contain', controls: false });
    element.style.setProperty('--pose-left-color', '#0000ff');
    const skeleton = inside(element, 'pose-skeleton');
    const canvas = () => inside<HTMLCanvasElement>(skeleton, 'canvas');
    // A square picture in 640×480: 480×480 from x = 80. The left knee is at (0.555, 0.7).
    const pixelAt = (x: number, y: number) => {
      const scale = canvas().width / 640;
      const context = canvas().getContext('2d');
      return [...(context?.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data ?? [])];
    };
    const shown = async (x: number) => {
      await vi.waitFor(() => {
        give();
        expect(pixelAt(x, 0.7 * 480)).toEqual([0, 0, 255, 255]);
      });
    };
    await shown(80 + 0.555 * 480);
    element.mirror = true;
    await shown(640 - (80 + 0.555 * 480));
  });

  it('says so when nobody is in view for a while', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    for (let count = 0; count < 100; count++) give([]);
    await element.updateComplete;
    expect(text(element)).toContain('Nobody in view');
    give();
    await element.updateComplete;
    expect(text(element)).not.toContain('Nobody in view');
  });

  it('shares nothing with a second element on the page', async () => {
    const one = posesByHand();
    const two = posesByHand();
    const first = await poseCoach({ source: one.source, autostart: true });
    const second = await poseCoach({ source: two.source, autostart: true });
    one.give();
    await inState(first, 'running');
    expect(second.state.status).toBe('loading');
    first.pause();
    two.give();
    await inState(second, 'running');
    expect(first.state.status).toBe('paused');
    expect(first.coach).not.toBe(second.coach);
  });

  it('lets everything go when it leaves the page', async () => {
    const { source, frames, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    expect(frames.observed).toBe(true);
    element.remove();
    expect(frames.observed).toBe(false);
    expect(element.state.status).toBe('idle');
    expect(element.coach).toBeUndefined();
  });
});

describe('<pose-coach> by keyboard', () => {
  const press = (element: PoseCoachElement, key: string) =>
    inside(element, '.stage').dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
    );

  it('pauses and goes on with Space, mirrors with M, shows angles with A and numbers with N', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    press(element, ' ');
    await inState(element, 'paused');
    press(element, ' ');
    await inState(element, 'loading');
    press(element, 'm');
    expect(element.mirror).toBe(true);
    press(element, 'a');
    expect(element.angles).toBe(true);
    press(element, 'n');
    expect(element.stats).toBe(false);
  });

  it('shows where the focus is above the picture, not beneath it', async () => {
    const element = await poseCoach();
    const stage = inside(element, '.stage');
    stage.focus({ focusVisible: true });
    const ring = getComputedStyle(stage, '::after');
    expect([ring.borderTopWidth, ring.borderTopStyle]).toEqual(['3px', 'solid']);
    // Positioned, and behind everything else in the tree: so it is painted last. Clicks go through it.
    expect([ring.position, ring.pointerEvents]).toEqual(['absolute', 'none']);
    stage.blur();
    expect(getComputedStyle(stage, '::after').content).toBe('none');
  });

  it('leaves keys with a modifier, and Space on a button, to the browser', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    const event = new KeyboardEvent('keydown', { key: 'm', ctrlKey: true, bubbles: true, composed: true });
    inside(element, '.stage').dispatchEvent(event);
    expect(element.mirror).toBeUndefined();
    buttonNamed(element, 'Mirror').dispatchEvent(
      new KeyboardEvent('keydown', { key: ' ', bubbles: true, composed: true, cancelable: true }),
    );
    expect(element.state.status).toBe('running');
  });

  it('opens the source picker with S and closes it with Escape, and gives the focus back', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    press(element, 's');
    await element.updateComplete;
    expect(inside(element, 'pose-source-picker')).toBeTruthy();
    press(element, 'Escape');
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('pose-source-picker')).toBeNull();
    expect(element.shadowRoot?.activeElement).toBe(inside(element, '.stage'));
  });
});
