import type { PoseFrame } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  bouncing,
  type Camera,
  type DancerFramesOptions,
  dancerFrames,
  dancing,
  flightTime,
  holding,
  jumping,
  type Move,
  standing,
  swinging,
  together,
  walking,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { type Flight, FlightDetector } from './flight-detector.ts';

function flightsIn(frames: readonly PoseFrame[]): Flight[] {
  const detector = new FlightDetector();
  return frames.flatMap(({ timestamp, poses: [pose], width, height }) => {
    const flight = pose && detector.step(timestamp, pose, width, height);
    return flight ? [flight] : [];
  });
}

const flightsOf = (move: Move, options: DancerFramesOptions) => flightsIn(dancerFrames({ move }, options));

const TAKE_OFFS = [1.5, 4.013, 6.527, 9.041];
const jumps = (height: number) => jumping(TAKE_OFFS.map((takeOff) => ({ takeOff, height })));
const seconds = 11;

describe('jumps', () => {
  it.each([24, 30, 60])(
    'of 5 to 50 cm are all found once at %i Hz, within 4 mm and 3 % of their height',
    (rate) => {
      for (const height of [0.05, 0.07, 0.1, 0.2, 0.3, 0.4, 0.5]) {
        const flights = flightsOf(jumps(height), { seconds, rate });
        expect(flights, `${height} m`).toHaveLength(TAKE_OFFS.length);
        for (const [index, flight] of flights.entries()) {
          const takeOff = TAKE_OFFS[index] ?? 0;
          expect(Math.abs(flight.height / 100 - height)).toBeLessThan(0.004 + 0.03 * height);
          expect(Math.abs(flight.height / 100 - height)).toBeLessThan(flight.uncertainty / 100);
          expect(Math.abs(flight.takeOff / 1000 - takeOff)).toBeLessThan(0.5 / rate);
          expect(Math.abs(flight.landing / 1000 - takeOff - flightTime(height))).toBeLessThan(0.5 / rate);
        }
      }
    },
  );

  const heightOf = (camera: Camera, bodyHeight = 1.7) => {
    const flights = flightsIn(dancerFrames({ move: jumps(0.2), bodyHeight }, { seconds, camera }));
    expect(flights).toHaveLength(TAKE_OFFS.length);
    return flights.reduce((sum, { height }) => sum + height, 0) / flights.length;
  };

  it('are as high from far away, in a small or upright picture, in a mirror, from above and for a child', () => {
    expect(heightOf({ distance: 8 })).toBeCloseTo(20.4, 0);
    expect(heightOf({ pictureWidth: 320, pictureHeight: 240 })).toBeCloseTo(20.4, 0);
    expect(heightOf({ pictureWidth: 720, pictureHeight: 1280 })).toBeCloseTo(20.4, 0);
    expect(heightOf({ mirrored: true })).toBeCloseTo(20.4, 0);
    expect(heightOf({ height: 2.2, tilt: 20, distance: 4 })).toBeCloseTo(20.4, 0);
    expect(heightOf({}, 1.2)).toBeCloseTo(20.4, 0);
  });

  it('of 10 cm and more are found in noise of half a percent and with every tenth frame lost', () => {
    for (const height of [0.1, 0.2, 0.4]) {
      let inside = 0;
      let found = 0;
      for (const seed of [1, 2, 3, 4, 5]) {
        for (const flight of flightsOf(jumps(height), { seconds, noise: 0.005, droppedShare: 0.1, seed })) {
          found += 1;
          if (Math.abs(flight.height / 100 - height) < flight.uncertainty / 100) inside += 1;
          expect(Math.abs(flight.height / 100 - height)).toBeLessThan(0.03);
        }
      }
      expect(found).toBeGreaterThanOrEqual(19);
      expect(found).toBeLessThanOrEqual(20);
      expect(inside / found).toBeGreaterThan(0.85);
    }
  });

  it('may follow one another as in rope skipping', () => {
    const takeOffs = Array.from({ length: 12 }, (_, index) => 1 + index * 0.75);
    const move: Move = (time) => {
      // Flights of 10 cm (0.286 s), with the knees bent as a half sine of the time between.
      const since = (time - 1) % 0.75;
      if (time < 1 || time > 10) return {};
      const flown = since < flightTime(0.1);
      const rise = flown ? 4.905 * since * (flightTime(0.1) - since) : 0;
      const bent = flown
        ? 0
        : 0.15 * Math.sin((Math.PI * (since - flightTime(0.1))) / (0.75 - flightTime(0.1)));
      return { hipsUp: rise - bent, leftFootUp: rise, rightFootUp: rise };
    };
    const flights = flightsOf(move, { seconds: 12 });
    expect(flights).toHaveLength(takeOffs.length);
    for (const { height } of flights) expect(Math.abs(height - 10)).toBeLessThan(1);
  });
});

