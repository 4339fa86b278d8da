import { NEVER, Observable, Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beatTimes, playMusic } from '../../../../../tests/music/synthetic-music.ts';
import { wavFile } from '../../../../../tests/music/wav-file.ts';
import { systemClock } from '../../base/index.ts';
import { type AudioSource, mediaElementAudio, microphone, streamAudio } from '../../capture/audio/index.ts';
import type { Beat } from '../analyzer.ts';
import { onElementClock } from './element-clock.ts';
import { type MusicState, musicBeats, soundOnsets } from './music-beats.ts';

/** Every audio context that the page makes. */
const contexts: AudioContext[] = [];
let held = new Subscription();

beforeEach(() => {
  held = new Subscription();
  const PageContext = AudioContext;
  vi.stubGlobal(
    'AudioContext',
    class extends PageContext {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.push(this);
      }
    },
  );
});

afterEach(async () => {
  held.unsubscribe();
  vi.unstubAllGlobals();
  for (const context of contexts.splice(0)) if (context.state !== 'closed') await context.close();
});

interface Playing {
  readonly source: AudioSource;
  /** When the beats so far were played, in ms since the Unix epoch. */
  beats(): readonly number[];
}

/** Music that plays into a stream from now on. */
function playing(bpm: number): Playing {
  const context = new AudioContext();
  const times = beatTimes(bpm, 0.1, 20);
  const samples = playMusic('rock', times, 20, context.sampleRate);
  const buffer = context.createBuffer(1, samples.length, context.sampleRate);
  buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, 0);
  const player = new AudioBufferSourceNode(context, { buffer });
  const output = context.createMediaStreamDestination();
  player.connect(output);
  const start = context.currentTime + 0.2;
  player.start(start);
  // A busy machine's sound stumbles: how its clock stands to the wall's is looked at all the time.
  const looks: { readonly time: number; readonly difference: number }[] = [];
  const timer = setInterval(() => {
    const time = context.currentTime;
    looks.push({ time, difference: systemClock.now() - time * 1000 });
  }, 5);
  held.add(() => clearInterval(timer));
  const beats = () =>
    times.flatMap((time) => {
      const near = looks.filter((look) => Math.abs(look.time - start - time) < 0.1);
      return near.length > 0
        ? [(start + time) * 1000 + Math.min(...near.map(({ difference }) => difference))]
        : [];
    });
  return { source: streamAudio(output.stream), beats };
}

const distanceTo = (times: readonly number[], timestamp: number) =>
  Math.min(...times.map((time) => Math.abs(time - timestamp)));

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const middle = (values: readonly number[]) => sorted(values)[values.length >> 1] ?? Number.NaN;

