import { BODY_LANDMARK_COUNT, BODY_LANDMARKS, type Landmark, type PoseFrame } from '@pose-coach/core';

/** Metres: a grown-up's shoulders, the wrists of hands that meet, and hands that are ready to clap. */
const [SHOULDERS, MEETING, APART] = [0.36, 0.1, 0.5];
/** Seconds in which hands come together, evenly faster until they meet; stay; and part again. */
const [CLOSING, HOLD, PARTING] = [0.2, 0.05, 0.2];
/** Metres that fill the picture's width. */
const WIDTH = 4;
const RATE = 30;

/**
 * Frames of somebody who faces the camera and claps at these seconds, and stands still otherwise.
 * @param duration milliseconds
 */
export function clappingFrames(claps: readonly number[], duration: number): readonly PoseFrame[] {
  return Array.from({ length: Math.floor((duration * RATE) / 1000) }, (_, index) => {
    const timestamp = (1000 * index) / RATE;
    const half = wristDistance(timestamp / 1000, claps) / 2;
    const landmarks: Landmark[] = Array.from({ length: BODY_LANDMARK_COUNT }, () => ({
      x: 0.5,
      y: 0.5,
      z: 0,
      visibility: 1,
    }));
    const place = (name: keyof typeof BODY_LANDMARKS, x: number, y: number) => {
      landmarks[BODY_LANDMARKS[name]] = {
        x: 0.5 + x / WIDTH,
        y: 0.5 + (y / WIDTH) * (16 / 9),
        z: 0,
        visibility: 1,
      };
    };
    place('leftShoulder', SHOULDERS / 2, -0.3);
    place('rightShoulder', -SHOULDERS / 2, -0.3);
    place('leftWrist', half, 0);
    place('rightWrist', -half, 0);
    return {
      sequence: index,
      epoch: 1,
      timestamp,
      width: 1920,
      height: 1080,
      poses: [{ id: 1, score: 1, landmarks, worldLandmarks: [] }],
      hands: [],
      dropped: 0,
      timings: { capturedAt: timestamp, stages: {} },
    };
  });
}

/** Metres between the wrists at a moment. */
function wristDistance(seconds: number, claps: readonly number[]): number {
  for (const clap of claps) {
    const passed = seconds - clap;
    if (passed < -CLOSING || passed > HOLD + PARTING) continue;
    if (passed <= 0) return MEETING + (APART - MEETING) * (1 - (1 + passed / CLOSING) ** 2);
    if (passed <= HOLD) return MEETING;
    return MEETING + (APART - MEETING) * ((passed - HOLD) / PARTING);
  }
  return APART;
}
