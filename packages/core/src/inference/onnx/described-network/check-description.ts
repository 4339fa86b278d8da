import { PoseCoachError } from '../../../base/index.ts';
import { BODY_LANDMARKS } from '../../../pose/index.ts';
import type { NetworkDescription } from './network-description.ts';

/** The largest input and the most values per keypoint that anybody will mean. */
const LARGEST_INPUT = 4096;
const LARGEST_STRIDE = 1024;

/** A value of the description and the path to it, by which a fault is named. */
interface Field {
  readonly value: unknown;
  readonly path: string;
}

/**
 * Takes a description from whoever wrote it.
 * @returns it, without anything that does not belong to it
 * @throws PoseCoachError `OPTION_INVALID` naming the first thing that is wrong with it
 */
export function checkDescription(description: unknown): NetworkDescription {
  const whole: Field = { value: description, path: 'model' };
  const input = member(whole, 'input');
  const keypoints = member(whole, 'keypoints');
  const stride = wholeNumber(member(keypoints, 'stride'), 1, LARGEST_STRIDE);
  const index = (name: string) => wholeNumber(member(keypoints, name), 0, stride - 1);
  const hasDepth = member(keypoints, 'z').value !== undefined;
  return {
    name: text(member(whole, 'name')),
    file: fileName(member(whole, 'file')),
    input: {
      name: text(member(input, 'name')),
      width: wholeNumber(member(input, 'width'), 1, LARGEST_INPUT),
      height: wholeNumber(member(input, 'height'), 1, LARGEST_INPUT),
      range: range(member(input, 'range')),
      fit: oneOf(member(input, 'fit'), ['letterbox', 'stretch']),
    },
    keypoints: {
      output: text(member(keypoints, 'output')),
      stride,
      x: index('x'),
      y: index('y'),
      ...(hasDepth ? { z: index('z') } : {}),
      score: index('score'),
      units: oneOf(member(keypoints, 'units'), ['pixels', 'shares']),
      scores: oneOf(member(keypoints, 'scores'), ['probabilities', 'logits']),
    },
    landmarks: landmarks(member(whole, 'landmarks')),
  };
}

function member({ value, path }: Field, name: string): Field {
  if (typeof value !== 'object' || value === null) return refuse({ value, path }, 'an object');
  return { value: (value as Readonly<Record<string, unknown>>)[name], path: `${path}.${name}` };
}

function text(field: Field): string {
  const { value } = field;
  return typeof value === 'string' && value !== '' ? value : refuse(field, 'a text that is not empty');
}

/** A path below the assets: the description is no way to any other place. */
function fileName(field: Field): string {
  const name = text(field);
  const isBelow = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name);
  return isBelow ? name : refuse(field, 'the name of a file among the assets, such as "movenet.onnx"');
}

function wholeNumber(field: Field, from: number, to: number): number {
  const { value } = field;
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
    ? value
    : refuse(field, `a whole number from ${from} to ${to}`);
}

function range(field: Field): readonly [number, number] {
  const [low, high, ...rest]: readonly unknown[] = Array.isArray(field.value) ? field.value : [];
  return typeof low === 'number' &&
    typeof high === 'number' &&
    Number.isFinite(low) &&
    Number.isFinite(high) &&
    low !== high &&
    rest.length === 0
    ? [low, high]
    : refuse(field, 'two different numbers: what the bytes 0 and 255 become');
}

function oneOf<const T extends string>(field: Field, allowed: readonly T[]): T {
  return allowed.find((one) => one === field.value) ?? refuse(field, `one of ${allowed.join(', ')}`);
}

function landmarks(field: Field): NetworkDescription['landmarks'] {
  // Copied, because holes of a list are otherwise passed over in silence.
  const names: readonly unknown[] = Array.isArray(field.value)
    ? Array.from(field.value)
    : refuse(field, 'a list of names');
  const known = names.map((value, index) =>
    isLandmark(value) || value === null
      ? value
      : refuse({ value, path: `${field.path}[${index}]` }, 'the name of a body landmark or null'),
  );
  const named = known.filter((name) => name !== null);
  if (named.length === 0) return refuse(field, 'at least one name');
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  return twice === undefined ? known : refuse({ value: twice, path: field.path }, 'every name once');
}

function isLandmark(value: unknown): value is keyof typeof BODY_LANDMARKS {
  return typeof value === 'string' && Object.hasOwn(BODY_LANDMARKS, value);
}

function refuse({ value, path }: Field, expected: string): never {
  const given = typeof value === 'object' && value !== null ? 'something else' : String(value);
  throw new PoseCoachError('OPTION_INVALID', `onnx: "${path}" is ${given}; give ${expected}.`);
}