describe('musicBeats', () => {
  it('tells each beat of the music within 30 ms on the wall clock, soon after it was heard', async () => {
    const { source, beats: playedSoFar } = playing(120);
    const heard: (Beat & { readonly told: number })[] = [];
    const states: MusicState[] = [];
    held.add(
      musicBeats(source, { onState: (state) => states.push(state) }).subscribe((beat) =>
        heard.push({ ...beat, told: systemClock.now() }),
      ),
    );
    await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(8), 15_000);
    const played = playedSoFar();
    // The first is found while the tempo is still being made out.
    const settled = heard.slice(2);
    expect(middle(settled.map(({ timestamp }) => distanceTo(played, timestamp)))).toBeLessThan(30);
    expect(middle(settled.map(({ timestamp, told }) => told - timestamp))).toBeLessThan(100);
    expect(states[0]).toEqual({ kind: 'opening' });
    const kinds = states.map(({ kind }) => kind);
    expect(kinds.indexOf('listening')).toBeLessThan(kinds.indexOf('beat'));
    const last = states.at(-1);
    if (last?.kind !== 'beat') throw new Error(`The last state is ${last?.kind}.`);
    expect(Math.abs(last.bpm - 120)).toBeLessThan(0.02 * 120);
    expect(last.confidence).toBeGreaterThan(0.5);
    expect(last.level).toBeGreaterThan(-60);
    expect(distanceTo(played, last.nextBeat - 500)).toBeLessThan(50);
  });

  it('hears the beat of Chromium’s fake microphone, which beeps twice a second', async () => {
    let bpm: number | undefined;
    const beats: Beat[] = [];
    const onState = (state: MusicState) => {
      if (state.kind === 'beat') bpm = state.bpm;
    };
    held.add(musicBeats(microphone(), { onState }).subscribe((beat) => beats.push(beat)));
    await vi.waitFor(() => expect(beats.length).toBeGreaterThanOrEqual(7), 15_000);
    expect(Math.abs((bpm ?? 0) - 120)).toBeLessThan(0.03 * 120);
    const intervals = beats
      .slice(2)
      .map(({ timestamp }, index) => timestamp - (beats[index + 1]?.timestamp ?? 0));
    expect(Math.abs(middle(intervals) - 500)).toBeLessThan(15);
  });

  it('says when the browser keeps sound asleep, and wakes it up with the next touch', async () => {
    const Recorded = AudioContext;
    vi.stubGlobal(
      'AudioContext',
      class extends Recorded {
        #touched = false;
        constructor(options?: AudioContextOptions) {
          super(options);
          this.suspend().catch(() => {});
          globalThis.addEventListener(
            'pointerdown',
            () => {
              this.#touched = true;
            },
            { once: true, capture: true },
          );
        }
        override async resume() {
          if (this.#touched) await super.resume();
        }
      },
    );
    const kinds: string[] = [];
    const onState = (state: MusicState) => kinds.push(state.kind);
    held.add(musicBeats(microphone(), { onState }).subscribe());
    await vi.waitFor(() => expect(kinds).toContain('suspended'), 5000);
    window.dispatchEvent(new PointerEvent('pointerdown'));
    await vi.waitFor(() => expect(kinds.at(-1)).toBe('listening'), 5000);
  });

  it('lets everything go when nobody listens any more, also in the middle of opening', async () => {
    let stream: MediaStream | undefined;
    const source: AudioSource = new Observable((subscriber) =>
      microphone().subscribe((audio) => {
        stream = audio.stream;
        subscriber.next(audio);
      }),
    );
    let listened = false;
    const onState = ({ kind }: MusicState) => {
      listened ||= kind === 'listening';
    };
    const subscription = musicBeats(source, { onState }).subscribe();
    await vi.waitFor(() => expect(listened).toBe(true), 5000);
    expect(stream?.active).toBe(true);
    subscription.unsubscribe();
    expect(stream?.active).toBe(false);
    musicBeats(source).subscribe().unsubscribe();
    await vi.waitFor(() => expect(contexts.map(({ state }) => state)).toEqual(['closed', 'closed']), 5000);
    await vi.waitFor(() => expect(stream?.active).toBe(false));
  });

  it('passes on the end and the errors of its source, and lets everything go then', async () => {
    const empty: AudioSource = new Observable((subscriber) => subscriber.complete());
    let complete = false;
    musicBeats(empty).subscribe({ complete: () => (complete = true) });
    expect(complete).toBe(true);
    const broken: AudioSource = new Observable((subscriber) => subscriber.error(new Error('gone')));
    const errors: unknown[] = [];
    musicBeats(broken).subscribe({ error: (error) => errors.push(error) });
    expect(errors).toEqual([new Error('gone')]);
    await vi.waitFor(() => expect(contexts.map(({ state }) => state)).toEqual(['closed', 'closed']), 5000);
  });

  it('says what to do when the browser has no room for one more that listens', async () => {
    vi.stubGlobal(
      'AudioContext',
      class {
        constructor() {
          throw new DOMException('No more hardware contexts.', 'NotSupportedError');
        }
      },
    );
    const failure = new Promise((_, reject) => musicBeats(NEVER).subscribe({ error: reject }));
    await expect(failure).rejects.toMatchObject({
      code: 'AUDIO_UNSUPPORTED',
      message: expect.stringContaining('Close other pages'),
    });
  });

  it('says what to do when its code cannot be loaded', async () => {
    const failure = new Promise((_, reject) => {
      held.add(musicBeats(NEVER, { workletUrl: '/nowhere/music-worklet.js' }).subscribe({ error: reject }));
    });
    await expect(failure).rejects.toMatchObject({
      code: 'AUDIO_UNSUPPORTED',
      message: expect.stringContaining('/nowhere/music-worklet.js'),
    });
  });
});

describe('soundOnsets', () => {
  it('tells the single beeps of the fake microphone, half a second apart', async () => {
    const times: number[] = [];
    held.add(soundOnsets(microphone()).subscribe(({ timestamp }) => times.push(timestamp)));
    await vi.waitFor(() => expect(times.length).toBeGreaterThanOrEqual(6), 10_000);
    const intervals = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.abs(middle(intervals) - 500)).toBeLessThan(5);
  });

  it('places what an element plays on its media time', async () => {
    const clicks = beatTimes(120, 0.3, 20);
    const file = wavFile([playMusic('clicks', clicks, 20, 44_100)], 44_100);
    const element = new Audio(URL.createObjectURL(file));
    const heard: number[] = [];
    const errors: number[] = [];
    held.add(
      onElementClock(soundOnsets(mediaElementAudio(element)), element).subscribe(({ timestamp }) => {
        heard.push(timestamp);
        errors.push(distanceTo(clicks, timestamp / 1000) * 1000);
      }),
    );
    await element.play();
    await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(4), 10_000);
    element.currentTime = 10;
    await vi.waitFor(() => expect(heard.filter((time) => time > 10_000)).toHaveLength(4), 10_000);
    expect(heard.filter((time) => time > 5000 && time < 9900)).toEqual([]);
    // The browser does not tell how far ahead of the loudspeaker it hands over the sound of an element.
    expect(middle(errors)).toBeLessThan(75);
    element.pause();
    URL.revokeObjectURL(element.src);
  });
});
