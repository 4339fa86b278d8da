import type { Flight } from './flight-detector.ts';
import { LegAlternation } from './leg-alternation.ts';
import { JUMPING_ON } from './live-movement.ts';
import { guessMovement, type MovementClues } from './movement-class.ts';
import type { Movement } from './movement-metrics.ts';
import { type MovementRecord, TICK } from './movement-record.ts';

/** A class, or `unknown`. */
export type MovementOrUnknown = Movement | 'unknown';

/** A part of a take with one class. A type and not an interface, because summaries are JSON. */
export type MovementStretch = {
  readonly movement: MovementOrUnknown;
  /** Milliseconds of media time. */
  readonly start: number;
  readonly end: number;
};

export type JumpSummary = {
  /** Milliseconds of media time at which the feet left the ground. */
  readonly timestamp: number;
  /** Centimetres. */
  readonly height: number;
  /** Half width of about 95 %, centimetres. */
  readonly uncertainty: number;
};

/** What somebody did in a take, decided with what came before and after each moment. */
export type MovementSummary = {
  /** Milliseconds of each class; together as long as the person was measured. */
  readonly milliseconds: { readonly [movement in MovementOrUnknown]: number };
  /** One after another as they were danced, lap by lap where media time began anew; at most a thousand, the first. */
  readonly stretches: readonly MovementStretch[];
  readonly jumps: {
    readonly count: number;
    /** Centimetres of the highest; null when there is none. */
    readonly highest: number | null;
    /** At most a thousand, the first. */
    readonly each: readonly JumpSummary[];
  };
  /** False when the take was longer than the hour that is kept. */
  readonly isComplete: boolean;
};

/** Milliseconds below which a stretch belongs to what is around it. Sustained: what lasts for two seconds. */
const SHORTEST: Readonly<Record<MovementOrUnknown, number>> = {
  standing: 600,
  walking: 1500,
  dancing: 2000,
  jumping: 0,
  crouching: 300,
  unknown: 700,
};
/** Milliseconds between two entries beyond which they are not one stretch. */
const BREAK = 3 * TICK;
const MOST_STRETCHES = 1000;
const MOST_JUMPS = 1000;

/** A jump, and in which piece of the record it was. */
export interface TakenFlight extends Flight {
  readonly piece: number;
}

interface Run {
  /** In which piece of the record it is: time begins anew with each. */
  readonly piece: number;
  readonly movement: MovementOrUnknown;
  readonly start: number;
  end: number;
}

/** Sums up a take. */
export function summarizeMovement(
  record: MovementRecord,
  flights: readonly TakenFlight[],
  jumpCount: number,
): MovementSummary {
  const stretches = withJumps(withoutShort(rawRuns(record)), flights);
  const milliseconds = { standing: 0, walking: 0, dancing: 0, jumping: 0, crouching: 0, unknown: 0 };
  for (const { movement, start, end } of stretches) milliseconds[movement] += end - start;
  return {
    milliseconds,
    stretches: stretches
      .slice(0, MOST_STRETCHES)
      .map(({ movement, start, end }) => ({ movement, start, end })),
    jumps: {
      count: jumpCount,
      highest: flights.length > 0 ? Math.max(...flights.map(({ height }) => height)) : null,
      each: flights.slice(0, MOST_JUMPS).map(({ takeOff, height, uncertainty }) => ({
        timestamp: takeOff,
        height,
        uncertainty,
      })),
    },
    isComplete: !record.truncated,
  };
}

/**
 * Every entry's class, with what is around it on both sides. Between rest and movement it is as before, and so it is
 * after: somebody who shifts their feet once and then stands has not danced ever since.
 */
