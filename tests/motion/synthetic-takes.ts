import type { Take } from './robustness.ts';
import {
  beatTimes,
  dancerFrames,
  dancing,
  inTurn,
  jumping,
  type Move,
  standing,
  swinging,
  together,
} from './synthetic-dancer.ts';

const SECONDS = 24;

function synthetic(name: string, bpm: number, move: Move): Take {
  const at = (rate: number) => dancerFrames({ move }, { seconds: SECONDS, rate });
  return { name, bpm, frames: at(60), at };
}

const toBeat = (bpm: number, vigour: number) =>
  dancing(beatTimes([{ beatsPerMinute: bpm, seconds: 60 }]), vigour);

/** Synthetic dancers for robustness: calm, vigorous, one-armed, and with jumps. At 60 Hz, or any other. */
export function syntheticTakes(): readonly Take[] {
  return [
    synthetic('calm', 90, toBeat(90, 0.7)),
    synthetic('vigorous', 126, toBeat(126, 1.2)),
    synthetic('one arm more', 105, together(toBeat(105, 0.8), swinging('rightArmRaise', 105 / 120, 30))),
    synthetic(
      'with jumps',
      100,
      inTurn(
        [toBeat(100, 1), 8],
        [
          jumping([
            { takeOff: 1.5, height: 0.3 },
            { takeOff: 3.5, height: 0.2 },
          ]),
          5,
        ],
        [standing(), 2],
        [toBeat(100, 1), 20],
      ),
    ),
  ];
}
