import type { MovementAccent } from './movement-accents.ts';

/** A beat that goes through accents, and the length of beats that fits them best. */
export interface FittedBeat {
  /** ms of media time of the beat next to the moment that was asked for. */
  readonly beat: number;
  /** ms. */
  readonly period: number;
}

/** Share of a beat around it in which accents belong to it, at most. */
const REACH = 0.25;

/** Accents through which a line can be laid that means something. */
const FEWEST = 5;

/** Share by which the period may be corrected: what an estimate from eight seconds may be off. */
const MOST_CORRECTION = 0.02;

/**
 * Lays a straight line through the moments of accents over the number of their beat: least squares, weighted by their
 * strength. What lies between the beats is left out.
 * @param beat ms of media time of one beat, roughly
 * @param period ms, to within some percent
 * @param around ms of media time: the beat next to it is given
 * @param parts how many accents come to a beat
 */
export function fitBeat(
  accents: readonly MovementAccent[],
  beat: number,
  period: number,
  around: number,
  parts = 1,
): FittedBeat {
  const reach = Math.min(REACH, 1 / (2 * parts)) * period;
  let weight = 0;
  let numbers = 0;
  let errors = 0;
  const near: { number: number; error: number; strength: number }[] = [];
  for (const { timestamp, strength } of accents) {
    const number = Math.round((timestamp - beat) / period);
    const error = timestamp - beat - number * period;
    if (Math.abs(error) > reach) continue;
    near.push({ number, error, strength });
    weight += strength;
    numbers += strength * number;
    errors += strength * error;
  }
  if (weight === 0) return { beat, period };
  const number = numbers / weight;
  const error = errors / weight;
  let product = 0;
  let square = 0;
  for (const one of near) {
    product += one.strength * (one.number - number) * (one.error - error);
    square += one.strength * (one.number - number) ** 2;
  }
  const slope = near.length >= FEWEST && square > 0 ? product / square : 0;
  const most = MOST_CORRECTION * period;
  const fitted = period + Math.max(-most, Math.min(most, slope));
  // The line goes through the mean of the accents, which lies between two beats.
  const middle = beat + number * period + error + (Math.round(number) - number) * fitted;
  return { beat: middle + Math.round((around - middle) / fitted) * fitted, period: fitted };
}