function rawRuns(record: MovementRecord): Run[] {
  const ahead = Math.round(LegAlternation.delay / TICK);
  const pieces = piecesOf(record);
  const clues = Array.from(pieces, (piece, index) => record.clues(index, piece, ahead));
  const rests = new Uint8Array(record.length);
  let next: Movement | undefined;
  for (let index = record.length - 1; index >= 0; index -= 1) {
    next = classOf(clues[index], pieces[index] === pieces[index + 1] ? next : undefined);
    if (next === 'standing') rests[index] = 1;
  }
  const runs: Run[] = [];
  let before: Movement | undefined;
  for (const [index, piece] of pieces.entries()) {
    before = classOf(clues[index], pieces[index - 1] === piece ? before : undefined);
    const movement = before === 'dancing' && rests[index] === 1 ? 'standing' : (before ?? 'unknown');
    const start = record.time(index);
    append(runs, { piece, movement, start, end: start + TICK });
  }
  return runs;
}

/** By entry: its piece. */
function piecesOf(record: MovementRecord): Uint32Array {
  const pieces = new Uint32Array(record.length);
  for (let piece = 0; piece <= record.piece; piece += 1) {
    pieces.fill(piece, record.pieceStart(piece), record.pieceStart(piece + 1));
  }
  return pieces;
}

function classOf(clues: MovementClues | undefined, beside: Movement | undefined): Movement | undefined {
  const guess = clues && guessMovement(clues, beside).movement;
  return guess === 'undecided' ? 'dancing' : guess;
}

function append(runs: Run[], next: Run): void {
  const last = runs.at(-1);
  if (last && follows(last, next) && last.movement === next.movement) last.end = next.end;
  else if (last && follows(last, next)) runs.push({ ...next, start: last.end });
  else runs.push({ ...next });
}

const follows = (one: Run, next: Run) => one.piece === next.piece && Math.abs(next.start - one.end) < BREAK;

/** The shortest of what is too short goes to its longer neighbour, again and again. */
function withoutShort(runs: Run[]): Run[] {
  let left = runs;
  for (;;) {
    let shortest = -1;
    for (const [index, run] of left.entries()) {
      const duration = run.end - run.start;
      if (duration >= SHORTEST[run.movement] || !neighbour(left, index)) continue;
      const best = left[shortest];
      if (!best || duration < best.end - best.start) shortest = index;
    }
    const into = neighbour(left, shortest);
    const run = left[shortest];
    if (!into || !run) return left;
    const next: Run[] = [];
    for (const [index, each] of left.entries()) {
      append(next, index === shortest ? { ...each, movement: into.movement } : each);
    }
    left = next;
  }
}

/** The longer of the two that follow without a break. */
function neighbour(runs: readonly Run[], index: number): Run | undefined {
  const run = runs[index];
  if (!run) return undefined;
  const before = runs[index - 1];
  const after = runs[index + 1];
  const one = before && follows(before, run) ? before : undefined;
  const other = after && follows(run, after) ? after : undefined;
  if (!one || !other) return one ?? other;
  return one.end - one.start >= other.end - other.start ? one : other;
}

/** Jumps over all else; those that follow one another at once are one stretch of jumping. */
function withJumps(runs: readonly Run[], flights: readonly TakenFlight[]): Run[] {
  const jumping: Run[] = [];
  for (const { takeOff, landing, piece } of flights) {
    const last = jumping.at(-1);
    const isSame = last?.piece === piece;
    if (last && isSame && takeOff >= last.start && takeOff - last.end <= JUMPING_ON)
      last.end = Math.max(last.end, landing);
    else jumping.push({ piece, movement: 'jumping', start: takeOff, end: landing });
  }
  let left: Run[] = [...runs];
  for (const jump of jumping) left = left.flatMap((run) => cut(run, jump));
  return [...left, ...jumping].sort((one, other) => one.piece - other.piece || one.start - other.start);
}

/** What a jump leaves of a stretch. */
function cut(run: Run, jump: Run): Run[] {
  if (jump.piece !== run.piece || jump.end <= run.start || jump.start >= run.end) return [run];
  const parts: Run[] = [];
  if (jump.start > run.start) parts.push({ ...run, end: jump.start });
  if (jump.end < run.end) parts.push({ ...run, start: jump.end });
  return parts;
}
