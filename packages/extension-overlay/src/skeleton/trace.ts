import { HAND_CONNECTIONS } from '@pose-coach/core';
import type { OverlayCanvas } from '@pose-coach/core/extension';
import { BONES, jointSide, MAIN_JOINTS, type Side } from './bones.ts';
import { type Figure, jointOpacity, jointX, jointY, wholeHand } from './figure.ts';

/** Width of the lines of palms and hands, in widths of a limb: 21 joints share the room of one. */
const FINE = 0.45;
/** From this opacity on a line counts as solid and shares a path with others. */
const SOLID = 0.99;

/**
 * Strokes a side's limbs in the canvas's stroke style. What is surely seen is one path, so that joints are not
 * twice as bright; what is faint is stroked by itself, as faintly.
 * @param width of a limb, in stage pixels
 */
export function strokeLimbs(
  canvas: OverlayCanvas,
  figure: Figure,
  side: Side,
  width: number,
  alpha: number,
): void {
  strokeBones(canvas, figure, side, false, width, alpha);
  strokeBones(canvas, figure, side, true, width * FINE, alpha);
  if (side === 'middle') strokeNeck(canvas, figure, width, alpha);
  const hand = wholeHand(figure, side);
  if (!hand) return;
  canvas.lineWidth = width * FINE;
  canvas.globalAlpha = alpha * hand.opacity;
  canvas.beginPath();
  for (const [from, to] of HAND_CONNECTIONS) {
    canvas.moveTo(hand.x[from] ?? 0, hand.y[from] ?? 0);
    canvas.lineTo(hand.x[to] ?? 0, hand.y[to] ?? 0);
  }
  canvas.stroke();
}

function strokeBones(
  canvas: OverlayCanvas,
  figure: Figure,
  side: Side,
  palm: boolean,
  width: number,
  alpha: number,
): void {
  if (palm && wholeHand(figure, side)) return;
  canvas.lineWidth = width;
  let solid = 0;
  canvas.beginPath();
  for (const bone of BONES) {
    if (bone.side !== side || bone.palm !== palm || boneOpacity(figure, bone.from, bone.to) < SOLID) continue;
    line(canvas, figure, bone.from, bone.to);
    solid += 1;
  }
  if (solid > 0) {
    canvas.globalAlpha = alpha;
    canvas.stroke();
  }
  for (const bone of BONES) {
    if (bone.side !== side || bone.palm !== palm) continue;
    const opacity = boneOpacity(figure, bone.from, bone.to);
    if (opacity <= 0 || opacity >= SOLID) continue;
    canvas.globalAlpha = alpha * opacity;
    canvas.beginPath();
    line(canvas, figure, bone.from, bone.to);
    canvas.stroke();
  }
}

function strokeNeck(canvas: OverlayCanvas, figure: Figure, width: number, alpha: number): void {
  const neck = neckOf(figure);
  if (!neck) return;
  canvas.lineWidth = width;
  canvas.globalAlpha = alpha * neck.opacity;
  canvas.beginPath();
  canvas.moveTo(neck.x, neck.y);
  canvas.lineTo(neck.toX, neck.toY);
  canvas.stroke();
}

/** From the middle of the shoulders to the rim of the head; `undefined` where one is not seen or the head hides it. */
export function neckOf(
  figure: Figure,
): { x: number; y: number; toX: number; toY: number; opacity: number } | undefined {
  const { head } = figure;
  const opacity = Math.min(head.opacity, boneOpacity(figure, 11, 12));
  const x = (jointX(figure, 11) + jointX(figure, 12)) / 2;
  const y = (jointY(figure, 11) + jointY(figure, 12)) / 2;
  const length = Math.hypot(head.x - x, head.y - y);
  if (opacity <= 0 || !(length > head.radius)) return undefined;
  const share = 1 - head.radius / length;
  return { x, y, toX: x + (head.x - x) * share, toY: y + (head.y - y) * share, opacity };
}

/** A line is as sure as the less sure of its ends. */
export function boneOpacity(figure: Figure, from: number, to: number): number {
  return Math.min(jointOpacity(figure, from), jointOpacity(figure, to));
}

function line(canvas: OverlayCanvas, figure: Figure, from: number, to: number): void {
  canvas.moveTo(jointX(figure, from), jointY(figure, from));
  canvas.lineTo(jointX(figure, to), jointY(figure, to));
}

/** Strokes a ring for the head. */
export function strokeHead(canvas: OverlayCanvas, { head }: Figure, width: number, alpha: number): void {
  if (head.opacity <= 0) return;
  canvas.lineWidth = width;
  canvas.globalAlpha = alpha * head.opacity;
  canvas.beginPath();
  canvas.arc(head.x, head.y, head.radius, 0, 2 * Math.PI);
  canvas.stroke();
}

/** Fills the trunk between shoulders and hips, where all four are seen. */
export function fillTrunk(canvas: OverlayCanvas, figure: Figure, alpha: number): void {
  const opacity = Math.min(boneOpacity(figure, 11, 12), boneOpacity(figure, 23, 24));
  if (opacity <= 0) return;
  canvas.globalAlpha = alpha * opacity;
  canvas.beginPath();
  canvas.moveTo(jointX(figure, 11), jointY(figure, 11));
  for (const joint of [12, 24, 23]) canvas.lineTo(jointX(figure, joint), jointY(figure, joint));
  canvas.closePath();
  canvas.fill();
}

/** Fills a disc on every main joint of a side. */
export function fillJoints(
  canvas: OverlayCanvas,
  figure: Figure,
  side: 'left' | 'right',
  radius: number,
  alpha: number,
): void {
  for (const joint of MAIN_JOINTS) {
    if (jointSide(joint) !== side) continue;
    const opacity = jointOpacity(figure, joint);
    if (opacity <= 0) continue;
    canvas.globalAlpha = alpha * opacity;
    disc(canvas, jointX(figure, joint), jointY(figure, joint), radius);
    canvas.fill();
  }
}

/** Begins a path that is a circle. */
export function disc(canvas: OverlayCanvas, x: number, y: number, radius: number): void {
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
}

/** No limb is thinner or, at a thickness of 1, thicker: in stage pixels. */
const THINNEST = 1.5;
const THICKEST = 18;

/** Width of a person's limbs, in stage pixels: by their height, so that the distant are as slim as the near, up to a limit. */
export function limbWidth(figure: Figure, perHeight: number, thickness: number): number {
  return Math.max(THINNEST, Math.min(THICKEST, figure.height * perHeight) * thickness);
}
