import { describe, expect, it } from 'vitest';
import { FakeFrames } from '../fake-frames.ts';
import type { EngineReply, EngineSettings } from './engine-messages.ts';
import { EngineServer } from './engine-server.ts';
import type { Landmarker } from './landmarker.ts';

const SETTINGS: EngineSettings = {
  task: 'body',
  limit: 1,
  inputSize: null,
  detection: 0.5,
  presence: 0.5,
  tracking: 0.5,
};

/** A landmarker that takes its time: what it is asked for is noted, and done when the test says so. */
class SlowLandmarker implements Landmarker<string> {
  readonly asked: string[] = [];
  readonly #waiting: ((error?: Error) => void)[] = [];

  read(): string {
    this.asked.push('read');
    return 'picture';
  }

  detect(picture: string, timestamp: number): Promise<Float32Array<ArrayBuffer>> {
    this.asked.push(`detect ${picture} at ${timestamp}`);
    return new Promise((resolve, reject) => {
      this.#waiting.push((error) => (error ? reject(error) : resolve(new Float32Array(1))));
    });
  }

  reset(): void {
    this.asked.push('reset');
  }

  async close(): Promise<void> {
    this.asked.push('close');
  }

  async answer(error?: Error): Promise<void> {
    this.#waiting.shift()?.(error);
    await settled();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function serve(landmarker: Landmarker<string> = new SlowLandmarker()) {
  const replies: EngineReply[] = [];
  let lose: (error: Error) => void = () => undefined;
  const server = new EngineServer<EngineSettings, string>(
    async (_settings, _files, onLost) => {
      lose = onLost;
      return landmarker;
    },
    (reply) => replies.push(reply),
  );
  server.handle({ type: 'start', settings: SETTINGS, files: {} });
  await settled();
  return {
    server,
    types: () => replies.map(({ type }) => type),
    replies,
    lose: (error: Error) => lose(error),
  };
}

describe('EngineServer', () => {
  it('does one thing after the other, in the order it was asked', async () => {
    const landmarker = new SlowLandmarker();
    const { server, types } = await serve(landmarker);
    const frames = new FakeFrames();
    server.handle({ type: 'detect', image: frames.make(0).image, timestamp: 0 });
    server.handle({ type: 'reset' });
    await settled();
    server.handle({ type: 'stop' });
    await settled();
    expect(landmarker.asked).toEqual(['read', 'detect picture at 0']);
    await landmarker.answer();
    expect(landmarker.asked).toEqual(['read', 'detect picture at 0', 'reset', 'close']);
    expect(types()).toEqual(['started', 'found', 'stopped']);
    expect(frames.closings).toEqual([1]);
  });

  it('closes the picture as soon as it is read, before it is looked at', async () => {
    const { server } = await serve();
    const frames = new FakeFrames();
    server.handle({ type: 'detect', image: frames.make(0).image, timestamp: 0 });
    await settled();
    expect(frames.closings).toEqual([1]);
  });

  it('refuses a picture that cannot be read, closes it and goes on', async () => {
    const landmarker = new SlowLandmarker();
    const broken: Landmarker<string> = Object.assign(landmarker, {
      read: () => {
        throw new Error('It has no pixels.');
      },
    });
    const { server, replies } = await serve(broken);
    const frames = new FakeFrames();
    server.handle({ type: 'detect', image: frames.make(0).image, timestamp: 0 });
    await settled();
    expect(replies.at(-1)).toEqual({ type: 'refused', message: 'It has no pixels.' });
    expect(frames.closings).toEqual([1]);
    server.handle({ type: 'stop' });
    await settled();
    expect(replies.at(-1)).toEqual({ type: 'stopped' });
  });

  it.each(['throws', 'is lost'] as const)(
    'breaks once, and closes, when what it calculates with %s',
    async (how) => {
      const landmarker = new SlowLandmarker();
      const { server, replies, types, lose } = await serve(landmarker);
      const frames = new FakeFrames();
      server.handle({ type: 'detect', image: frames.make(0).image, timestamp: 0 });
      await settled();
      if (how === 'is lost') lose(new Error('out of memory'));
      await landmarker.answer(new Error('out of memory'));
      expect(types()).toEqual(['started', 'broken']);
      expect(replies.at(-1)).toMatchObject({ message: 'out of memory' });
      expect(landmarker.asked.at(-1)).toBe('close');
      server.handle({ type: 'detect', image: frames.make(1).image, timestamp: 1 });
      await settled();
      expect(types()).toEqual(['started', 'broken']);
      expect(frames.closings).toEqual([1, 1]);
    },
  );

  it('closes what was still being made when it was stopped', async () => {
    const landmarker = new SlowLandmarker();
    const replies: EngineReply[] = [];
    let made: (landmarker: Landmarker<string>) => void = () => undefined;
    const making = new Promise<Landmarker<string>>((resolve) => {
      made = resolve;
    });
    const server = new EngineServer<EngineSettings, string>(
      () => making,
      (reply) => replies.push(reply),
    );
    server.handle({ type: 'start', settings: SETTINGS, files: {} });
    server.handle({ type: 'stop' });
    await settled();
    made(landmarker);
    await settled();
    expect(landmarker.asked).toEqual(['close']);
    expect(replies).toEqual([{ type: 'stopped' }]);
  });
});
