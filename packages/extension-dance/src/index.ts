export type { DanceMoment, DancePart } from './dance-part.ts';
