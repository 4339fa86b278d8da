import { describe, expect, it } from 'vitest';
import {
  frameOf,
  painted,
  pixelsOf,
  SIDE,
  skeletonOf,
  standing,
  themeMoment,
  themeNames,
} from '../overlay.test-support.ts';

/** Somebody whose left arm swings evenly on a circle around the shoulder, once a second: its hand does 2π · 0.24 / 0.8 = 1.9 heights of the body a second. */
function swinging(seconds: number) {
  const angle = 2 * Math.PI * seconds;
  const at = (reach: number) => ({ x: 0.59 + reach * Math.cos(angle), y: 0.26 - reach * Math.sin(angle) });
  return standing({ 13: at(0.12), 15: at(0.24), 17: at(0.27), 19: at(0.27), 21: at(0.26) });
}

/** The last moment of two seconds, painted so many times a second. */
function swung(theme: string, rate: number) {
  const skeleton = skeletonOf(SIDE, SIDE, { trails: [15] });
  const moments = Array.from({ length: 2 * rate + 1 }, (_, index) =>
    themeMoment(theme, {
      // The same last moment, whatever the rate: chalk is drawn anew eight times a second.
      now: 10_000 + (1000 * index) / rate,
      elapsed: index === 0 ? 0 : 1000 / rate,
      frame: frameOf([swinging(index / rate)], { timestamp: (1000 * index) / rate }),
      skeleton,
      beat: { tempo: 120, at: 10_000 },
    }),
  );
  return pixelsOf(painted(theme, moments)).lit;
}

describe.each(themeNames)('%s', (theme) => {
  it('looks the same at 15, 24, 30 and 60 pictures a second', () => {
    const [often = 0, ...seldom] = [60, 30, 24, 15].map((rate) => swung(theme, rate));
    const alone = pixelsOf(
      painted(theme, [themeMoment(theme, { now: 12_000, frame: frameOf([swinging(2)]) })]),
    ).lit;
    // There is more than the person: a trail, dust or sparks.
    expect(often / alone).toBeGreaterThan(1.004);
    for (const lit of seldom) expect(Math.abs(lit - often) / often).toBeLessThan(0.04);
  });
});
