import { HAND_CONNECTIONS, type Hand, type Landmark, type Pose, type PoseFrame } from '@pose-coach/core';
import { BODY_BONES, type BodySide, KNUCKLES, landmarkSide } from './bones.ts';
import { type DrawStyle, type DrawStyleOptions, drawStyle } from './draw-style.ts';
import { fitPicture, type Point, toView, type Viewport, type ViewTransform } from './fit.ts';
import type { TrailPath, Trails } from './trails.ts';

/** The part of a 2-D context that is needed: any browser canvas, `OffscreenCanvas` or canvas for Node has it. */
export interface DrawContext {
  save(): void;
  restore(): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, startAngle: number, endAngle: number): void;
  stroke(): void;
  fill(): void;
  globalAlpha: number;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  strokeStyle: unknown;
  fillStyle: unknown;
}

/** Width of the rim on each side, in parts of the bone it surrounds. */
const OUTLINE_SHARE = 0.4;
/** Radius of a joint's dot, in bone widths. */
const JOINT_RADIUS = 1.05;
/** Width of a hand's lines and of a face's, in bone widths: 21 joints share the room of one. */
const FINE_WIDTH = 0.5;
/** A bone is at most this part of the person's height in the view: wider, and a distant person is a blot. */
const WIDTH_PER_HEIGHT = 0.018;
/** No line is thinner than this, in the context's units. */
const THINNEST = 1;
/** Hands are found at their own rate; from this age (ms of media time) on they fade, and are gone at the second. */
const HAND_FADES_FROM = 250;
const HAND_GONE_AT = 600;
/** Opacity of the newest end of a trail. */
const TRAIL_OPACITY = 0.7;
/** Opacity of the least sure joint that is drawn at all: it can still be made out. */
const FAINTEST = 0.25;
/** The face is landmarks 0 to 10. */
const LAST_FACE_LANDMARK = 10;

/** The fingers of the body's own table are drawn as finely as a hand is. */
const FINGER_JOINTS = new Set([...KNUCKLES.left, ...KNUCKLES.right]);

/** One landmark where it is drawn; opacity 0 where it is not. */
interface Joint extends Point {
  readonly opacity: number;
}

/**
 * Draws the people of a frame. Pure: it keeps nothing, clears nothing (the caller does) and leaves the context's
 * settings as they were.
 * @param options colours and sizes; what is left out is as in `DEFAULT_STYLE`
 * @param viewport in the context's units: scale the context for the screen's pixel density, not these
 * @param trails motion trails kept by the caller with `nextTrails`, drawn beneath
 */
export function draw(
  context: DrawContext,
  frame: PoseFrame,
  options: DrawStyleOptions,
  viewport: Viewport,
  trails?: Trails,
): void {
  const style = drawStyle(options);
  const transform = fitPicture(frame, viewport);
  context.save();
  context.lineCap = 'round';
  context.lineJoin = 'round';
  if (trails && trails.epoch === frame.epoch) {
    for (const path of trails.paths) drawTrail(context, path, trails.timestamp, transform, style);
  }
  for (const pose of frame.poses) {
    const hands = frame.hands.filter((hand) => hand.poseId === pose.id && handOpacity(hand, frame) > 0);
    const width = boneWidth(pose, transform, style);
    drawBody(context, pose, hands, transform, style, width);
    for (const hand of hands) {
      drawHand(context, hand, transform, style, width * FINE_WIDTH, handOpacity(hand, frame));
    }
  }
  context.restore();
}

/** Width of this person's bones, by their height in the view. */
function boneWidth(pose: Pose, transform: ViewTransform, style: DrawStyle): number {
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const landmark of pose.landmarks) {
    if (landmark.visibility < style.hiddenBelow || !Number.isFinite(landmark.y)) continue;
    top = Math.min(top, landmark.y);
    bottom = Math.max(bottom, landmark.y);
  }
  const height = Math.max(0, bottom - top) * transform.scaleY;
  return Math.max(THINNEST, Math.min(style.lineWidth, height * WIDTH_PER_HEIGHT));
}

