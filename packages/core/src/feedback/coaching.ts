import { map, Observable, type OperatorFunction } from 'rxjs';
import type { ClassifiedFrame } from '../analysis/index.ts';
import { PoseCoachError } from '../base/index.ts';
import type { CoachFrame } from './coach-frame.ts';
import { Feedback, type FeedbackOptions, type OwnedProposal, type OwnedRule } from './feedback.ts';
import type { DataRule, RuleFactory } from './rule.ts';
import { ruleFault } from './rule-fault.ts';
import { RuleRun } from './rule-run.ts';

/** A rule in code, and the `id` that its cues carry; default: `rule.` and its place in the list, from 0. */
export interface CodeRule extends RuleFactory {
  readonly id?: string;
}

export interface CoachingOptions extends FeedbackOptions {
  /** The cues' `source`. Default: `coach`. */
  readonly source?: string;
}

/**
 * Says what is to be said of what analyzers read: rules in, cues out, few enough to be followed (see `Feedback`).
 *
 * ```
 * frames and readings ──a──b──c──d──
 * coach(rules)        ──A──B──C──D──   (the same, and cues: mostly none)
 * ```
 * ```ts
 * frames.pipe(
 *   classify(squat()),
 *   coach([
 *     {
 *       id: 'deeper',
 *       metric: 'squat.knee',
 *       when: { above: 110, until: 100 },
 *       for: 1,
 *       cue: { severity: 'hint', message: 'Go a little deeper.', joints: ['leftKnee', 'rightKnee'] },
 *     },
 *   ]),
 * )
 * ```
 * Every subscription makes its own rules, with a memory of their own. What one of them throws is the stream's error.
 * @throws PoseCoachError `OPTION_INVALID`, naming the rule and what is wrong with it
 */
export function coach(
  rules: readonly (DataRule | CodeRule)[],
  { source: name = 'coach', ...options }: CoachingOptions = {},
): OperatorFunction<ClassifiedFrame, CoachFrame> {
  const data: OwnedRule[] = [];
  const code: { readonly id: string; readonly factory: RuleFactory }[] = [];
  const ids = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    const id = rule.id ?? `rule.${index}`;
    const fault = ids.has(id) ? 'another rule has this id' : faultOf(rule);
    if (fault !== undefined) throw new PoseCoachError('OPTION_INVALID', `Rule "${id}": ${fault}.`);
    ids.add(id);
    if (isCode(rule)) code.push({ id, factory: rule });
    else data.push({ ...rule, source: name });
  }
  // Made once here, so that options are checked before anybody subscribes.
  new Feedback(options);
  return (source) =>
    new Observable((subscriber) => {
      const feedback = new Feedback(options);
      feedback.setRules(data);
      const runs = code.map(({ id, factory }) => ({ id, run: new RuleRun(factory) }));
      return source
        .pipe(
          map(({ frame, readings }) => {
            const proposals = runs.flatMap(({ id, run }): OwnedProposal[] => {
              const proposal = run.step({ frame, readings });
              return proposal ? [{ ...proposal, rule: id, source: name }] : [];
            });
            return { frame, readings, cues: feedback.step(frame, readings, proposals) };
          }),
        )
        .subscribe(subscriber);
    });
}

function isCode(rule: DataRule | CodeRule): rule is CodeRule {
  return 'create' in rule;
}

function faultOf(rule: DataRule | CodeRule): string | undefined {
  return isCode(rule) ? undefined : ruleFault(rule);
}
