import { createExtensions, type Extensions, memoryStorage } from '@pose-coach/core/extensions';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { beatTimes, playMusic } from '../../../../tests/music/synthetic-music.ts';
import { wavFile } from '../../../../tests/music/wav-file.ts';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import type { PoseCoachElement } from '../index.ts';
import '../index.ts';
import './index.ts';
import { clappingFrames } from './clapping-person.test-data.ts';
import type { PoseMusicElement } from './pose-music.ts';

/** Chromium's fake microphone beeps twice a second. */
const FAKE_MICROPHONE_BPM = 120;
/** Milliseconds in which a tempo must be there: four to six seconds are needed, and this machine may be busy. */
const PATIENCE = 20_000;

beforeEach(() => document.body.replaceChildren());
afterEach(() => document.body.replaceChildren());

async function inPage(attributes: Readonly<Record<string, string>> = {}): Promise<PoseMusicElement> {
  const element = document.createElement('pose-music');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** A coach that has extensions and is told frames by the test. */
async function coachWith(extensions: Extensions): Promise<PoseCoachElement> {
  const coach = document.createElement('pose-coach');
  coach.id = 'coach';
  coach.extensions = extensions;
  document.body.append(coach);
  await vi.waitFor(() => expect(coach.coachExtensions).toBe(extensions), 10_000);
  return coach;
}

async function extensionsWith(...properties: readonly Record<string, unknown>[]): Promise<Extensions> {
  const extensions = createExtensions({ storage: memoryStorage() });
  onTestFinished(() => extensions.dispose());
  await extensions.add({
    manifest: {
      name: 'test-music',
      version: '1.0.0',
      poseCoach: {
        apiVersion: 1,
        prefix: 'music',
        main: './x.js',
        permissions: ['poses'],
        contributes: { configuration: { title: 'Music', properties: Object.assign({}, ...properties) } },
      },
    },
    module: { activate: () => {} },
  });
  return extensions;
}

/** Tells a coach's page a frame every 33 ms, as a running coach does. */
function stream(coach: PoseCoachElement, frames: ReturnType<typeof clappingFrames>): void {
  const start = performance.now();
  let index = 0;
  const timer = setInterval(() => {
    const now = performance.now() - start;
    for (; index < frames.length && (frames[index]?.timestamp ?? 0) <= now; index += 1) {
      const frame = frames[index];
      if (!frame) break;
      const detail = {
        frame: {
          ...frame,
          timings: { capturedAt: performance.timeOrigin + start + frame.timestamp, stages: {} },
        },
        readings: [],
        cues: [],
      };
      coach.dispatchEvent(new CustomEvent('pose-frame', { detail, bubbles: true, composed: true }));
    }
  }, 10);
  onTestFinished(() => clearInterval(timer));
}

/** A room in which somebody claps at these seconds after its start: what the microphone hears. */
async function soundOf(claps: readonly number[]): Promise<{ start(): void }> {
  const context = new AudioContext();
  onTestFinished(() => context.close());
  await context.resume();
  const output = context.createMediaStreamDestination();
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async () => output.stream.clone());
  onTestFinished(() => void vi.restoreAllMocks());
  const noise = context.createBuffer(1, 1000, context.sampleRate);
  const samples = noise.getChannelData(0);
  for (const index of samples.keys()) samples[index] = 0.8 * Math.sin(index * index) * Math.exp(-index / 200);
  const start = () => {
    const now = context.currentTime;
    for (const clap of claps) {
      const sound = new AudioBufferSourceNode(context, { buffer: noise });
      sound.connect(output);
      sound.start(now + clap);
    }
  };
  return { start };
}

/** Whether the person wants less motion on the screen. */
async function emulateMotion(value: 'reduce' | ''): Promise<void> {
  await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] });
  if (value) onTestFinished(() => emulateMotion(''));
}

function shadow(element: PoseMusicElement): ShadowRoot {
  if (!element.shadowRoot) throw new Error('It has not been rendered.');
  return element.shadowRoot;
}

function press(element: PoseMusicElement, label: string): void {
  const buttons = [...shadow(element).querySelectorAll('button')];
  const found = buttons.find((button) => button.textContent?.trim() === label);
  if (!found) throw new Error(`There is no button "${label}".`);
  found.click();
}

function said(element: PoseMusicElement): string {
  return shadow(element).querySelector('[role=status]')?.textContent?.trim() ?? '';
}

