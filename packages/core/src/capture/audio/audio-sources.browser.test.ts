import { Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wavFile } from '../../../../../tests/music/wav-file.ts';
import type { AudioDevices } from './audio-devices.ts';
import { audioFile } from './audio-file.ts';
import { mediaElementAudio } from './element-audio.ts';
import type { AudioSource, LiveAudio } from './live-audio.ts';
import { listMicrophones, microphone } from './microphone.ts';
import { streamAudio } from './stream-audio.ts';
import { tabAudio } from './tab-audio.ts';

const RATE = 44_100;
/** Decibels of full scale under which nothing is to be heard. */
const SILENCE = -80;

let held = new Subscription();
beforeEach(() => {
  held = new Subscription();
});
afterEach(() => held.unsubscribe());

/** A tone of 440 Hz, half as loud as can be. */
function tone(seconds: number, rate = RATE): Float32Array {
  return Float32Array.from(
    { length: seconds * rate },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * 440 * index) / rate),
  );
}

function player(samples: Float32Array): HTMLAudioElement {
  const element = new Audio(URL.createObjectURL(wavFile([samples], RATE)));
  held.add(() => {
    element.pause();
    URL.revokeObjectURL(element.src);
  });
  return element;
}

/** What a source gives first; it stays open until the test ends, or until `close`. */
function open(source: AudioSource): { readonly first: Promise<LiveAudio>; close(): void } {
  const subscription = new Subscription();
  held.add(subscription);
  const first = new Promise<LiveAudio>((resolve, reject) => {
    subscription.add(source.subscribe({ next: resolve, error: reject }));
  });
  return { first, close: () => subscription.unsubscribe() };
}

/** Decibels of full scale of a stream, now. */
async function loudness(stream: MediaStream): Promise<number> {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(2048);
  let loudest = 0;
  for (let look = 0; look < 20; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  }
  await context.close();
  return 10 * Math.log10(loudest);
}

/** A stream of a tone, as a tab or a microphone gives it. */
async function toneStream(): Promise<MediaStream> {
  const context = new AudioContext();
  held.add(() => void context.close());
  const oscillator = new OscillatorNode(context);
  const output = context.createMediaStreamDestination();
  oscillator.connect(output);
  oscillator.start();
  return output.stream;
}

describe('microphone', () => {
  it('gives what it hears, unprocessed, and lets the microphone go when nobody listens', async () => {
    const { first, close } = open(microphone());
    const { stream, heardFrom } = await first;
    expect(heardFrom).toBe('room');
    const [track] = stream.getAudioTracks();
    expect(track?.getSettings()).toMatchObject({
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    });
    close();
    expect(track?.readyState).toBe('ended');
  });

  it('lets a microphone go that opens after nobody listens any more', async () => {
    let opened: MediaStream | undefined;
    const mediaDevices: AudioDevices = {
      getUserMedia: async (constraints) => (opened = await navigator.mediaDevices.getUserMedia(constraints)),
      getDisplayMedia: () => Promise.reject(new Error('not asked')),
      enumerateDevices: async () => [],
    };
    microphone({ mediaDevices }).subscribe().unsubscribe();
    await vi.waitFor(() => expect(opened?.active).toBe(false), 5000);
  });

  it('opens the one of the list that was chosen, and says when it is not there', async () => {
    await open(microphone()).first;
    const [chosen] = (await listMicrophones()).filter(({ deviceId }) => deviceId.length > 20);
    if (!chosen) throw new Error('Chromium lists no fake microphone.');
    const { stream } = await open(microphone({ deviceId: chosen.deviceId })).first;
    expect(stream.getAudioTracks()[0]?.getSettings().deviceId).toBe(chosen.deviceId);
    await expect(open(microphone({ deviceId: 'gone' })).first).rejects.toMatchObject({
      code: 'MICROPHONE_NOT_FOUND',
    });
  });

  it('says when it was refused, and when it was unplugged', async () => {
    const stream = await toneStream();
    const refusing: AudioDevices = {
      getUserMedia: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
      getDisplayMedia: () => Promise.reject(new Error('not asked')),
      enumerateDevices: async () => [],
    };
    await expect(open(microphone({ mediaDevices: refusing })).first).rejects.toMatchObject({
      code: 'MICROPHONE_DENIED',
    });
    const errors: unknown[] = [];
    const mediaDevices: AudioDevices = { ...refusing, getUserMedia: async () => stream };
    held.add(microphone({ mediaDevices }).subscribe({ error: (error) => errors.push(error) }));
    // The browser stops the tracks of an unplugged microphone, and tells them so.
    await Promise.resolve();
    stream.getAudioTracks()[0]?.stop();
    stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended'));
    await vi.waitFor(() => expect(errors).toMatchObject([{ code: 'MICROPHONE_LOST' }]));
  });
});

