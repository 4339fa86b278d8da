import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { firstValueFrom, from, lastValueFrom, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { PoseFrame } from '../pose/index.ts';
import { type Recording, RecordingWriter, readRecording, record } from './index.ts';
import { danceFrames } from './recorded-dance.ts';

function read(bytes: Uint8Array): Recording {
  const result = readRecording(bytes);
  if (!result.ok) throw result.error;
  return result.value;
}

/** A sink that keeps everything, and what the file looked like after each call. */
function memory() {
  const calls: Uint8Array[] = [];
  return {
    calls,
    sink: (bytes: Uint8Array) => void calls.push(bytes),
    bytes: () => new Uint8Array(calls.flatMap((call) => [...call])),
  };
}

async function recorded(frames: readonly PoseFrame[]): Promise<Uint8Array> {
  const file = memory();
  const writer = new RecordingWriter(file.sink, { label: 'a dance' });
  for (const frame of frames) writer.append(frame);
  await writer.close();
  return file.bytes();
}

describe('a recording', () => {
  test('gives back its frames and says what it is', async () => {
    const frames = [...danceFrames(40), ...danceFrames(5, { sequence: 40, epoch: 2, timestamp: 0 })];
    expect(read(await recorded(frames))).toEqual({
      metadata: { label: 'a dance' },
      frames,
      complete: true,
      lost: { damaged: 0, bytes: 0 },
    });
  });

  test('cut off anywhere gives every whole frame and says how much is missing', async () => {
    const frames = danceFrames(6);
    const bytes = await recorded(frames);
    const empty = await recorded([]);
    const perFrame = (bytes.length - empty.length) / frames.length;
    // The end chunk is what an empty recording has besides its header: 9 bytes without a payload.
    const header = empty.length - 9;
    for (let length = header; length < bytes.length; length += 1) {
      const whole = Math.min(Math.floor((length - header) / perFrame), frames.length);
      const cut = read(bytes.subarray(0, length));
      expect(cut.frames).toEqual(frames.slice(0, whole));
      expect(cut.complete).toBe(false);
      expect(cut.lost).toEqual({ damaged: 0, bytes: length - header - whole * perFrame });
    }
  });

  test('with one damaged frame gives all the others', async () => {
    const frames = danceFrames(10);
    const bytes = await recorded(frames);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x10;
    const damaged = read(bytes);
    expect(damaged.lost).toEqual({ damaged: 1, bytes: 0 });
    expect(damaged.complete).toBe(false);
    expect(damaged.frames.length).toBe(9);
    expect(frames).toEqual(expect.arrayContaining([...damaged.frames]));
  });

  test('that is something else is refused by its name', () => {
    const result = readRecording(new TextEncoder().encode('<html>'), { name: 'holiday.poses' });
    expect(result.ok ? undefined : result.error).toMatchObject({
      code: 'BYTES_INVALID',
      message: expect.stringContaining('holiday.poses'),
    });
  });

  test('with any of its bytes changed never throws', async () => {
    const bytes = await recorded(danceFrames(3));
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (bytes[at] ?? 0) ^ 0xff;
      const result = readRecording(changed);
      if (result.ok) expect(result.value.frames.length).toBeLessThanOrEqual(3);
      else expect(['BYTES_INVALID', 'VERSION_UNSUPPORTED']).toContain(result.error.code);
    }
  });
});

