// From the page to an extension's worker and back, readings included: one step for each frame of a camera.
import type { PoseFrame } from '@pose-coach/core';
import { isolatedHost, type RunningExtension, readManifest } from '@pose-coach/core/extensions';
import { readRecording } from '@pose-coach/core/session';
import { type BareEcho, bareEcho } from './bare-echo.ts';
import { overheardStep } from './overheard-step.ts';

export interface RoundTrips {
  /** Milliseconds of every step of every extension. */
  readonly each: readonly number[];
  /** Milliseconds per frame until the last extension has answered. */
  readonly all: readonly number[];
  /** Frames for which somebody was not yet free. */
  readonly late: number;
}

export interface RoundTripMeasurement {
  readonly ours: RoundTrips;
  /** Bare workers that answer with the same bytes: beside the page, and in a sandboxed frame. */
  readonly bare: RoundTrips;
  readonly bareInFrame: RoundTrips;
  /** How much goes there and comes back, as JSON would weigh it, and bytes as they are. */
  readonly bytes: { readonly sent: number; readonly answer: number };
}

declare global {
  interface Window {
    measureRoundTrips(count: number, seconds: number): Promise<RoundTripMeasurement>;
  }
}

/** Milliseconds between frames: a camera's. */
const PERIOD = 1000 / 30;
/** Frames that are not counted: code is compiled. */
const WARM_UP = 60;

type Trip = (frame: PoseFrame) => Promise<unknown>;

window.measureRoundTrips = async (count, seconds) => {
  const frames = await recordedFrames();
  const messages = await overheardStep(() => withExtensions(1, (trips) => travel(trips, frames, 1)));
  const echo = async (where: 'page' | 'frame') => {
    const echoes: BareEcho = await bareEcho(count, where, messages);
    try {
      return await travel(echoes.trips, frames, seconds);
    } finally {
      echoes.dispose();
    }
  };
  return {
    ours: await withExtensions(count, (trips) => travel(trips, frames, seconds)),
    bare: await echo('page'),
    bareInFrame: await echo('frame'),
    bytes: { sent: weight(messages.sent), answer: weight(messages.answer) },
  };
};

async function withExtensions<T>(count: number, work: (trips: readonly Trip[]) => Promise<T>): Promise<T> {
  const host = isolatedHost();
  const aborting = new AbortController();
  try {
    const running = await Promise.all(Array.from({ length: count }, () => start(host, aborting.signal)));
    const measured = await work(
      running.map((extension) => async (frame) => {
        const { readings } = await extension.step({ frame, beats: [], readings: [] });
        if (readings.length === 0) throw new Error('The extension said nothing.');
      }),
    );
    await Promise.all(running.map((extension) => extension.stop()));
    return measured;
  } finally {
    aborting.abort();
    host.dispose();
  }
}

async function recordedFrames(): Promise<readonly PoseFrame[]> {
  const file = await fetch('/sample.poses').then((answer) => answer.arrayBuffer());
  const recording = readRecording(file);
  if (!recording.ok) throw recording.error;
  return recording.value.frames;
}

async function start(host: ReturnType<typeof isolatedHost>, signal: AbortSignal): Promise<RunningExtension> {
  const [manifest, text] = await Promise.all([
    fetch('/angles/package.json').then((answer) => answer.json()),
    fetch('/angles/extension.js').then((answer) => answer.text()),
  ]);
  const report = readManifest(manifest);
  if (!report.ok) throw new Error(report.faults.map(({ message }) => message).join('\n'));
  const refused = () => Promise.reject(new Error('The benchmark gives nothing but frames.'));
  return await host.start({
    manifest: report.manifest,
    code: { kind: 'text', text },
    permissions: ['poses'],
    settings: {},
    services: {
      log: (level, message) => console.log(level, message),
      executeCommand: refused,
      stateGet: refused,
      stateSet: refused,
      stateKeys: refused,
      asset: refused,
      fetch: refused,
      failed: (error) => {
        throw error;
      },
    },
    signal,
  });
}

/** Sends every frame to all of them at once, at the pace of a camera. */
async function travel(
  trips: readonly Trip[],
  frames: readonly PoseFrame[],
  seconds: number,
): Promise<RoundTrips> {
  const each: number[] = [];
  const all: number[] = [];
  let late = 0;
  const count = WARM_UP + Math.round((seconds * 1000) / PERIOD);
  const startedAt = performance.now();
  for (let index = 0; index < count; index += 1) {
    await wait(startedAt + index * PERIOD - performance.now());
    const recorded = frames[index % frames.length];
    if (!recorded) throw new Error('The recording is empty.');
    const frame = { ...recorded, sequence: index, timestamp: index * PERIOD };
    const sentAt = performance.now();
    const times = await Promise.all(
      trips.map(async (trip) => {
        const left = performance.now();
        await trip(frame);
        return performance.now() - left;
      }),
    );
    if (index < WARM_UP) continue;
    each.push(...times);
    const whole = performance.now() - sentAt;
    all.push(whole);
    if (whole > PERIOD) late += 1;
  }
  return { each, all, late };
}

/** About how many bytes a message is: buffers as they are, the rest as JSON. */
function weight(message: unknown): number {
  let buffers = 0;
  const rest = JSON.stringify(message, (_, value: unknown) => {
    if (!(value instanceof ArrayBuffer || ArrayBuffer.isView(value))) return value;
    buffers += value.byteLength;
    return null;
  });
  return buffers + rest.length;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
