import * as v from 'valibot';
import { PoseCoachError } from '../base/index.ts';
import type { Decoded } from '../codec/index.ts';
import { scene, stage, stageChange } from './scene-schemas.ts';
import { type Scene, STAGE_VERSION, type Stage, type StageChange } from './stage.ts';
import { MAXIMUM_CHANGE_BYTES, MAXIMUM_SCENE_BYTES, MAXIMUM_STAGE_BYTES } from './stage-limits.ts';

/** A fault quotes what was found; no more of it than this many characters, because it was chosen by a stranger. */
const LONGEST_QUOTE = 60;

/** Room for what can be chosen from, where that is named. */
const LONGEST_LIST = 200;

/** What schemas call things, and people. */
const WORDS: Readonly<Record<string, string>> = {
  Object: 'an object',
  Array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

/**
 * Reads a whole stage, from a file or a message. Fields that it does not know are dropped. Never throws. Error:
 * `STAGE_INVALID` naming the place and what was expected there.
 */
export function readStage(value: unknown): Decoded<Stage> {
  return read('This stage', value, MAXIMUM_STAGE_BYTES, (plain) => {
    const version = (plain as { readonly version?: unknown } | null)?.version;
    if (typeof version === 'number' && version > STAGE_VERSION) {
      return `it was made by a newer Pose Coach (version ${version} of the stage): update this one.`;
    }
    return v.safeParse(stage, plain, { abortEarly: true });
  });
}

/** Reads one scene, as `readStage` does. */
export function readScene(value: unknown): Decoded<Scene> {
  return read('This scene', value, MAXIMUM_SCENE_BYTES, (plain) =>
    v.safeParse(scene, plain, { abortEarly: true }),
  );
}

/**
 * Reads a change of a stage, as `readStage` does. Whether it fits the stage that it is meant for is what
 * `stageChangeFault` says.
 */
export function readStageChange(value: unknown): Decoded<StageChange> {
  return read('This change of the stage', value, MAXIMUM_CHANGE_BYTES, (plain) =>
    Array.isArray(plain)
      ? 'expected an object, found a list.'
      : v.safeParse(stageChange, plain, { abortEarly: true }),
  );
}

/** @param parse answers with the result of a schema, or why there is none */
function read<T>(
  what: string,
  value: unknown,
  mostBytes: number,
  parse: (plain: unknown) => v.SafeParseResult<v.GenericSchema<unknown, T>> | string,
): Decoded<T> {
  try {
    // A copy of plain data: nothing that the giver changes later, and nothing that runs when it is read.
    const json = JSON.stringify(value, refuseNoNumbers);
    if (json === undefined) return refuse(`${what} is no JSON.`);
    if (new TextEncoder().encode(json).length > mostBytes) {
      return refuse(
        `${what} is larger than ${mostBytes / 1000} kB: give it fewer items, triggers or settings.`,
      );
    }
    const result = parse(JSON.parse(json));
    if (typeof result === 'string') return refuse(`${what} cannot be used: ${result}`);
    if (result.success) return { ok: true, value: result.output };
    return refuse(`${what} cannot be used: ${faultOf(result.issues[0])}`);
  } catch (thrown) {
    const reason = thrown instanceof NoNumber ? thrown.message : 'It is endless, or reading it fails.';
    return refuse(`${what} is no JSON. ${reason}`, thrown);
  }
}

/** JSON would turn them into null, in silence. */
function refuseNoNumbers(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new NoNumber(`${key.slice(0, LONGEST_QUOTE)}: expected a finite number, found ${value}.`);
  }
  return value;
}

class NoNumber extends Error {}

/** `scenes.0.items.3.width: expected a number from 1 to 32768, found 0.` */
function faultOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const place = path === null ? '' : `${path.slice(0, LONGEST_LIST)}: `;
  const { kind, received, expected } = issue;
  if (kind === 'schema' && received === 'undefined') return `${place}it is missing.`;
  // A schema without words of ours says the type that it expects.
  const isType = kind === 'schema' && expected !== null && issue.message.startsWith('Invalid ');
  const wanted = isType ? inWords(expected, LONGEST_LIST) : issue.message;
  const isSeen = kind === 'schema' || !(received === 'Object' || received === 'Array');
  return `${place}expected ${wanted}${isSeen ? `, found ${inWords(received, LONGEST_QUOTE)}` : ''}.`;
}

function inWords(type: string, longest: number): string {
  const words = WORDS[type] ?? type.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ');
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}

function refuse(message: string, cause?: unknown): Decoded<never> {
  return {
    ok: false,
    error: new PoseCoachError('STAGE_INVALID', message, cause === undefined ? {} : { cause }),
  };
}