function drawBody(
  context: DrawContext,
  pose: Pose,
  hands: readonly Hand[],
  transform: ViewTransform,
  style: DrawStyle,
  width: number,
): void {
  const replaced = new Set(hands.flatMap((hand) => KNUCKLES[hand.side]));
  const joints = pose.landmarks.map((landmark, index): Joint => {
    const place = toView(transform, landmark);
    return { ...place, opacity: replaced.has(index) ? 0 : landmarkOpacity(landmark, style) };
  });
  for (const bone of BODY_BONES) {
    const from = joints[bone.from];
    const to = joints[bone.to];
    if (!from || !to) continue;
    const fine = bone.from <= LAST_FACE_LANDMARK;
    drawBone(context, from, to, bodyColor(style, bone.side), fine ? width * FINE_WIDTH : width, style);
  }
  joints.forEach((joint, index) => {
    const fine = index <= LAST_FACE_LANDMARK || FINGER_JOINTS.has(index);
    const radius = (fine ? width * FINE_WIDTH : width) * JOINT_RADIUS;
    drawJoint(context, joint, bodyColor(style, landmarkSide(index)), radius);
  });
}

function drawHand(
  context: DrawContext,
  hand: Hand,
  transform: ViewTransform,
  style: DrawStyle,
  width: number,
  opacity: number,
): void {
  const color = hand.side === 'left' ? style.leftHand : style.rightHand;
  // Hand models tell no visibility of single joints: what counts is that the hand was found, and how long ago.
  const joints = hand.landmarks.map((landmark): Joint => {
    const place = toView(transform, landmark);
    return { ...place, opacity: Number.isFinite(place.x + place.y) ? opacity : 0 };
  });
  for (const [from, to] of HAND_CONNECTIONS) {
    const start = joints[from];
    const end = joints[to];
    if (start && end) drawBone(context, start, end, color, width, style);
  }
  for (const joint of joints) drawJoint(context, joint, color, width * JOINT_RADIUS);
}

function drawBone(
  context: DrawContext,
  from: Joint,
  to: Joint,
  color: string,
  width: number,
  style: DrawStyle,
): void {
  const opacity = Math.min(from.opacity, to.opacity);
  if (opacity <= 0) return;
  context.globalAlpha = opacity;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  if (style.outline !== undefined) {
    context.lineWidth = width * (1 + 2 * OUTLINE_SHARE);
    context.strokeStyle = style.outline;
    context.stroke();
  }
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke();
}

function drawJoint(context: DrawContext, joint: Joint, color: string, radius: number): void {
  if (joint.opacity <= 0) return;
  context.globalAlpha = joint.opacity;
  context.fillStyle = color;
  context.beginPath();
  context.arc(joint.x, joint.y, radius, 0, 2 * Math.PI);
  context.fill();
}

function drawTrail(
  context: DrawContext,
  path: TrailPath,
  now: number,
  transform: ViewTransform,
  style: DrawStyle,
): void {
  const oldest = path.points[0]?.timestamp ?? now;
  const span = Math.max(1, now - oldest);
  context.strokeStyle = bodyColor(style, landmarkSide(path.joint));
  let previous: Point | undefined;
  for (const point of path.points) {
    const place = toView(transform, point);
    if (previous && point.joined) {
      const freshness = (point.timestamp - oldest) / span;
      context.globalAlpha = TRAIL_OPACITY * freshness;
      context.lineWidth = Math.max(THINNEST, style.lineWidth * freshness);
      context.beginPath();
      context.moveTo(previous.x, previous.y);
      context.lineTo(place.x, place.y);
      context.stroke();
    }
    previous = place;
  }
}

function bodyColor(style: DrawStyle, side: BodySide): string {
  return style[side];
}

/** How solid a landmark is drawn, by its visibility; nothing for one that is not a place at all. */
function landmarkOpacity(landmark: Landmark, style: DrawStyle): number {
  if (!Number.isFinite(landmark.x + landmark.y) || !(landmark.visibility >= style.hiddenBelow)) return 0;
  const range = style.solidFrom - style.hiddenBelow;
  if (range <= 0) return 1;
  const share = Math.min(1, (landmark.visibility - style.hiddenBelow) / range);
  return FAINTEST + (1 - FAINTEST) * share;
}

function handOpacity(hand: Hand, frame: PoseFrame): number {
  const age = Math.max(0, frame.timestamp - hand.timestamp);
  return Math.max(0, Math.min(1, (HAND_GONE_AT - age) / (HAND_GONE_AT - HAND_FADES_FROM)));
}
