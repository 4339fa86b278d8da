export type { Filter, FilterFactory } from './filter.ts';
