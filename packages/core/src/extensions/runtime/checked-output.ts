import {
  type MetricDeclaration,
  type Reading,
  readingFault,
  type TakeSummary,
} from '../../analysis/index.ts';
import { PoseCoachError } from '../../base/index.ts';
import type { CueSeverity } from '../../feedback/index.ts';
import { BODY_LANDMARKS, type BodyLandmark } from '../../pose/index.ts';
import type { RuleProposal, StepOutput } from '../host.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import { jsonCopy } from './json-copy.ts';
import { extensionError } from './thrown.ts';
import { UsualReadings } from './usual-readings.ts';

/** Readings of one extension in one step: four people with all that a manifest would sensibly declare. */
export const READINGS_PER_STEP = 256;
/** Proposals of one extension in one step: of many rules few hold at once, and one is said. */
const PROPOSALS_PER_STEP = 16;
/** Characters of what a rule says: some short sentences, which is more than anybody hears while moving. */
const MESSAGE_LENGTH = 300;
/** Characters of a foreign name that are repeated in a message. */
const LONGEST_QUOTE = 80;
/** Readings in the summary of one analyzer: one for each second of a quarter of an hour. */
const READINGS_PER_SUMMARY = 1000;

const SEVERITIES: ReadonlySet<unknown> = new Set<CueSeverity>(['praise', 'hint', 'warning']);

/** What an extension's output is held against. Made once, used in every step. */
export interface OutputRules {
  readonly extension: string;
  readonly metrics: ReadonlyMap<string, MetricDeclaration>;
  readonly analyzers: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  readonly usual: UsualReadings;
}

export function outputRules(manifest: ExtensionManifest): OutputRules {
  const { title, contributes } = manifest;
  return {
    extension: title,
    metrics: new Map(contributes.metrics.map((metric) => [metric.id, metric])),
    analyzers: new Set(contributes.analyzers.map((analyzer) => analyzer.id)),
    rules: new Set(contributes.feedback.map((rule) => rule.id)),
    usual: new UsualReadings(manifest),
  };
}

/**
 * Lets a step's output of the same realm through as it is, when it is in order.
 * @throws PoseCoachError `EXTENSION_FAILED`, naming what is not
 */
export function checkStepOutput(output: StepOutput, rules: OutputRules): StepOutput {
  const { readings, proposals } = output;
  checkReadings(readings, READINGS_PER_STEP, rules);
  if (proposals.length > 0) guarded(rules, () => checkProposals(proposals, rules));
  return output;
}

/**
 * A clean copy of what another realm says a step has given. It may be of any shape.
 * @throws PoseCoachError `EXTENSION_FAILED`, naming what is not in order
 */
export function copyStepOutput(output: unknown, rules: OutputRules): StepOutput {
  return guarded(rules, () => {
    const { readings, proposals, cost, ...unknown } = fieldsOf(output, 'the output of a step');
    for (const field in unknown) throw new TypeError(`the output of a step has no field ${quoted(field)}`);
    if (!isCost(cost)) throw new TypeError('the cost of a step must be a number of milliseconds');
    return {
      readings: copyReadings(readings, READINGS_PER_STEP, rules),
      proposals: copyProposals(proposals, rules),
      cost,
    };
  });
}

/**
 * A clean copy of summaries by analyzer, of this realm or another.
 * @throws PoseCoachError `EXTENSION_FAILED`, naming what is not in order
 */
export function copySummaries(summaries: unknown, rules: OutputRules): Readonly<Record<string, TakeSummary>> {
  return guarded(rules, () => {
    const copies = Object.entries(fieldsOf(summaries, 'the summaries')).map(([id, summary]) => {
      if (!rules.analyzers.has(id)) throw new TypeError(`a summary of ${id}, which is not declared`);
      const { readings, details } = fieldsOf(summary, `the summary of ${id}`);
      const copy: TakeSummary = {
        readings: copyReadings(readings, READINGS_PER_SUMMARY, rules),
        ...(details === undefined ? {} : { details: jsonCopy(details, `The details of ${id}`) }),
      };
      return [id, copy] as const;
    });
    return Object.fromEntries(copies);
  });
}

