import { type CoachStats, PoseCoachError } from '@pose-coach/core';
import { defer, NEVER, throwError } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { ERROR_ADVICE } from './error-advice.ts';
import {
  buttonNamed,
  inState,
  inside,
  poseCoach,
  posesByHand,
  recording,
  text,
} from './in-page.test-data.ts';

afterEach(() => document.body.replaceChildren());

describe('<pose-coach> with a recording', () => {
  it('plays it on a plain ground, and calls it a recording', async () => {
    const element = await poseCoach({ source: await recording(30, 'One who stands'), autostart: true });
    await inState(element, 'running');
    expect(text(element)).toContain('Recording: One who stands');
    expect(inside(element, '.stage').classList.contains('plain')).toBe(true);
  });

  it('counts its frames, and speaks of no delay: nobody waits for what was recorded', async () => {
    const element = await poseCoach({ source: await recording(90), autostart: true });
    const told = await new Promise<CoachStats>((resolve) => {
      element.addEventListener('pose-stats', ({ detail }) => {
        if (detail.rate > 0) resolve(detail);
      });
    });
    expect(told.delay).toBeUndefined();
    await element.updateComplete;
    expect(text(inside(element, 'pose-stats'))).toMatch(/Results\/s \d/);
    expect(text(inside(element, 'pose-stats'))).not.toContain('Delay');
  });

  it('goes on after a pause where it was, and begins anew when it is played again', async () => {
    const element = await poseCoach({ source: await recording(30), autostart: true });
    // A recorded frame is known by its place in the recording, 33 ms after the one before.
    const played: number[] = [];
    element.addEventListener('pose-frame', ({ detail }) => played.push(detail.frame.timestamp / 33));
    await vi.waitFor(() => expect(played.length).toBeGreaterThan(5));
    element.pause();
    await inState(element, 'paused');
    await new Promise((resolve) => setTimeout(resolve, 200));
    element.resume();
    await inState(element, 'ended');
    expect(played).toEqual(Array.from({ length: 30 }, (_, index) => index));
    buttonNamed(element, 'Play it again').click();
    await vi.waitFor(() => expect(played.length).toBe(60), { timeout: 5000 });
    expect(played.slice(30)).toEqual(played.slice(0, 30));
  });

  it('begins again after its end where it loops, also when it was paused in between', async () => {
    const element = await poseCoach({ source: await recording(10), autostart: true, loop: true });
    const played: number[] = [];
    element.addEventListener('pose-frame', ({ detail }) => played.push(detail.frame.timestamp / 33));
    await vi.waitFor(() => expect(played.length).toBeGreaterThan(12), { interval: 10 });
    element.pause();
    await inState(element, 'paused');
    element.resume();
    await vi.waitFor(() => expect(played.length).toBeGreaterThan(35));
    expect(played).toEqual(played.map((_, index) => index % 10));
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

  it('folds away what the browser says of a file, and says what to do', async () => {
    const element = await poseCoach({ source: new File(['no video'], 'dance.mp4'), autostart: true });
    await inState(element, 'error');
    const details = inside<HTMLDetailsElement>(element, '.card details');
    expect(details.open).toBe(false);
    expect(details.textContent).toContain('could not be played');
    details.remove();
    expect(text(element)).toContain('This video cannot be played');
    expect(text(element)).not.toMatch(/DEMUXER|could not be played/);
  });

  it('shows which file is missing without being asked', async () => {
    const error = new PoseCoachError('ASSET_NOT_FOUND', 'There is nothing at /models/a.task.');
    const element = await poseCoach({
      source: { kind: 'poses', frames: throwError(() => error) },
      autostart: true,
    });
    await inState(element, 'error');
    const details = inside<HTMLDetailsElement>(element, '.card details');
    expect(details.open).toBe(true);
    expect(details.textContent).toContain('/models/a.task');
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

describe('The angles of a <pose-coach>', () => {
  const panel = (element: Element) => element.shadowRoot?.querySelector('pose-angles') ?? undefined;

  it('are there while it runs and while it stands still, and not without a picture', async () => {
    const { source, give, frames } = posesByHand();
    const element = await poseCoach({ source, autostart: true, angles: true });
    await inState(element, 'loading');
    expect(panel(element)).toBeUndefined();
    give();
    await inState(element, 'running');
    expect(panel(element)).toBeDefined();
    element.pause();
    await inState(element, 'paused');
    expect(text(panel(element) ?? element)).toMatch(/Knee 180°/);
    element.resume();
    await inState(element, 'loading');
    give();
    await inState(element, 'running');
    frames.error(new PoseCoachError('DECODE_FAILED', 'Broken.'));
    await inState(element, 'error');
    expect(panel(element)).toBeUndefined();
  });

  it('are those of the moment it was paused in, also when they are asked for later', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    element.pause();
    await inState(element, 'paused');
    element.angles = true;
    await element.updateComplete;
    await panel(element)?.updateComplete;
    expect(text(panel(element) ?? element)).toMatch(/Knee 180°/);
  });

  it('are not those of the source before', async () => {
    const first = posesByHand();
    const second = posesByHand();
    const element = await poseCoach({ source: first.source, autostart: true, angles: true });
    first.give();
    await inState(element, 'running');
    element.source = second.source;
    await inState(element, 'loading');
    expect(panel(element)).toBeUndefined();
    second.give([]);
    await inState(element, 'running');
    await panel(element)?.updateComplete;
    expect(text(panel(element) ?? element)).toContain('Nobody in view');
  });
});

describe('The source picker of a <pose-coach>', () => {
  it.each([true, false])('has its way back inside its panel (with the bar: %s)', async (runs) => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: runs, angles: true });
    if (runs) {
      give();
      await inState(element, 'running');
      buttonNamed(element, 'Source').click();
    } else {
      inside(element, '.stage').dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true }));
    }
    await element.updateComplete;
    const picker = inside<HTMLElementTagNameMap['pose-source-picker']>(element, 'pose-source-picker');
    await picker.updateComplete;
    const panel = inside(picker, '.panel').getBoundingClientRect();
    const back = buttonNamed(element, 'Back').getBoundingClientRect();
    for (const side of ['left', 'top'] as const) expect(back[side]).toBeGreaterThan(panel[side]);
    for (const side of ['right', 'bottom'] as const) expect(back[side]).toBeLessThan(panel[side]);
    expect(element.shadowRoot?.querySelector('pose-angles')).toBeNull();
    buttonNamed(element, 'Back').click();
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('pose-source-picker')).toBeNull();
  });
});