function bpm(element: PoseMusicElement): number {
  return Number.parseInt(shadow(element).querySelector('.tempo')?.textContent ?? '', 10);
}

/** Chooses a file as a person does. */
function choose(element: PoseMusicElement, file: File): void {
  const input = shadow(element).querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('There is no field for files.');
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change'));
}

function song(tempo: number, seconds = 30): File {
  const samples = playMusic('house', beatTimes(tempo, 0.3, seconds), seconds, 22_050);
  return new File([wavFile([samples], 22_050)], 'song.wav', { type: 'audio/wav' });
}

/** Streams that were opened, to see whether they are let go. */
function openedStreams(): MediaStream[] {
  const opened: MediaStream[] = [];
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (constraints) => {
    const stream = await open(constraints);
    opened.push(stream);
    return stream;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  return opened;
}

describe('<pose-music>', () => {
  it('passes the accessibility audit at rest, while it listens, with a file and with an error', async () => {
    const element = await inPage({ 'delay-setting': 'music.delay' });
    await expectAccessible(element);
    press(element, 'Microphone');
    await vi.waitFor(() => expect(shadow(element).querySelector('select')).not.toBeNull(), 10_000);
    await expectAccessible(element);
    choose(element, song(100, 3));
    await vi.waitFor(() => expect(shadow(element).querySelector('audio')).not.toBeNull());
    await expectAccessible(element);
    choose(element, new File(['no music'], 'notes.mp3'));
    await vi.waitFor(() => expect(shadow(element).querySelector('[role=alert]')).not.toBeNull(), 10_000);
    await expectAccessible(element);
  });

  it('opens nothing and asks nothing before somebody chooses', async () => {
    const opened = openedStreams();
    const contexts = vi.spyOn(window, 'AudioContext');
    const element = await inPage({ 'delay-setting': 'music.delay' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(opened).toEqual([]);
    expect(contexts).not.toHaveBeenCalled();
    const pressed = [...shadow(element).querySelectorAll('[aria-pressed=true]')];
    expect(pressed.map((one) => one.textContent?.trim())).toEqual(['Off']);
  });

  it('shows the tempo of what the microphone hears, and lets it go with “Off”', async () => {
    const opened = openedStreams();
    const element = await inPage();
    press(element, 'Microphone');
    await vi.waitFor(() => expect(bpm(element)).toBeGreaterThan(0), PATIENCE);
    expect(Math.abs(bpm(element) - FAKE_MICROPHONE_BPM)).toBeLessThanOrEqual(3);
    expect(said(element)).toBe('The beat is heard.');
    // A pulse for each beat: the class changes with the next.
    const pulse = () => shadow(element).querySelector('.pulse')?.getAttribute('class');
    const before = pulse();
    await vi.waitFor(() => expect(pulse()).not.toBe(before), PATIENCE);
    const animation = () =>
      getComputedStyle(shadow(element).querySelector('.pulse') as Element).animationName;
    expect(animation()).toMatch(/odd|even/);
    await emulateMotion('reduce');
    expect(animation()).toBe('none');
    expect(opened.map(({ active }) => active)).toEqual([true]);
    press(element, 'Off');
    await element.updateComplete;
    expect(opened.map(({ active }) => active)).toEqual([false]);
    expect(shadow(element).querySelector('.tempo')).toBeNull();
    expect(said(element)).toBe('');
  });

  it('lets the microphone go when it leaves the page', async () => {
    const opened = openedStreams();
    const element = await inPage();
    press(element, 'Microphone');
    await vi.waitFor(() => expect(opened.map(({ active }) => active)).toEqual([true]), 10_000);
    element.remove();
    expect(opened.map(({ active }) => active)).toEqual([false]);
  });

  it('plays a file, shows its tempo, and gives its beats to the extensions on the frames’ clock', async () => {
    const extensions = await extensionsWith();
    const coach = await coachWith(extensions);
    const pushed: number[] = [];
    vi.spyOn(extensions, 'pushBeats').mockImplementation((beats) => {
      pushed.push(...beats.map(({ timestamp }) => timestamp));
    });
    const element = await inPage({ for: 'coach' });
    stream(coach, clappingFrames([], 40_000));
    const started = performance.now();
    choose(element, song(96));
    await vi.waitFor(() => expect(pushed.length).toBeGreaterThan(6), PATIENCE);
    const elapsed = performance.now() - started;
    expect(Math.abs(bpm(element) - 96)).toBeLessThanOrEqual(2);
    const gaps = pushed.slice(1).map((beat, index) => beat - (pushed[index] ?? 0));
    const typical = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
    expect(Math.abs(typical - 60_000 / 96)).toBeLessThan(25);
    // Milliseconds since the frames began, not since 1970.
    for (const beat of pushed) expect(beat).toBeLessThan(elapsed + 2000);
    const audio = shadow(element).querySelector('audio');
    expect(audio?.controls).toBe(true);
    press(element, 'Off');
    await element.updateComplete;
    expect(audio?.paused).toBe(true);
    expect(shadow(element).querySelector('audio')).toBeNull();
  });

  it('says what to do when there is nothing to be heard', async () => {
    const element = await inPage();
    choose(element, new File([wavFile([new Float32Array(22_050 * 5)], 22_050)], 'silence.wav'));
    await vi.waitFor(() => expect(said(element)).toMatch(/^Nothing is to be heard/), PATIENCE);
  });

  it('says what to do when the file is no music, and is off then', async () => {
    const element = await inPage();
    choose(element, new File(['no music'], 'notes.mp3'));
    const alert = () => shadow(element).querySelector('[role=alert]')?.textContent;
    await vi.waitFor(() => expect(alert()).toContain('cannot be played'), 10_000);
    expect(shadow(element).querySelector('audio')).toBeNull();
    expect(shadow(element).querySelector('[aria-pressed=true]')?.textContent?.trim()).toBe('Off');
  });

  it('says so when the microphone is refused', async () => {
    const refusal = new DOMException('no', 'NotAllowedError');
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(refusal);
    onTestFinished(() => void vi.restoreAllMocks());
    const element = await inPage();
    press(element, 'Microphone');
    const alert = () => shadow(element).querySelector('[role=alert]')?.textContent;
    await vi.waitFor(() => expect(alert()).toContain('Allow it in the address bar'), 10_000);
  });

  it('says that ahead and behind are rough as long as the delay has not been measured', async () => {
    const setting = { type: 'number', title: 'Delay', minimum: -1000, maximum: 1000, default: 0 };
    const element = await inPage({ for: 'coach', 'delay-setting': 'music.delay' });
    const words = () => shadow(element).querySelector('.claps .words')?.textContent?.trim();
    expect(words()).toBe('');
    const extensions = await extensionsWith({ 'music.delay': setting });
    await coachWith(extensions);
    const rough = 'Not calibrated yet: “ahead” and “behind” are only rough.';
    await vi.waitFor(() => expect(words()).toBe(rough));
    await expectAccessible(element);
    await extensions.settings.set('music.delay', 80);
    await vi.waitFor(() => expect(words()).toBe(''));
    await extensions.settings.set('music.delay', undefined);
    await vi.waitFor(() => expect(words()).toBe(rough));
    element.remove();
    document.body.append(element);
    await vi.waitFor(() => expect(words()).toBe(rough));
  });

  it('guides through clapping, and stores by how much the sound is later than the picture', async () => {
    const setting = { type: 'number', title: 'Delay', minimum: -1000, maximum: 1000, default: 0 };
    const extensions = await extensionsWith({ 'music.delay': setting });
    const coach = await coachWith(extensions);
    const element = await inPage({ for: 'coach', 'delay-setting': 'music.delay' });
    const claps = [1.013, 1.96, 3.04, 3.911, 5.027, 5.944, 6.871, 8.002, 9.1, 10.05];
    const room = await soundOf(claps.map((clap) => clap + 0.12));
    stream(coach, clappingFrames(claps, 20_000));
    room.start();
    press(element, 'Calibrate by clapping');
    await element.updateComplete;
    const words = () => shadow(element).querySelector('.claps .words')?.textContent ?? '';
    expect(words()).toContain('clap 8 times');
    await vi.waitFor(() => expect(words()).toMatch(/It is stored\./), PATIENCE);
    const [, size, side] = /comes (\d+)\sms (earlier|later)/.exec(words()) ?? [];
    expect(extensions.settings.get('music.delay')).toBe(Number(size));
    expect(side).toBe('later');
    // What the browser itself needs for the sound's way is in it.
    expect(Math.abs(Number(size) - 120)).toBeLessThan(60);
    await expectAccessible(element);
  });
});