function checkReadings(readings: readonly Reading[], most: number, rules: OutputRules): void {
  if (readings.length > most)
    throw outputError(rules, `${readings.length} readings at once, of ${most} at most`);
  let place = 0;
  for (const reading of readings) {
    if (!rules.usual.has(reading, place)) {
      const fault = readingFault(reading, rules.metrics);
      if (fault !== undefined) throw outputError(rules, fault);
    }
    place += 1;
  }
}

function checkProposals(proposals: readonly RuleProposal[], rules: OutputRules): void {
  for (const proposal of listOf(proposals, PROPOSALS_PER_STEP, 'proposals')) {
    const fault = proposalFault(proposal as RuleProposal, rules);
    if (fault !== undefined) throw new TypeError(fault);
  }
}

function copyReadings(readings: unknown, most: number, rules: OutputRules): readonly Reading[] {
  return listOf(readings, most, 'readings').map((foreign) => {
    // Copied before it is checked: what is read twice might have changed in between.
    const reading = copyReading(foreign);
    const fault = readingFault(reading, rules.metrics);
    if (fault !== undefined) throw new TypeError(fault);
    return reading;
  });
}

/** All that it has: what a reading cannot have is for `readingFault` to find. */
function copyReading(foreign: unknown): Reading {
  const copy: { value?: unknown } = { ...fieldsOf(foreign, 'a reading') };
  if (Array.isArray(copy.value)) copy.value = copy.value.slice();
  return copy as Reading;
}

function copyProposals(proposals: unknown, rules: OutputRules): readonly RuleProposal[] {
  return listOf(proposals, PROPOSALS_PER_STEP, 'proposals').map((foreign) => {
    const copy: { joints?: unknown } = { ...fieldsOf(foreign, 'a proposal') };
    if (Array.isArray(copy.joints)) copy.joints = copy.joints.slice();
    const fault = proposalFault(copy as RuleProposal, rules);
    if (fault !== undefined) throw new TypeError(fault);
    return copy as RuleProposal;
  });
}

/** What is wrong with a proposal, whose fields may be anything; undefined when nothing is. */
function proposalFault(proposal: RuleProposal, rules: OutputRules): string | undefined {
  const { rule, severity, message, joints, poseId, ...unknown } = proposal;
  for (const field in unknown) return `a proposal has no field ${quoted(field)}`;
  if (!rules.rules.has(rule)) return `a proposal of ${String(rule)}, which is not declared`;
  if (!SEVERITIES.has(severity)) return `severity of ${rule} must be praise, hint or warning`;
  if (typeof message !== 'string' || message === '' || message.length > MESSAGE_LENGTH) {
    return `message of ${rule} must be 1 to ${MESSAGE_LENGTH} characters`;
  }
  if (joints !== undefined && !isJoints(joints)) return `joints of ${rule} must be names of body landmarks`;
  if (poseId !== undefined && !(Number.isSafeInteger(poseId) && poseId >= 0)) {
    return `poseId of ${rule} must be the id of a pose, or absent`;
  }
  return undefined;
}

function isJoints(joints: unknown): joints is readonly BodyLandmark[] {
  return (
    Array.isArray(joints) &&
    joints.length <= Object.keys(BODY_LANDMARKS).length &&
    joints.every((joint) => typeof joint === 'string' && Object.hasOwn(BODY_LANDMARKS, joint))
  );
}

function isCost(cost: unknown): cost is number {
  return typeof cost === 'number' && Number.isFinite(cost) && cost >= 0;
}

function quoted(name: string): string {
  return `"${name.length > LONGEST_QUOTE ? `${name.slice(0, LONGEST_QUOTE)}…` : name}"`;
}

function listOf(value: unknown, most: number, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`no list of ${what}`);
  if (value.length > most) throw new RangeError(`${value.length} ${what} at once, of ${most} at most`);
  return value;
}

function fieldsOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  throw new TypeError(`${what} is no object`);
}

function guarded<T>(rules: OutputRules, copy: () => T): T {
  try {
    return copy();
  } catch (thrown) {
    throw thrown instanceof PoseCoachError && thrown.code === 'EXTENSION_FAILED'
      ? thrown
      : outputError(rules, thrown);
  }
}

function outputError({ extension }: OutputRules, fault: unknown): PoseCoachError {
  return extensionError(extension, 'output', fault);
}
