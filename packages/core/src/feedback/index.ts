export type { CoachFrame } from './coach-frame.ts';
export type { Cue, CueSeverity } from './cue.ts';
export type {
  CueProposal,
  CueWording,
  DataRule,
  Rule,
  RuleCondition,
  RuleFactory,
  RuleInput,
} from './rule.ts';
