import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { approach } from '../motion/approach.ts';
import { switchSetting, textSetting } from '../settings.ts';
import { paintActivityBars } from './activity-bars.ts';
import { paintActivityFigure } from './activity-figure.ts';
import { declarationOf, knownReading, shareOfRange, titleOf } from './metric-value.ts';
import { paintFrame } from './widget-frame.ts';

/** Milliseconds in which the parts follow. */
const FOLLOWING = 180;
/** Head, torso, left arm, right arm, left leg, right leg: as many as a figure can show. */
const FIGURE_PARTS = 6;
/** Most bars that can be told apart. */
const MOST_BARS = 12;

/** How much each part of the body works, on a small figure or as bars. */
export class Activity implements OverlayPart {
  #levels: number[] = [];

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { settings, elapsed, calm } = moment;
    const metric = textSetting(settings, 'metric', 'dance.activity');
    const declaration = declarationOf(moment, metric);
    const value = knownReading(moment, metric)?.value;
    const values = typeof value === 'number' ? [value] : typeof value === 'object' ? value : [];
    const shares = values.slice(0, MOST_BARS).map((each) => shareOfRange(declaration, each));
    const glides = !calm && this.#levels.length === shares.length;
    const share = glides ? approach(elapsed, FOLLOWING) : 1;
    this.#levels = shares.map((target, index) => {
      const level = glides ? (this.#levels[index] ?? target) : target;
      return level + (target - level) * share;
    });
    const frame = paintFrame(canvas, moment, titleOf(moment, metric));
    const names = Object.keys(declaration?.labels ?? {}).length;
    const fits = (this.#levels.length || names || FIGURE_PARTS) === FIGURE_PARTS;
    if (fits && textSetting(settings, 'shape', 'figure') === 'figure') {
      const mirror = switchSetting(settings, 'mirror', true);
      paintActivityFigure(canvas, moment.look, frame, this.#levels, mirror);
    } else paintActivityBars(canvas, moment.look, frame, this.#levels, declaration);
  }
}