describe('tabAudio', () => {
  const sharing = (stream: MediaStream | DOMException): AudioDevices => ({
    getUserMedia: () => Promise.reject(new Error('not asked')),
    getDisplayMedia: async () => {
      if (stream instanceof DOMException) throw stream;
      return stream;
    },
    enumerateDevices: async () => [],
  });

  it('gives the sound of what is shared, lets its picture go at once and all of it in the end', async () => {
    const shared = await toneStream();
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const [picture] = canvas.captureStream().getVideoTracks();
    if (picture) shared.addTrack(picture);
    const { first, close } = open(tabAudio({ mediaDevices: sharing(shared) }));
    const { stream, heardFrom } = await first;
    expect(heardFrom).toBe('speakers');
    expect(picture?.readyState).toBe('ended');
    expect(await loudness(stream)).toBeGreaterThan(-10);
    close();
    expect(stream.active).toBe(false);
  });

  it('says what to tick when the sound was not shared, and how to begin when nothing was', async () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const silent = canvas.captureStream();
    const forgotten = open(tabAudio({ mediaDevices: sharing(silent) })).first;
    await expect(forgotten).rejects.toMatchObject({
      code: 'AUDIO_SHARE_CANCELLED',
      message: expect.stringContaining('Also share tab audio'),
    });
    expect(silent.active).toBe(false);
    const refusal = new DOMException('no', 'NotAllowedError');
    await expect(open(tabAudio({ mediaDevices: sharing(refusal) })).first).rejects.toMatchObject({
      code: 'AUDIO_SHARE_CANCELLED',
    });
  });

  it('completes when sharing is stopped', async () => {
    const shared = await toneStream();
    let complete = false;
    const source = tabAudio({ mediaDevices: sharing(shared) });
    held.add(source.subscribe({ complete: () => (complete = true) }));
    await Promise.resolve();
    await vi.waitFor(() => {
      shared.getAudioTracks()[0]?.dispatchEvent(new Event('ended'));
      expect(complete).toBe(true);
    });
  });
});

describe('mediaElementAudio', () => {
  const ways = [
    { way: 'by capturing', prepare: (_: HTMLMediaElement) => {} },
    {
      way: 'by an audio graph',
      // As in Safari, which has no such method.
      prepare: (element: HTMLMediaElement) => Object.assign(element, { captureStream: undefined }),
    },
  ];

  it.each(ways)('gives what the element plays $way, to several at a time and again', async ({ prepare }) => {
    const element = player(tone(20));
    prepare(element);
    await element.play();
    const [one, two] = [open(mediaElementAudio(element)), open(mediaElementAudio(element))];
    expect(await loudness((await one.first).stream)).toBeGreaterThan(-20);
    expect(await loudness((await two.first).stream)).toBeGreaterThan(-20);
    one.close();
    expect(await loudness((await two.first).stream)).toBeGreaterThan(-20);
    two.close();
    expect((await two.first).stream.active).toBe(false);
    const again = open(mediaElementAudio(element));
    expect(await loudness((await again.first).stream)).toBeGreaterThan(-20);
    expect(element.paused).toBe(false);
  });

  it.each(ways)('goes on with what the element plays next $way', async ({ prepare }) => {
    const element = player(tone(20));
    prepare(element);
    let newest: MediaStream | undefined;
    held.add(mediaElementAudio(element).subscribe(({ stream }) => (newest = stream)));
    await element.play();
    await vi.waitFor(() => expect(newest).toBeDefined(), 5000);
    URL.revokeObjectURL(element.src);
    element.src = URL.createObjectURL(wavFile([new Float32Array(RATE), tone(20)], RATE));
    await element.play();
    await vi.waitFor(async () => expect(newest && (await loudness(newest))).toBeGreaterThan(-20), 5000);
    element.pause();
    expect(newest && (await loudness(newest))).toBeLessThan(SILENCE);
  });

  it('says what to do with sound of another site', async () => {
    const element = new Audio('http://127.0.0.1:9/music.mp3');
    await expect(open(mediaElementAudio(element)).first).rejects.toMatchObject({
      code: 'AUDIO_UNSUPPORTED',
      message: expect.stringContaining('crossorigin="anonymous"'),
    });
  });

  it('says what to do when the page leads the sound elsewhere', async () => {
    const element = player(tone(1));
    Object.assign(element, { captureStream: undefined });
    const context = new AudioContext();
    context.createMediaElementSource(element);
    await expect(open(mediaElementAudio(element)).first).rejects.toMatchObject({
      code: 'AUDIO_UNSUPPORTED',
      message: expect.stringContaining('streamAudio'),
    });
    await context.close();
  });
});