describe('no jump', () => {
  const none: readonly (readonly [string, Move])[] = [
    ['bouncing in the knees twice a second', bouncing(2, 0.1)],
    ['bouncing three times a second', bouncing(3, 0.06)],
    ['rising to the toes', swingOnToes(1.5)],
    ['lifting one foot after the other', walking({ stepsPerMinute: 120, stepLength: 0, heading: 0 })],
    ['dancing on the floor', dancing(beatTimes([{ beatsPerMinute: 120, seconds: 12 }]), 1.4)],
    ['waving', together(standing(), swinging('leftArmSpread', 2, 60, 80))],
    [
      'a chair that goes up and down slowly',
      (time) => lifted(0.1 * (1 - Math.cos(2 * Math.PI * 0.5 * time))),
    ],
    ['tucking the legs up while hanging', together(holding({ hipsUp: 0.2 }), tucked)],
  ];

  it.each(none)('is %s', (_, move) => {
    for (const rate of [24, 60]) expect(flightsOf(move, { seconds: 12, rate })).toEqual([]);
  });

  it('is noise of one percent on somebody who stands, in two minutes', () => {
    for (const seed of [1, 2, 3, 4]) {
      expect(flightsOf(standing(), { seconds: 30, noise: 0.01, seed })).toEqual([]);
    }
  });

  it('is a camera that is pushed, for which a body rises and falls as it stands', () => {
    for (const noise of [0, 0.003]) {
      for (const push of [0.1, 0.25]) {
        const frames = dancerFrames({ move: standing() }, { seconds: 4, noise }).map((frame) => {
          const flown = frame.timestamp / 1000 - 2;
          const inAir = flown > 0 && flown < flightTime(push);
          // 4.905 metres per second² are half of gravity; 0.34 picture heights are a metre at 3.5 m.
          const rise = inAir ? 0.34 * 4.905 * flown * (flightTime(push) - flown) : 0;
          const poses = frame.poses.map((pose) => ({
            ...pose,
            landmarks: pose.landmarks.map((landmark) => ({ ...landmark, y: landmark.y - rise })),
          }));
          return { ...frame, poses };
        });
        expect(flightsIn(frames)).toEqual([]);
      }
    }
  });

  it('is told when the feet are out of the picture', () => {
    expect(flightsOf(jumps(0.3), { seconds, camera: { distance: 1.4, height: 1.25 } })).toEqual([]);
  });

  it('is made of the time before and after a gap', () => {
    const frames = dancerFrames({ move: jumps(0.3) }, { seconds });
    const gap = frames.filter(({ timestamp }) => timestamp < 1550 || timestamp > 1950);
    expect(flightsIn(gap)).toHaveLength(TAKE_OFFS.length - 1);
  });
});

function lifted(metres: number) {
  return { hipsUp: metres, leftFootUp: metres, rightFootUp: metres };
}

function tucked(time: number) {
  const up = 0.15 * (1 - Math.cos(2 * Math.PI * time));
  return { leftFootUp: 0.2 + up, rightFootUp: 0.2 + up };
}

function swingOnToes(hertz: number): Move {
  return (time) => {
    const up = 0.04 * (1 - Math.cos(2 * Math.PI * hertz * time));
    return { hipsUp: up, leftHeelUp: up, rightHeelUp: up };
  };
}
