export { agreementBeyondChance, circularMean, wrapped } from './circular.ts';
export { foldAccents } from './folded-accents.ts';
export type { MovementAccent } from './movement-accents.ts';
export { known, LEAST_CONFIDENCE, unknown } from './reading.ts';
export { RhythmControls } from './rhythm-controls.ts';
export { RHYTHM_METRICS } from './rhythm-metrics.ts';
export { RhythmPart } from './rhythm-part.ts';
export type { RhythmSummary, TempoStretch } from './rhythm-summary.ts';
export { tempoWords } from './tempo-words.ts';
