import { type CoachFrame, PoseCoachError, type PoseFrame } from '@pose-coach/core';
import { RecordingWriter } from '@pose-coach/core/session';
import { defer, NEVER, Subject, throwError } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { ATTRIBUTES } from '../base/names.ts';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import type { PoseCoachState } from './coach-state.ts';
import { ERROR_ADVICE } from './error-advice.ts';
import { PoseCoachElement } from './pose-coach.ts';

afterEach(() => document.body.replaceChildren());

async function poseCoach(changes: Partial<PoseCoachElement> = {}): Promise<PoseCoachElement> {
  const element = document.createElement('pose-coach');
  element.style.cssText = 'width:640px;height:480px';
  Object.assign(element, { assets: '/assets/', ...changes });
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** Resolves when the element is in a state. */
async function inState(element: PoseCoachElement, status: PoseCoachState['status'], timeout = 30_000) {
  await vi.waitFor(
    () => {
      const { state } = element;
      // Fails at once and with the reason, rather than after the time is up.
      if (state.status === 'error' && status !== 'error') throw state.error;
      expect(state.status).toBe(status);
    },
    { timeout, interval: 30 },
  );
  await element.updateComplete;
}

function inside<T extends Element = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`There is no ${selector} in it.`);
  return found;
}

function buttonNamed(element: Element, name: string): HTMLButtonElement {
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = buttons.find((button) => button.textContent?.trim() === name);
  if (!found)
    throw new Error(`There is no button "${name}", but ${buttons.map((b) => b.textContent?.trim())}.`);
  return found;
}

function text(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

/** A source of poses that the test gives by hand. */
function posesByHand() {
  const frames = new Subject<PoseFrame>();
  let at = 0;
  const give = (poses = [standingPose()]) => {
    at += 33;
    frames.next(
      poseFrame(poses, { timestamp: at, timings: { capturedAt: Date.now(), stages: { body: 12 } } }),
    );
  };
  return { source: { kind: 'poses', frames } as const, frames, give };
}

/** The bytes of a real recording of `count` frames of the standing person. */
async function recording(count: number, label?: string): Promise<File> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const writer = new RecordingWriter((bytes) => void parts.push(bytes.slice()), label ? { label } : {});
  for (let index = 0; index < count; index++) {
    writer.append(poseFrame([standingPose()], { sequence: index, timestamp: index * 33 }));
  }
  await writer.close();
  return new File(parts, 'dance.poses');
}

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
    const element = await poseCoach({ source, autostart: true, fit: 'contain' });
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

describe('<pose-coach> with a recording', () => {
  it('plays it on a plain ground, and calls it a recording', async () => {
    const element = await poseCoach({ source: await recording(30, 'One who stands'), autostart: true });
    await inState(element, 'running');
    expect(text(element)).toContain('Recording: One who stands');
    expect(inside(element, '.stage').classList.contains('plain')).toBe(true);
  });

  it('comes to its end, and can be played again', async () => {
    const element = await poseCoach({ source: await recording(4), autostart: true });
    await inState(element, 'ended');
    await expectAccessible(element);
    buttonNamed(element, 'Play it again').click();
    await inState(element, 'running');
    await inState(element, 'ended');
  });

  it('says that a file is no recording', async () => {
    const element = await poseCoach({ source: new File(['hello'], 'mine.poses'), autostart: true });
    await inState(element, 'error');
    expect(element.state).toMatchObject({ error: { code: 'BYTES_INVALID' } });
    expect(text(element)).toContain('This is not a recording');
  });

  it('names the address where none is', async () => {
    const element = await poseCoach({ source: '/fixtures/nothing-here.poses', autostart: true });
    await inState(element, 'error');
    expect(element.state).toMatchObject({ error: { code: 'ASSET_NOT_FOUND' } });
    expect(text(element)).toContain('nothing-here.poses');
  });
});

