export type { CoachFrame } from './coach-frame.ts';
export { type CoachingOptions, type CodeRule, coach } from './coaching.ts';
export { Condition, type ConditionRule, LINGERING } from './condition.ts';
export type { Cue, CueSeverity } from './cue.ts';
export { Feedback, type FeedbackOptions, type OwnedProposal, type OwnedRule } from './feedback.ts';
export { hasPassed, isLongerThan, SECOND } from './media-time.ts';
export type {
  CueProposal,
  CueWording,
  DataRule,
  Rule,
  RuleCondition,
  RuleFactory,
  RuleInput,
} from './rule.ts';
export { ruleFault } from './rule-fault.ts';
export { RuleRun } from './rule-run.ts';
