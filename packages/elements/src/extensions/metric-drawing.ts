import { html, svg, type TemplateResult } from 'lit';
import { SERIES_SPAN, type SeriesPoint } from './metric-history.ts';

/** Readings further apart than this (ms of media time) are not joined: what was between them is not known. */
const LONGEST_GAP = 1000;
/** Height of a series in its own units; the width is a hundred. */
const SERIES_HEIGHT = 30;
/** Parts of the range that a series keeps free above and below a line of its own scale. */
const MARGIN = 0.1;

/** Numbers of one metric that can be told apart by colour; the styles have as many. */
const COLORS = 3;

/** From lowest to highest. */
export type Range = readonly [minimum: number, maximum: number];

/** A value on its scale, and how far it may be off, as parts of the range. Nothing where it is not known. */
export interface Level {
  /** Where it is filled from: zero where the range crosses it, its lower end elsewhere. */
  readonly start: number;
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

/** Where a value stands within its range. */
export function level(value: number, uncertainty: number, range: Range): Level {
  const place = (each: number) =>
    Math.min(1, Math.max(0, (each - range[0]) / Math.max(Number.EPSILON, range[1] - range[0])));
  const start = range[0] < 0 && range[1] > 0 ? place(0) : 0;
  return { start, share: place(value), from: place(value - uncertainty), to: place(value + uncertainty) };
}

/** Three quarters of a circle, filled as far as the value goes from where it starts. */
export function gauge(shown: Level | undefined): TemplateResult {
  const arc = 'M 17.5 62.5 A 40 40 0 1 1 82.5 62.5';
  return html`<svg class="gauge" viewBox="0 -6 100 76" aria-hidden="true">
    <path class="track" d=${arc} pathLength="100"></path>
    ${
      shown
        ? svg`<path class="value" d=${arc} pathLength="100" stroke-dasharray=${dash(shown.start, shown.share)}></path>
          <path class="doubt" d=${arc} pathLength="100" stroke-dasharray=${dash(shown.from, shown.to)}></path>`
        : svg``
    }
  </svg>`;
}

/** One dash of a line that is a hundred long, from one share of it to another, whichever comes first. */
function dash(one: number, other: number): string {
  return `0 ${percent(Math.min(one, other))} ${percent(Math.abs(one - other))} 200`;
}

/** A bar for each number, filled as far as that goes from where it starts; an empty one while none is known. */
export function bars(shown: readonly Level[]): TemplateResult {
  return html`${shown.length === 0 ? bar(undefined, 0) : shown.map(bar)}`;
}

function bar(shown: Level | undefined, index: number): TemplateResult {
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="10"></rect>
    ${
      shown
        ? svg`<rect class=${`value fill${index % COLORS}`} x=${percent(Math.min(shown.start, shown.share))} width=${percent(Math.abs(shown.share - shown.start))} height="10"></rect>
          <rect class="doubt" x=${percent(shown.from)} width=${percent(shown.to - shown.from)} y="4" height="2"></rect>`
        : svg``
    }
  </svg>`;
}

/** A line for each number of the readings, over the last seconds; the newest moment is on the right. */
export function series(points: readonly SeriesPoint[], now: number, range: Range): TemplateResult {
  const lines = Math.max(0, ...points.map(({ values }) => values.length));
  return html`<svg
    class="series"
    viewBox=${`0 0 100 ${SERIES_HEIGHT}`}
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${Array.from(
      { length: lines },
      (_, index) =>
        svg`<path class=${`line line${index % COLORS}`} d=${line(points, index, now, range)}></path>`,
    )}
  </svg>`;
}

/** The range of a series that declares none: that of what it shows, with a margin. */
export function ownRange(points: readonly SeriesPoint[]): Range {
  const values = points.flatMap((point) => point.values);
  if (values.length === 0) return [0, 1];
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  const margin = (highest - lowest || 1) * MARGIN;
  return [lowest - margin, highest + margin];
}

/** The path of one line, in a picture of 100 × `SERIES_HEIGHT`. */
export function line(points: readonly SeriesPoint[], index: number, now: number, range: Range): string {
  let path = '';
  let previous: number | undefined;
  for (const { timestamp, values } of points) {
    const value = values[index];
    if (value === undefined) {
      previous = undefined;
      continue;
    }
    const joined = previous !== undefined && timestamp - previous <= LONGEST_GAP;
    const x = 100 * (1 - (now - timestamp) / SERIES_SPAN);
    const y = SERIES_HEIGHT * (1 - level(value, 0, range).share);
    path += `${joined ? 'L' : 'M'}${x.toFixed(2)} ${y.toFixed(2)}`;
    previous = timestamp;
  }
  return path;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