describe('a recording writer', () => {
  test('gives its sink all but the last second while frames are coming', async () => {
    const file = memory();
    const writer = new RecordingWriter(file.sink);
    for (const frame of danceFrames(150)) {
      writer.append(frame);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      const stored = read(file.bytes()).frames.at(-1)?.timestamp ?? 0;
      expect(frame.timestamp - stored).toBeLessThanOrEqual(1000 + 37);
    }
    expect(file.calls.length).toBeGreaterThanOrEqual(5);
    expect(file.calls.length).toBeLessThanOrEqual(7);
    await writer.close();
  });

  test('gives an asynchronous sink one piece at a time, in order', async () => {
    const pieces: Uint8Array[] = [];
    let busy = 0;
    let worst = 0;
    const writer = new RecordingWriter(async (bytes) => {
      busy += 1;
      worst = Math.max(worst, busy);
      await new Promise((resolve) => setTimeout(resolve, 3));
      pieces.push(bytes);
      busy -= 1;
    });
    const frames = danceFrames(200);
    for (const frame of frames) writer.append(frame);
    const summary = await writer.close();
    expect(worst).toBe(1);
    const bytes = new Uint8Array(pieces.flatMap((piece) => [...piece]));
    expect(read(bytes).frames).toEqual(frames);
    expect(summary).toEqual({ frames: 200, refused: 0, bytes: bytes.length });
  });

  test('leaves a frame out that is not finite, counts it and goes on', async () => {
    const [good, bad] = danceFrames(2);
    if (!good || !bad) throw new Error('Two were asked for.');
    const file = memory();
    const writer = new RecordingWriter(file.sink);
    expect(writer.append({ ...bad, timestamp: NaN })).toBe(false);
    expect(writer.append(good)).toBe(true);
    expect(await writer.close()).toMatchObject({ frames: 1, refused: 1 });
    expect(read(file.bytes()).frames).toEqual([good]);
  });

  test('tells its owner when the sink fails, and writes nothing behind the gap', async () => {
    const stored: Uint8Array[] = [];
    const writer = new RecordingWriter((bytes) => {
      if (stored.length === 2) throw new Error('disk full');
      stored.push(bytes);
    });
    const frames = danceFrames(200);
    for (const frame of frames.slice(0, 100)) writer.append(frame);
    await expect(writer.flush()).rejects.toMatchObject({
      code: 'RECORDING_FAILED',
      message: expect.stringContaining('disk full'),
    });
    const [next] = frames.slice(100);
    if (!next) throw new Error('There are more.');
    expect(() => writer.append(next)).toThrow(expect.objectContaining({ code: 'RECORDING_FAILED' }));
    await expect(writer.close()).rejects.toMatchObject({ code: 'RECORDING_FAILED' });
    const survived = read(new Uint8Array(stored.flatMap((piece) => [...piece])));
    expect(survived.frames.length).toBeGreaterThan(20);
    expect(survived.frames).toEqual(frames.slice(0, survived.frames.length));
  });

  test('takes nothing after it was closed', async () => {
    const writer = new RecordingWriter(() => undefined);
    await writer.close();
    const [frame] = danceFrames(1);
    if (!frame) throw new Error('One was asked for.');
    expect(() => writer.append(frame)).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
  });

  test('whose process is killed leaves everything up to the last second', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pose-recording-'));
    try {
      const path = join(folder, 'killed.poses');
      const last = await recordUntilKilled(folder, path);
      const survived = read(new Uint8Array(await readFile(path)));
      expect(survived.complete).toBe(false);
      const stored = survived.frames.at(-1)?.timestamp ?? 0;
      expect(last - stored).toBeLessThanOrEqual(1000 + 37);
      expect(survived.frames).toEqual(danceFrames(survived.frames.length));
      expect(survived.frames.length).toBeGreaterThan(60);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** Records in a process of its own, kills it without warning and returns the last timestamp it had written. */
async function recordUntilKilled(folder: string, path: string): Promise<number> {
  const script = join(folder, 'writer.mjs');
  const here = fileURLToPath(new URL('.', import.meta.url));
  await build({
    stdin: {
      contents: `
        import { appendFileSync } from 'node:fs';
        import { RecordingWriter } from './recording-writer.ts';
        import { danceFrames } from './recorded-dance.ts';
        const writer = new RecordingWriter((bytes) => appendFileSync(process.argv[2], bytes));
        for (const frame of danceFrames(100_000)) {
          writer.append(frame);
          await new Promise((resolve) => setImmediate(resolve));
          process.stdout.write(frame.timestamp + '\\n');
        }`,
      resolveDir: here,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
    logLevel: 'silent',
  });
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let output = '';
  for await (const data of child.stdout) {
    output += String(data);
    if (Number(output.trim().split('\n').at(-1)) > 5000) child.kill('SIGKILL');
  }
  await ended;
  // The last line may be cut in the middle; the one before it is whole.
  return Number(output.split('\n').at(-2));
}

describe('record()', () => {
  test('passes frames on as they are and has stored everything when the stream completes', async () => {
    const file = memory();
    const frames = danceFrames(100);
    const passed = await lastValueFrom(
      from(frames).pipe(record(file.sink, { metadata: { engine: 'mediapipe' } }), toArray()),
    );
    passed.forEach((frame, index) => {
      expect(frame).toBe(frames[index]);
    });
    expect(read(file.bytes())).toMatchObject({ metadata: { engine: 'mediapipe' }, frames, complete: true });
  });

  test('finishes the recording when its subscriber leaves', async () => {
    const file = memory();
    const closed = new Promise((resolve) => {
      void firstValueFrom(from(danceFrames(3)).pipe(record(file.sink, { onClosed: resolve })));
    });
    expect(await closed).toMatchObject({ frames: 1 });
    expect(read(file.bytes()).complete).toBe(true);
  });

  test('errors with the stream’s own error, after what came before it is stored', async () => {
    const file = memory();
    const failing = new (await import('rxjs')).Observable<PoseFrame>((subscriber) => {
      for (const frame of danceFrames(2)) subscriber.next(frame);
      subscriber.error(new Error('camera gone'));
    });
    await expect(lastValueFrom(failing.pipe(record(file.sink)))).rejects.toThrow('camera gone');
    expect(read(file.bytes())).toMatchObject({ frames: danceFrames(2), complete: true });
  });

  test('a failing sink ends the stream, or only the recording when somebody listens', async () => {
    const full = () => {
      throw new Error('disk full');
    };
    const frames = danceFrames(10);
    await expect(lastValueFrom(from(frames).pipe(record(full)))).rejects.toMatchObject({
      code: 'RECORDING_FAILED',
    });
    const errors: unknown[] = [];
    const passed = await lastValueFrom(
      from(frames).pipe(record(full, { onError: (error) => errors.push(error) }), toArray()),
    );
    expect(passed.length).toBe(10);
    expect(errors).toEqual([expect.objectContaining({ code: 'RECORDING_FAILED' })]);
  });
});
