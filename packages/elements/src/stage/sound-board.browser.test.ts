import { TRIGGER_SOUNDS } from '@pose-coach/core/stage';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SoundBoard } from './sound-board.ts';

/** Seconds of sound that are listened to: longer than the longest. */
const LENGTH = 1.5;
const RATE = 44_100;

afterEach(() => vi.unstubAllGlobals());

/** What a board sends to the loudspeakers. */
async function heard(sound: (typeof TRIGGER_SOUNDS)[number]): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, LENGTH * RATE, RATE);
  vi.stubGlobal('AudioContext', function offline() {
    return new Proxy(context, {
      get: (target, name) => {
        if (name === 'state') return 'running';
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  });
  new SoundBoard().play(sound);
  return (await context.startRendering()).getChannelData(0);
}

const loudest = (samples: Float32Array) =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('the stage’s sounds', () => {
  it.each(TRIGGER_SOUNDS)(
    'make %s: heard at once, never clipped, and over within a second and a half',
    async (sound) => {
      const samples = await heard(sound);
      expect(loudest(samples.subarray(0, 0.05 * RATE))).toBeGreaterThan(0.02);
      expect(loudest(samples)).toBeLessThan(0.5);
      expect(loudest(samples.subarray(1.4 * RATE))).toBeLessThan(0.001);
    },
  );

  it('differ', async () => {
    const sounds = [];
    for (const sound of TRIGGER_SOUNDS) sounds.push((await heard(sound)).subarray(0, RATE).join());
    expect(new Set(sounds).size).toBe(TRIGGER_SOUNDS.length);
  });

  it('leave no context open', async () => {
    const closed = vi.spyOn(AudioContext.prototype, 'close');
    const board = new SoundBoard();
    board.play('chime');
    board.dispose();
    expect(closed).toHaveBeenCalledTimes(1);
    board.play('chime');
    board.dispose();
    expect(closed).toHaveBeenCalledTimes(1);
    closed.mockRestore();
  });
});
