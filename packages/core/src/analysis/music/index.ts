export type { Beat } from '../analyzer.ts';
