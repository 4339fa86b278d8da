import { BODY_LANDMARKS } from '@pose-coach/core';
import type { Landmark, OverlayMoment, OverlaySkeleton, Pose, PoseFrame } from '@pose-coach/core/extension';
import { approach } from '../motion/approach.ts';
import { BODY_LANDMARK_COUNT, type Figure, HAND_LANDMARK_COUNT, newFigure } from './figure.ts';

/** Joints seen less surely are not painted; from the second on they are solid. As `draw()` of the elements has it. */
const HIDDEN_BELOW = 0.1;
const SOLID_FROM = 0.6;
/** Opacity of the least sure joint that is painted at all: it can still be made out. */
const FAINTEST = 0.25;
/** Hands are found at their own rate; from this age (ms of media time) on they fade, and are gone at the second. */
const HAND_FADES_FROM = 250;
const HAND_GONE_AT = 600;
/** A person's height per length of the trunk, and per width of the shoulders (Drillis & Contini 1966: 0.288, 0.259). */
const HEIGHT_PER_TRUNK = 1 / 0.288;
const HEIGHT_PER_SHOULDERS = 1 / 0.259;
/** Half a head's height of the person's (Drillis & Contini: 0.13). */
const HEAD_RADIUS = 0.065;
/** Milliseconds in which a height follows what is measured, and the change from which it is somebody nearer at once. */
const HEIGHT_TIME = 400;
const HEIGHT_JUMP = 1.6;
/** Landmarks of head, trunk and legs, which tell how high somebody is; raised arms do not. */
const UPRIGHT = [0, 7, 8, 11, 12, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32];
/** Who is not there for this long, in ms, is forgotten. */
const FORGOTTEN_AFTER = 3000;

/** The people of a moment, projected onto the stage; remembers what makes them steady. */
export class Figures {
  readonly #known = new Map<number, Figure>();
  readonly #seen = new Map<number, number>();
  readonly #present: Figure[] = [];
  #epoch = Number.NaN;

  /** Those who are there, in the frame's order. The array and all in it are written over by the next call. */
  update(moment: OverlayMoment): readonly Figure[] {
    const { frame, skeleton } = moment;
    this.#present.length = 0;
    for (const figure of this.#known.values()) figure.present = false;
    if (!frame || !skeleton) return this.#present;
    if (frame.epoch !== this.#epoch) {
      this.#epoch = frame.epoch;
      this.#known.clear();
      this.#seen.clear();
    }
    for (const pose of frame.poses) {
      const figure = this.#figure(pose.id);
      if (figure.present) continue;
      project(figure, pose, frame, skeleton);
      measure(figure, moment.elapsed);
      placeHead(figure);
      highlight(figure, moment);
      figure.present = true;
      this.#seen.set(pose.id, moment.now);
      this.#present.push(figure);
    }
    for (const [id, seen] of this.#seen) {
      if (moment.now - seen <= FORGOTTEN_AFTER) continue;
      this.#seen.delete(id);
      this.#known.delete(id);
    }
    return this.#present;
  }

  #figure(id: number): Figure {
    const known = this.#known.get(id);
    if (known) return known;
    const figure = newFigure(id);
    this.#known.set(id, figure);
    return figure;
  }
}

function project(figure: Figure, pose: Pose, frame: PoseFrame, skeleton: OverlaySkeleton): void {
  for (let joint = 0; joint < BODY_LANDMARK_COUNT; joint += 1) {
    const landmark = pose.landmarks[joint];
    figure.x[joint] = landmark ? toStageX(skeleton, landmark.x) : 0;
    figure.y[joint] = landmark ? skeleton.y + landmark.y * skeleton.height : 0;
    figure.opacity[joint] = landmark ? landmarkOpacity(landmark) : 0;
  }
  figure.hands.left.opacity = 0;
  figure.hands.right.opacity = 0;
  for (const hand of frame.hands) {
    if (hand.poseId !== pose.id || hand.landmarks.length < HAND_LANDMARK_COUNT) continue;
    const place = figure.hands[hand.side];
    let finite = true;
    for (let joint = 0; joint < HAND_LANDMARK_COUNT; joint += 1) {
      const landmark = hand.landmarks[joint];
      place.x[joint] = toStageX(skeleton, landmark?.x ?? Number.NaN);
      place.y[joint] = skeleton.y + (landmark?.y ?? Number.NaN) * skeleton.height;
      finite &&= Number.isFinite((place.x[joint] ?? 0) + (place.y[joint] ?? 0));
    }
    const age = Math.max(0, frame.timestamp - hand.timestamp);
    const faded = (HAND_GONE_AT - age) / (HAND_GONE_AT - HAND_FADES_FROM);
    place.opacity = finite ? Math.max(0, Math.min(1, faded)) : 0;
  }
}