describe('streamAudio', () => {
  it('leaves the stream to its owner, and ends with it', async () => {
    const stream = await toneStream();
    const { first, close } = open(streamAudio(stream));
    expect((await first).heardFrom).toBe('room');
    close();
    expect(stream.active).toBe(true);
    let complete = false;
    held.add(streamAudio(stream).subscribe({ complete: () => (complete = true) }));
    stream.getAudioTracks()[0]?.stop();
    stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended'));
    expect(complete).toBe(true);
  });

  it('says that a stream without sound has none', async () => {
    await expect(open(streamAudio(new MediaStream())).first).rejects.toMatchObject({
      code: 'AUDIO_UNSUPPORTED',
    });
  });
});

describe('audioFile', () => {
  it('gives the mean of a file’s channels at the wished rate', async () => {
    const file = wavFile([tone(1), new Float32Array(RATE)], RATE);
    const { samples, sampleRate } = await audioFile(file);
    expect(sampleRate).toBe(22_050);
    expect(samples).toHaveLength(22_050);
    const expected = tone(1, 22_050);
    // Resampling rings at both ends.
    for (let index = 500; index < 21_500; index += 1) {
      expect(Math.abs((samples[index] ?? 0) - (expected[index] ?? 0) / 2)).toBeLessThan(0.005);
    }
  });

  it('reads bytes, which stay their owner’s, and addresses', async () => {
    const bytes = await wavFile([tone(0.5)], RATE).arrayBuffer();
    const wanted = { sampleRate: RATE };
    const [fromBytes, fromAddress] = [
      await audioFile(bytes, wanted),
      await audioFile(URL.createObjectURL(new Blob([bytes])), wanted),
    ];
    expect(bytes.byteLength).toBeGreaterThan(0);
    expect(fromBytes.samples).toHaveLength(RATE / 2);
    expect(fromAddress.samples).toEqual(fromBytes.samples);
  });

  it('says what is wrong with what is no sound, or not there', async () => {
    await expect(audioFile(new Blob(['no music']))).rejects.toMatchObject({ code: 'AUDIO_DECODE_FAILED' });
    await expect(audioFile('http://127.0.0.1:9/gone.mp3')).rejects.toMatchObject({
      code: 'AUDIO_DECODE_FAILED',
      message: expect.stringContaining('gone.mp3'),
    });
  });

  it('refuses a sample rate that browsers do not have', async () => {
    const file = wavFile([tone(0.1)], RATE);
    for (const sampleRate of [0, -1, 1e9, Number.NaN]) {
      await expect(audioFile(file, { sampleRate })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    }
  });

  it('gives up when it is told to', async () => {
    const file = wavFile([tone(1)], RATE);
    await expect(audioFile(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    const controller = new AbortController();
    const decoding = audioFile(file, { signal: controller.signal });
    controller.abort();
    await expect(decoding).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
