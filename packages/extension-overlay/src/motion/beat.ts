import type { OverlayMoment } from '@pose-coach/core/extension';

/** Part of a beat after which a pulse has faded to 1/e: it is over well before the next. */
const FADE = 0.22;
const MILLISECONDS_PER_MINUTE = 60_000;

/** Milliseconds from beat to beat; `undefined` when no beat is known. */
function beatPeriod({ beat }: OverlayMoment): number | undefined {
  return beat && beat.tempo > 0 && Number.isFinite(beat.tempo + beat.at)
    ? MILLISECONDS_PER_MINUTE / beat.tempo
    : undefined;
}

/** 1 on the beat, falling towards 0 until the next; 0 when no beat is known. */
export function beatPulse(moment: OverlayMoment): number {
  const period = beatPeriod(moment);
  if (period === undefined || !moment.beat) return 0;
  const beats = (moment.now - moment.beat.at) / period;
  return Math.exp(-(beats - Math.floor(beats)) / FADE);
}

/** How many beats came since this part's painting before. */
export function beatsSince(moment: OverlayMoment): number {
  const period = beatPeriod(moment);
  if (period === undefined || !moment.beat) return 0;
  const until = Math.floor((moment.now - moment.beat.at) / period);
  return until - Math.floor((moment.now - moment.elapsed - moment.beat.at) / period);
}
