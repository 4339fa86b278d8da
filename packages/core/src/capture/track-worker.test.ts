import { describe, expect, it } from 'vitest';
import { type TrackWorkerReply, type TrackWorkerRequest, trackWorkerSource } from './track-worker.ts';

/** Runs the worker's very source with its globals given: a camera that obeys, and a clock that is set. */
function startWorker() {
  const sent: Exclude<TrackWorkerReply, { type: 'ready' }>[] = [];
  const ready: TrackWorkerReply[] = [];
  const clock = { timeOrigin: 1_000_000, time: 0, now: () => clock.time };
  const post = (reply: TrackWorkerReply) => {
    if (reply.type === 'ready') ready.push(reply);
    else sent.push(reply);
  };
  const run = new Function(
    'postMessage',
    'performance',
    'MediaStreamTrackProcessor',
    `let onmessage; ${trackWorkerSource}; return onmessage;`,
  );
  const onmessage: (event: { data: TrackWorkerRequest }) => void = run(post, clock, undefined);

  let controller: ReadableStreamDefaultController<VideoFrame> | undefined;
  let cancelled = false;
  const readable = new ReadableStream<VideoFrame>({
    start: (given) => {
      controller = given;
    },
    cancel: () => {
      cancelled = true;
    },
  });
  const closes: number[] = [];
  return {
    sent,
    ready,
    closes,
    clock,
    cancelled: () => cancelled,
    tell: (data: TrackWorkerRequest) => onmessage({ data }),
    read: () => onmessage({ data: { type: 'read', readable } }),
    /** The camera gives a frame at `timestamp` ms and the worker has time to read it. */
    give: async (timestamp: number) => {
      const frame = { timestamp: timestamp * 1000, close: () => closes.push(timestamp) };
      controller?.enqueue(frame as unknown as VideoFrame);
      await settle();
    },
    end: async () => {
      controller?.close();
      await settle();
    },
    timestamps: () => sent.flatMap((reply) => (reply.type === 'frame' ? [reply.timestamp] : [])),
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('the worker that reads a track', () => {
  it('says that it runs, and whether it could make a processor', () => {
    expect(startWorker().ready).toEqual([{ type: 'ready', processor: false }]);
  });

  it('has at most one frame at the page, keeps the newest of the rest, closes and counts the others', async () => {
    const worker = startWorker();
    worker.read();
    for (const timestamp of [0, 33, 66, 100, 133]) await worker.give(timestamp);
    expect(worker.timestamps()).toEqual([0]);
    expect(worker.closes).toEqual([33, 66, 100]);

    worker.tell({ type: 'next' });
    expect(worker.timestamps()).toEqual([0, 133]);
    expect(worker.sent.at(-1)).toMatchObject({ skipped: 3 });

    worker.tell({ type: 'next' });
    await worker.give(166);
    expect(worker.sent.at(-1)).toMatchObject({ timestamp: 166, skipped: 0 });
    expect(worker.closes).toEqual([33, 66, 100]);
  });

  it('closes what waits and lets the track go when it is told to stop, and then sends nothing', async () => {
    const worker = startWorker();
    worker.read();
    await worker.give(0);
    await worker.give(33);
    worker.tell({ type: 'stop' });
    worker.tell({ type: 'next' });
    await settle();
    expect(worker.closes).toEqual([33]);
    expect(worker.cancelled()).toBe(true);
    expect(worker.sent.map(({ type }) => type)).toEqual(['frame', 'stopped']);
  });

  it('says when the track has ended', async () => {
    const worker = startWorker();
    worker.read();
    await worker.give(0);
    await worker.end();
    expect(worker.sent.at(-1)).toEqual({ type: 'ended' });
  });

  it('says why when it cannot read what it was given', async () => {
    const worker = startWorker();
    worker.tell({ type: 'read', track: {} as MediaStreamTrack });
    await settle();
    expect(worker.sent).toEqual([
      { type: 'failed', message: expect.stringContaining('MediaStreamTrackProcessor') },
    ]);
  });

  it('tells when frames were captured by the fastest of them, whatever a busy machine adds', async () => {
    const worker = startWorker();
    worker.read();
    const captured: number[] = [];
    // The camera's clock is 5000 ms ahead of the page's; reading takes 8 ms at best and 60 at worst.
    for (const [index, delay] of [30, 8, 60, 25].entries()) {
      const timestamp = 5000 + index * 33;
      worker.clock.time = index * 33 + delay;
      await worker.give(timestamp);
      worker.tell({ type: 'next' });
      const last = worker.sent.at(-1);
      if (last?.type === 'frame') captured.push(last.capturedAt);
    }
    const truth = [0, 33, 66, 99].map((time) => 1_000_000 + time);
    expect(captured[0]).toBeCloseTo((truth[0] ?? 0) + 30, 1);
    for (const index of [1, 2, 3]) expect(captured[index]).toBeCloseTo((truth[index] ?? 0) + 8, 1);
  });

  it('finds the offset anew when the camera sets its clock back', async () => {
    const worker = startWorker();
    worker.read();
    worker.clock.time = 10;
    await worker.give(90_000);
    worker.tell({ type: 'next' });
    worker.clock.time = 43;
    await worker.give(0);
    expect(worker.sent.at(-1)).toMatchObject({ timestamp: 0, capturedAt: 1_000_043 });
  });
});
