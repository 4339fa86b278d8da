import { median, percentile } from '../benchmarks/report.ts';
import type { Comparison, Sighting } from './engines-agree-page.ts';

/** How well two engines agree on a number of pictures, MediaPipe being the reference. */
export interface Agreement {
  readonly pictures: number;
  /** In which at least one engine sees somebody. */
  readonly peopled: number;
  /** In which both see the same person, or all the same hands. */
  readonly same: number;
  /** People, or hands, that only the reference sees. */
  readonly missed: number;
  /** Distances of landmarks in % of the person's height, or the hand's size. */
  readonly median: number;
  readonly percentile95: number;
  readonly largest: number;
  /** Distances of world landmarks in cm. */
  readonly worldMedian: number;
  readonly worldPercentile95: number;
}

/** Of a person's height: two sightings whose landmarks are, by the median, nearer than this are of the same person. */
const SAME = 0.1;

/** One person, or hand, as both see it: for each landmark that is in view how far the two are apart. */
interface Pair {
  /** In sizes of the person or hand. */
  readonly distances: readonly number[];
  /** In metres. */
  readonly world: readonly number[];
}

/** Agreement on everybody in some pictures. Whom only one engine sees has no distance, and is not the same. */
export function agreementOf(comparisons: readonly Comparison[]): Agreement {
  const peopled = comparisons.filter(({ mediapipe, onnx }) => mediapipe.length + onnx.length > 0);
  const pairs = peopled.map(pairsOf);
  const same = peopled.filter(
    ({ mediapipe, onnx }, index) =>
      mediapipe.length === onnx.length && pairs[index]?.length === mediapipe.length,
  );
  const distances = pairs.flat().flatMap((pair) => pair.distances.map((distance) => 100 * distance));
  const world = pairs.flat().flatMap((pair) => pair.world.map((metres) => 100 * metres));
  const seen = peopled.reduce((sum, { mediapipe }) => sum + mediapipe.length, 0);
  return {
    pictures: comparisons.length,
    peopled: peopled.length,
    same: same.length,
    missed: seen - pairs.flat().length,
    median: median(distances),
    percentile95: percentile(distances, 95),
    largest: percentile(distances, 100),
    worldMedian: median(world),
    worldPercentile95: percentile(world, 95),
  };
}

/** Everybody whom both see: each of the reference's goes with the nearest of the other's, if it is the same one. */
function pairsOf({ width, height, mediapipe, onnx }: Comparison): Pair[] {
  const left = new Set(onnx);
  return mediapipe.flatMap((reference) => {
    let best: { readonly other: Sighting; readonly pair: Pair } | undefined;
    for (const other of left) {
      const pair = pairOf(reference, other, width, height);
      if (!(median(pair.distances) < SAME)) continue;
      if (!best || median(pair.distances) < median(best.pair.distances)) best = { other, pair };
    }
    if (!best) return [];
    left.delete(best.other);
    return [best.pair];
  });
}

/**
 * Landmarks count that the reference sees within the picture: beyond its edges both engines only guess. A person's
 * height is from the top to the bottom of these landmarks as they lie in the picture, also of somebody who lies,
 * whose percentages are then the larger; a hand's size is its longer side, because hands point anywhere.
 */
function pairOf(reference: Sighting, other: Sighting, width: number, height: number): Pair {
  const inView = reference.landmarks.flatMap(([x, y], index) =>
    x >= 0 && x <= 1 && y >= 0 && y <= 1 ? [index] : [],
  );
  const extent = (axis: 0 | 1) => {
    const values = inView.map((index) => reference.landmarks[index]?.[axis] ?? Number.NaN);
    return Math.max(...values) - Math.min(...values);
  };
  const isHand = reference.landmarks.length === 21;
  const tall = extent(1) * height;
  const size = isHand ? Math.max(tall, extent(0) * width) : tall;
  return {
    distances: inView.map((index) => {
      const [x = Number.NaN, y = Number.NaN] = reference.landmarks[index] ?? [];
      const [otherX = Number.NaN, otherY = Number.NaN] = other.landmarks[index] ?? [];
      return Math.hypot((otherX - x) * width, (otherY - y) * height) / size;
    }),
    world: inView.map((index) => {
      const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = reference.world[index] ?? [];
      const [otherX = Number.NaN, otherY = Number.NaN, otherZ = Number.NaN] = other.world[index] ?? [];
      return Math.hypot(otherX - x, otherY - y, otherZ - z);
    }),
  };
}

/** Prints a table with a line for each set of pictures. */
export function printAgreement(title: string, sets: Readonly<Record<string, Agreement>>): void {
  const header = ['', 'pictures', 'peopled', 'same', 'median %', '95th', 'largest', 'world cm', '95th'];
  const lines = Object.entries(sets).map(([name, agreement]) => [
    name,
    String(agreement.pictures),
    String(agreement.peopled),
    number((100 * agreement.same) / agreement.peopled, 1, ' %'),
    number(agreement.median, 3),
    number(agreement.percentile95, 3),
    number(agreement.largest, 2),
    number(agreement.worldMedian, 3),
    number(agreement.worldPercentile95, 3),
  ]);
  const table = [header, ...lines];
  const widths = header.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const aligned = table.map(([name = '', ...cells]) =>
    [name.padEnd(widths[0] ?? 0), ...cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))].join(
      '  ',
    ),
  );
  console.log([title, ...aligned].join('\n  '));
}

function number(value: number, digits: number, unit = ''): string {
  return Number.isNaN(value) ? '–' : `${value.toFixed(digits)}${unit}`;
}
