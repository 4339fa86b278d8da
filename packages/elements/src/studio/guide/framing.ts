import { BODY_LANDMARKS, type BodyLandmark, type Landmark, type PoseFrame } from '@pose-coach/core';
import { good, look, unknown, type Verdict } from './verdict.ts';

/** The parts of a body that people have words for, by the landmarks that belong to them. */
export const FRAMED_PARTS = {
  head: ['nose', 'leftEye', 'rightEye', 'leftEar', 'rightEar'],
  leftShoulder: ['leftShoulder'],
  rightShoulder: ['rightShoulder'],
  leftElbow: ['leftElbow'],
  rightElbow: ['rightElbow'],
  leftHand: ['leftWrist', 'leftIndex', 'leftPinky'],
  rightHand: ['rightWrist', 'rightIndex', 'rightPinky'],
  leftHip: ['leftHip'],
  rightHip: ['rightHip'],
  leftKnee: ['leftKnee'],
  rightKnee: ['rightKnee'],
  leftFoot: ['leftAnkle', 'leftHeel', 'leftFootIndex'],
  rightFoot: ['rightAnkle', 'rightHeel', 'rightFootIndex'],
} as const satisfies Readonly<Record<string, readonly BodyLandmark[]>>;

export type FramedPart = keyof typeof FRAMED_PARTS;

/** Whether a part is in the picture; `hidden`: it would be, and cannot be seen. */
export type PartState = 'seen' | 'cut' | 'hidden' | 'unknown';

export interface Framing {
  readonly verdict: Verdict;
  readonly parts: Readonly<Record<FramedPart, PartState>>;
}

const PARTS = Object.keys(FRAMED_PARTS) as readonly FramedPart[];

/** Frames below which nothing is said: three seconds have as many even on a machine that is far too slow. */
const ENOUGH_FRAMES = 4;
/** Share of the frames with somebody in them from which on somebody is there. */
const MOSTLY = 0.5;
/** Share of the frames in which a part may be out of the picture or unseen before it is said. */
const OFTEN = 0.25;
/** How far beyond the edge a joint may lie, in pictures: engines are not more exact than that. */
const TOLERANCE = 0.01;
/** MediaPipe's own threshold for a landmark that can be seen (`min_pose_presence_confidence`, 0.5). */
const VISIBLE = 0.5;
/**
 * Height of a body in the picture from which on it is large enough: the engine looks at 256 pixels of it, which a
 * third of a picture of 720 lines has.
 */
const LARGE_ENOUGH = 0.35;

type Edge = 'top' | 'bottom' | 'left' | 'right';

/**
 * Whether the whole body is in view, from the frames of the last seconds.
 * @param mirrored whether the picture is shown as in a mirror: left and right are said as they are seen
 */
export function judgeFraming(frames: readonly PoseFrame[], mirrored: boolean): Framing {
  const people = frames.flatMap((frame) => frame.poses.slice(0, 1).map(({ landmarks }) => landmarks));
  if (frames.length < ENOUGH_FRAMES)
    return { verdict: unknown('Waiting for the first results.'), parts: all('unknown') };
  if (people.length < frames.length * MOSTLY) {
    return {
      verdict: look('Nobody is in view. Step in front of the camera, so that it sees all of you.'),
      parts: all('unknown'),
    };
  }
  const found = PARTS.map((part) => ({ part, ...stateOf(part, people) }));
  const parts = Object.fromEntries(found.map(({ part, state }) => [part, state])) as Record<
    FramedPart,
    PartState
  >;
  // An arm behind the back is no fault of the camera's: both of a pair must be unseen.
  for (const part of PARTS) {
    if (parts[part] === 'hidden' && parts[otherSide(part)] === 'seen') parts[part] = 'seen';
  }
  return { parts, verdict: verdictOf(parts, new Set(found.flatMap(({ edges }) => edges)), people, mirrored) };
}