function toStageX({ x, width, mirror }: OverlaySkeleton, across: number): number {
  return x + (mirror ? 1 - across : across) * width;
}

function landmarkOpacity({ x, y, visibility }: Landmark): number {
  if (!Number.isFinite(x + y) || !(visibility >= HIDDEN_BELOW)) return 0;
  const share = Math.min(1, (visibility - HIDDEN_BELOW) / (SOLID_FROM - HIDDEN_BELOW));
  return FAINTEST + (1 - FAINTEST) * share;
}

/** The largest of what head to feet, trunk and shoulders say: each is too small when it is bent or seen end-on. */
function measure(figure: Figure, elapsed: number): void {
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const joint of UPRIGHT) {
    if ((figure.opacity[joint] ?? 0) === 0) continue;
    const y = figure.y[joint] ?? 0;
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const { leftShoulder, rightShoulder, leftHip, rightHip } = BODY_LANDMARKS;
  const trunk = Math.max(length(figure, leftShoulder, leftHip), length(figure, rightShoulder, rightHip));
  const shoulders = length(figure, leftShoulder, rightShoulder);
  const height = Math.max(bottom - top, trunk * HEIGHT_PER_TRUNK, shoulders * HEIGHT_PER_SHOULDERS, 0);
  const ratio = height / figure.height;
  if (!figure.measured || !(ratio < HEIGHT_JUMP && ratio > 1 / HEIGHT_JUMP)) figure.height = height;
  else figure.height += (height - figure.height) * approach(elapsed, HEIGHT_TIME);
  figure.measured = height > 0;
}

/** 0 when one of the ends is not seen. */
function length({ x, y, opacity }: Figure, from: number, to: number): number {
  if ((opacity[from] ?? 0) === 0 || (opacity[to] ?? 0) === 0) return 0;
  return Math.hypot((x[from] ?? 0) - (x[to] ?? 0), (y[from] ?? 0) - (y[to] ?? 0));
}

/** Between the ears where both are seen, else in the middle of what is seen of the face. */
function placeHead(figure: Figure): void {
  const { leftEar, rightEar, mouthRight } = BODY_LANDMARKS;
  const both = (figure.opacity[leftEar] ?? 0) > 0 && (figure.opacity[rightEar] ?? 0) > 0;
  let x = 0;
  let y = 0;
  let count = 0;
  let opacity = 0;
  for (let joint = both ? leftEar : 0; joint <= (both ? rightEar : mouthRight); joint += 1) {
    if ((figure.opacity[joint] ?? 0) === 0) continue;
    x += figure.x[joint] ?? 0;
    y += figure.y[joint] ?? 0;
    opacity = Math.max(opacity, figure.opacity[joint] ?? 0);
    count += 1;
  }
  const { head } = figure;
  head.opacity = opacity;
  head.radius = figure.height * HEAD_RADIUS;
  if (count === 0) return;
  head.x = x / count;
  head.y = y / count;
}

/** What cues say of this person, or of nobody in particular; without any cue what is emphasised is so on everybody. */
function highlight(figure: Figure, { skeleton, cues }: OverlayMoment): void {
  figure.highlighted.fill(0);
  if (!skeleton || skeleton.highlights.length === 0) return;
  let named = false;
  for (const { cue } of cues) {
    named ||= cue.joints.length > 0;
    if (cue.poseId !== undefined && cue.poseId !== figure.id) continue;
    for (const name of cue.joints) {
      const joint = BODY_LANDMARKS[name];
      if (skeleton.highlights.includes(joint)) figure.highlighted[joint] = 1;
    }
  }
  if (!named) for (const joint of skeleton.highlights) figure.highlighted[joint] = 1;
}
