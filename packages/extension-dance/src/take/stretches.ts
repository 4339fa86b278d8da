import { CRITERIA, type Criterion, type QualityPoint, STEP } from './quality-curve.ts';

/** Points in a stretch: eight seconds, sixteen beats at 120 BPM. */
const LENGTH = 4;

/** Of 100: the intensity below which somebody rests; resting is neither good dancing nor bad. */
const MOVING = 10;

/** Share of the stretches with movement in which a criterion must be known for it to be one. */
const OFTEN = 0.6;

const ALL = Object.keys(CRITERIA) as Criterion[];

/** A part of a take and how good it was. A type and not an interface, because summaries are JSON. */
export type Stretch = {
  /** Milliseconds since the take began. */
  readonly from: number;
  readonly to: number;
  /** 0 to 100: the mean of the criteria. */
  readonly score: number;
  /** 0 to 100 each; those that could be judged often enough in this take. */
  readonly criteria: { readonly [name in Criterion]?: number };
};

export type BestAndWorst = {
  /** Null when there are no two stretches to compare. */
  readonly best: Stretch | null;
  readonly worst: Stretch | null;
};

const NONE: BestAndWorst = { best: null, worst: null };

/**
 * The best and the worst eight seconds of a take, which do not overlap: those with the highest and the lowest mean of
 *
 * - **onBeat**: share of movement beats within 70 ms of the music's;
 * - **consistency**: how regularly the movement beats come;
 * - **smoothness** of the whole body;
 *
 * as they were read live, and so up to two seconds after what they speak of. A criterion that is known in fewer than
 * six of ten stretches is left out for all of them (there was no music, say), so that stretches are compared by the
 * same; stretches in which the person mostly rested, or in which a criterion is missing, are not compared.
 *
 * @param end milliseconds of the take at which it ended
 */
export function bestAndWorst(points: readonly QualityPoint[], end: number): BestAndWorst {
  const moving = Array.from({ length: Math.max(0, points.length - LENGTH + 1) }, (_, first) =>
    points.slice(first, first + LENGTH),
  ).filter((stretch) => isUnbroken(stretch) && isMoving(stretch));
  const criteria = ALL.filter(
    (name) => moving.filter((stretch) => mean(stretch, name) !== undefined).length >= OFTEN * moving.length,
  );
  if (criteria.length === 0) return NONE;
  const judged = moving.flatMap((stretch) => judge(stretch, criteria, end) ?? []);
  judged.sort((one, other) => other.score - one.score);
  const [best] = judged;
  const apart = judged.filter(({ from, to }) => best !== undefined && (from >= best.to || to <= best.from));
  const worst = apart.find(({ score }) => score === apart.at(-1)?.score);
  return best && worst ? { best, worst } : NONE;
}

/** Whether nothing is missing in between, and time does not begin anew. */
function isUnbroken(stretch: readonly QualityPoint[]): boolean {
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (!first || !last || last.from - first.from !== (LENGTH - 1) * STEP) return false;
  return stretch.every(({ from, media }) => Math.abs(media - first.media - (from - first.from)) < STEP / 2);
}

function isMoving(stretch: readonly QualityPoint[]): boolean {
  return 2 * stretch.filter(moves).length > LENGTH;
}

function moves({ intensity = 0 }: QualityPoint): boolean {
  return intensity >= MOVING;
}

function judge(
  stretch: readonly QualityPoint[],
  names: readonly Criterion[],
  end: number,
): Stretch | undefined {
  const criteria: { [name in Criterion]?: number } = {};
  let sum = 0;
  for (const name of names) {
    const value = mean(stretch, name);
    if (value === undefined) return undefined;
    criteria[name] = value;
    sum += value;
  }
  const from = stretch[0]?.from ?? Number.NaN;
  return { from, to: Math.min(end, from + LENGTH * STEP), score: sum / names.length, criteria };
}

/** Over those seconds of the stretch in which the person moved, when it is known in half a stretch of them. */
function mean(stretch: readonly QualityPoint[], name: Criterion): number | undefined {
  const known = stretch.flatMap((point) => (moves(point) ? (point[name] ?? []) : []));
  return 2 * known.length < LENGTH ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
