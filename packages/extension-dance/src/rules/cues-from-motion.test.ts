import type { Beat, Cue, PoseFrame } from '@pose-coach/core';
import { type ExtensionTest, testExtension } from '@pose-coach/core/extension-testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  beatTimes,
  dancerFrames,
  dancing,
  type Move,
  standing,
  swinging,
  together,
} from '../../../../tests/motion/synthetic-dancer.ts';
import manifest from '../../package.json' with { type: 'json' };
import * as module from '../extension.ts';

const BPM = 110;
const SECONDS = 20;
const beats = beatTimes([{ beatsPerMinute: BPM, seconds: SECONDS + 10 }]);

/** Measured: a delay that is set, and as good as none. */
const CALIBRATED = { 'dance.delay': 1 };

let extension: ExtensionTest | undefined;
afterEach(() => extension?.dispose());

async function cues(
  frames: readonly PoseFrame[],
  music: readonly Beat[] = [],
  settings: Readonly<Record<string, number>> = {},
): Promise<readonly Cue[]> {
  extension = await testExtension({ manifest, module, settings });
  return (await extension.feed(frames, music)).cues;
}

const film = (move: Move, options: Partial<Parameters<typeof dancerFrames>[1]> = {}) =>
  dancerFrames({ move }, { seconds: SECONDS, noise: 0.001, ...options });
const said = (all: readonly Cue[], id: string) => all.filter((cue) => cue.id === id);

/** The music, so much later than the movement: negative, and the dancer is behind. */
const music = (late: number): readonly Beat[] =>
  beats
    .map((second) => ({ timestamp: second * 1000 + late, strength: 1 }))
    .filter(({ timestamp }) => timestamp >= 0);

/** Arms that swing with the beat, each as far as told, in degrees. */
const arms = (left: number, right: number) =>
  together(
    swinging('leftArmRaise', BPM / 120, left, 60),
    swinging('rightArmRaise', BPM / 120, right, 60, 0.5),
    swinging('hipsUp', BPM / 60, 0.02, -0.04),
  );

describe('what a dancer is told', () => {
  it('is which arm does half the work, when its swing is smaller by the root of two', async () => {
    // Power grows with the square of the amplitude: 40 ÷ √2 = 28.3 degrees make half of it.
    const [cue] = said(await cues(film(arms(28.3, 40))), 'dance.uneven-arms');
    expect(cue).toMatchObject({
      message: 'Your left arm does half the work of the right.',
      joints: ['leftElbow', 'leftWrist'],
    });
    expect(said(await cues(film(arms(40, 40))), 'dance.uneven-arms')).toEqual([]);
  });

  it('is in the mirror the other arm', async () => {
    const [cue] = said(await cues(film(arms(15, 40), { camera: { mirrored: true } })), 'dance.uneven-arms');
    expect(cue?.message).toMatch(/^Your right arm .* the left\.$/);
  });

  it('is that they are ahead of the beat, or behind it', async () => {
    const move = dancing(beats);
    const ahead = await cues(film(move), music(110), CALIBRATED);
    expect(said(ahead, 'dance.ahead-of-beat')).toHaveLength(1);
    expect(said(ahead, 'dance.behind-beat')).toEqual([]);
    const behind = await cues(film(move), music(-110), CALIBRATED);
    expect(said(behind, 'dance.behind-beat')).toHaveLength(1);
    expect(said(behind, 'dance.ahead-of-beat')).toEqual([]);
  });

  it('is that they are on the beat, and with it that they keep the tempo', async () => {
    const all = await cues(film(dancing(beats)), music(0));
    expect(said(all, 'dance.on-the-beat')).toHaveLength(1);
    expect(said(all, 'dance.steady-tempo').map(({ message }) => message)).toEqual([
      `You keep the tempo: ${BPM} beats a minute.`,
    ]);
  });

  it('is nothing of the beat to music that they do not follow', async () => {
    const other = beatTimes([{ beatsPerMinute: 137, seconds: 30 }]).map(
      (second): Beat => ({
        timestamp: second * 1000,
        strength: 1,
      }),
    );
    const all = await cues(film(dancing(beats)), other, CALIBRATED);
    for (const id of ['dance.on-the-beat', 'dance.ahead-of-beat', 'dance.behind-beat']) {
      expect(said(all, id), id).toEqual([]);
    }
  });

  it('is nothing while they stand, with or without music', async () => {
    expect(await cues(film(standing()), music(0), CALIBRATED)).toEqual([]);
  });

  it('is to step back, when the picture ends above their knees', async () => {
    const close = film(dancing(beats), { camera: { distance: 1.6, height: 1.3 } });
    const [cue] = await cues(close);
    expect(cue?.message).toBe('Step back until your feet are in the picture.');
  });

  it('is nothing when the arms that work unevenly can hardly be seen', async () => {
    const hidden = dancerFrames(
      {
        move: arms(15, 40),
        hidden: [
          {
            landmarks: ['leftElbow', 'leftWrist', 'leftIndex', 'leftPinky', 'leftThumb'],
            from: 0,
            until: 99,
          },
        ],
      },
      { seconds: SECONDS },
    );
    expect(said(await cues(hidden), 'dance.uneven-arms')).toEqual([]);
  });
});
