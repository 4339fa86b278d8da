export { type DanceSummary, type PersonSummary, SUMMARY_VERSION } from './dance-summary.ts';
export { QualityCurve } from './quality-curve.ts';
export { readDanceSummary } from './read-dance-summary.ts';
export { rounded } from './rounded.ts';
export { type BestAndWorst, bestAndWorst, type Stretch } from './stretches.ts';
export { type MeasuredPerson, summaryReadings } from './summary-readings.ts';