function verdictOf(
  parts: Readonly<Record<FramedPart, PartState>>,
  edges: ReadonlySet<Edge>,
  people: readonly (readonly Landmark[])[],
  mirrored: boolean,
): Verdict {
  const cut = PARTS.filter((part) => parts[part] === 'cut');
  if (cut.length > 0) {
    return look(`${capital(namesOf(cut))} ${areOrIs(cut)} out of the picture. ${advice(edges, mirrored)}`);
  }
  const hidden = PARTS.filter((part) => parts[part] === 'hidden');
  if (hidden.length > 0) {
    return look(
      `${capital(namesOf(hidden))} cannot be seen. Is something in front of you, or is it too dark there?`,
    );
  }
  if (middle(people.map(heightOf)) < LARGE_ENOUGH) {
    return look('You are small in the picture. Come closer, as long as all of you stays in it.');
  }
  return good('All of you is in the picture.');
}

function stateOf(
  part: FramedPart,
  people: readonly (readonly Landmark[])[],
): { readonly state: PartState; readonly edges: readonly Edge[] } {
  const names: readonly BodyLandmark[] = FRAMED_PARTS[part];
  const edges: Edge[] = [];
  let unseen = 0;
  let out = 0;
  for (const landmarks of people) {
    const joints = names.flatMap((name) => landmarks[BODY_LANDMARKS[name]] ?? []);
    const beyond = joints.flatMap(edgesOf);
    if (beyond.length > 0) out += 1;
    // One of a part's joints is enough to see it: of a head from the side there is one ear.
    else if (joints.every(({ visibility }) => visibility < VISIBLE)) unseen += 1;
    edges.push(...beyond);
  }
  if (out > people.length * OFTEN) return { state: 'cut', edges };
  return { state: unseen > people.length * MOSTLY ? 'hidden' : 'seen', edges: [] };
}

function edgesOf({ x, y }: Landmark): readonly Edge[] {
  const edges: Edge[] = [];
  if (y < -TOLERANCE) edges.push('top');
  if (y > 1 + TOLERANCE) edges.push('bottom');
  if (x < -TOLERANCE) edges.push('left');
  if (x > 1 + TOLERANCE) edges.push('right');
  return edges;
}

function advice(edges: ReadonlySet<Edge>, mirrored: boolean): string {
  const [top, bottom] = [edges.has('top'), edges.has('bottom')];
  const [left, right] = [edges.has('left'), edges.has('right')];
  if ((top && bottom) || (left && right)) return 'Step back.';
  const back = 'Step back, or';
  if (bottom) return `${back} tilt the camera down.`;
  if (top) return `${back} tilt the camera up.`;
  return `${back} go to the ${left === mirrored ? 'left' : 'right'} of the picture.`;
}

/** What a list of parts is called: both of a pair together, in the plural. */
function namesOf(parts: readonly FramedPart[]): string {
  const words: string[] = [];
  for (const part of parts) {
    const [side, name] = sideOf(part);
    if (side === undefined) words.push(`your ${name}`);
    else if (!parts.includes(otherSide(part))) words.push(`your ${side} ${name}`);
    else if (side === 'left') words.push(`your ${PLURALS[name] ?? name}`);
  }
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const PLURALS: Readonly<Record<string, string>> = {
  shoulder: 'shoulders',
  elbow: 'elbows',
  hand: 'hands',
  hip: 'hips',
  knee: 'knees',
  foot: 'feet',
};

function areOrIs(parts: readonly FramedPart[]): string {
  return parts.length > 1 ? 'are' : 'is';
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function sideOf(part: FramedPart): readonly [side: 'left' | 'right' | undefined, name: string] {
  if (part.startsWith('left')) return ['left', part.slice(4).toLowerCase()];
  if (part.startsWith('right')) return ['right', part.slice(5).toLowerCase()];
  return [undefined, part];
}

function otherSide(part: FramedPart): FramedPart {
  const [side] = sideOf(part);
  if (side === undefined) return part;
  return (side === 'left' ? part.replace('left', 'right') : part.replace('right', 'left')) as FramedPart;
}

function all(state: PartState): Record<FramedPart, PartState> {
  return Object.fromEntries(PARTS.map((part) => [part, state])) as Record<FramedPart, PartState>;
}

/** From the highest joint to the lowest, in pictures. */
function heightOf(landmarks: readonly Landmark[]): number {
  const heights = landmarks.map(({ y }) => y);
  return Math.max(...heights) - Math.min(...heights);
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