describe('<pose-coach> when something is wrong', () => {
  it.each(Object.entries(ERROR_ADVICE))('shows %s with what to do about it', async (code, advice) => {
    const error = new PoseCoachError(code as keyof typeof ERROR_ADVICE, 'The particulars of this case.');
    const heard = vi.fn();
    document.body.addEventListener('pose-error', (event) => heard(event.detail.code), { once: true });
    const element = await poseCoach({
      source: { kind: 'poses', frames: throwError(() => error) },
      autostart: true,
    });
    await inState(element, 'error');
    expect(heard).toHaveBeenCalledWith(code);
    const shown = text(element);
    expect(shown).toContain(advice.title);
    expect(shown).toContain(advice.advice);
    expect(shown).toContain('The particulars of this case.');
    expect(inside(element, '[role=status]').textContent).toContain(advice.title);
    await expectAccessible(element);
  });

  it('tries again when asked, and goes on when the cause is gone', async () => {
    const { give, frames } = posesByHand();
    let broken = true;
    const camera = defer(() =>
      broken ? throwError(() => new PoseCoachError('CAMERA_IN_USE', 'Busy.')) : frames,
    );
    const element = await poseCoach({ source: { kind: 'poses', frames: camera }, autostart: true });
    await inState(element, 'error');
    buttonNamed(element, 'Try again').click();
    await element.updateComplete;
    await inState(element, 'error');
    broken = false;
    buttonNamed(element, 'Try again').click();
    await inState(element, 'loading');
    // The button is gone with its card; the focus is where the keys work.
    expect(element.shadowRoot?.activeElement).toBe(inside(element, '.stage'));
    give();
    await inState(element, 'running');
  });

  it('explains an engine and a model that do not exist', async () => {
    const engine = await poseCoach({
      source: { kind: 'pixels', frames: NEVER },
      engine: 'x',
      autostart: true,
    });
    await inState(engine, 'error');
    expect(text(engine)).toContain('There is no engine “x”');
    const model = await poseCoach({
      source: { kind: 'pixels', frames: NEVER },
      model: 'xl',
      autostart: true,
    });
    await inState(model, 'error');
    expect(text(model)).toContain('There is no model “xl”');
  });

  it('names the file that is missing in the assets', async () => {
    const element = await poseCoach({
      source: { kind: 'pixels', frames: NEVER },
      assets: '/fixtures/none/',
      autostart: true,
    });
    await inState(element, 'error');
    expect(element.state).toMatchObject({ error: { code: 'ASSET_NOT_FOUND' } });
    expect(text(element)).toContain('/fixtures/none/');
  });

  it('shows a video that is none as one that cannot be played', async () => {
    const element = await poseCoach({ source: new File(['no video'], 'dance.mp4'), autostart: true });
    await inState(element, 'error');
    expect(element.state).toMatchObject({ error: { code: 'DECODE_FAILED' } });
  });
});

describe('<pose-coach> and other sources', () => {
  it('lets the page decide when somebody asks for another source', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    const asked = vi.fn((event: CustomEvent) => event.preventDefault());
    element.addEventListener('pose-source-request', asked);
    buttonNamed(element, 'Source').click();
    await element.updateComplete;
    buttonNamed(inside(element, 'pose-source-picker'), 'Sample recording').click();
    expect(asked).toHaveBeenCalledOnce();
    expect(asked.mock.calls[0]?.[0].detail).toEqual({ kind: 'sample' });
    expect(element.source).toBe(source);
  });

  it('plays what was chosen, instead of what it showed', async () => {
    const { source, give, frames } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    buttonNamed(element, 'Source').click();
    await element.updateComplete;
    const input = inside<HTMLInputElement>(inside(element, 'pose-source-picker'), 'input[type=file]');
    const files = new DataTransfer();
    files.items.add(await recording(60, 'Chosen'));
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
    await vi.waitFor(() => expect(text(element)).toContain('Recording: Chosen'));
    expect(frames.observed).toBe(false);
    expect(element.shadowRoot?.querySelector('pose-source-picker')).toBeNull();
  });
});

describe('<pose-coach> going live', () => {
  it('offers it only where there is a server to go live on', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    expect(text(element)).not.toContain('Go live');
    element.publish = 'http://127.0.0.1:9';
    await element.updateComplete;
    expect(text(element)).toContain('Go live');
  });

  it('says that no server answers, keeps trying, and stops when told to', async () => {
    const { source, give } = posesByHand();
    const heard: string[] = [];
    document.body.addEventListener('pose-live', (event) => heard.push(event.detail.status));
    // Port 9 discards: nobody listens there.
    const element = await poseCoach({ source, autostart: true, publish: 'http://127.0.0.1:9', token: 'x' });
    give();
    await inState(element, 'running');
    buttonNamed(element, 'Go live').click();
    await vi.waitFor(() => expect(element.liveState.status).toBe('waiting'), { timeout: 15_000 });
    await element.updateComplete;
    expect(text(element)).toContain('No server, trying again');
    // Poses go on being found meanwhile.
    give();
    expect(element.state.status).toBe('running');
    await expectAccessible(element);
    buttonNamed(element, 'End live').click();
    await vi.waitFor(() => expect(element.liveState.status).toBe('off'));
    expect(heard.slice(0, 2)).toEqual(['connecting', 'waiting']);
    expect(heard.at(-1)).toBe('off');
  });
});
