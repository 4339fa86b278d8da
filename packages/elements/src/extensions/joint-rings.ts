import {
  BODY_LANDMARKS,
  type BodyLandmark,
  type Cue,
  type Disposable,
  type PoseFrame,
  systemClock,
} from '@pose-coach/core';
import { fitPicture, toView } from '../draw/index.ts';
import { FrameDisplay } from '../skeleton/frame-display.ts';
import type { PoseSkeletonElement } from '../skeleton/pose-skeleton.ts';

/** Radius of a ring, as a part of the smaller side of the picture, and its least in CSS pixels. */
const RADIUS_SHARE = 0.035;
const LEAST_RADIUS = 9;
/** Width of a ring's line in CSS pixels. */
const RING_WIDTH = 3;
/** A joint that is seen less surely than this is not where it seems to be: it gets no ring. */
const SEEN_FROM = 0.1;
/** Ms without a new frame until nothing is drawn, as for the skeleton beneath. */
const STALE_AFTER = 500;

/** Draws rings around the joints that a cue speaks of, over a skeleton and in step with it, until disposed. */
export class JointRings implements Disposable {
  readonly #canvas: HTMLCanvasElement;
  readonly #display: FrameDisplay | undefined;

  /** @param color of the rings, anything CSS understands */
  constructor(canvas: HTMLCanvasElement, skeleton: PoseSkeletonElement, cue: Cue, color: string) {
    this.#canvas = canvas;
    if (cue.joints.length === 0 || !skeleton.frames) return;
    this.#display = new FrameDisplay(skeleton.frames, {
      clock: systemClock,
      staleAfter: STALE_AFTER,
      show: (frame) => this.#draw(frame, skeleton, cue, color),
    });
    this.#display.visible = true;
  }

  dispose(): void {
    this.#display?.dispose();
    this.#canvas.width = 0;
    this.#canvas.height = 0;
  }

  #draw(frame: PoseFrame | undefined, skeleton: PoseSkeletonElement, cue: Cue, color: string): void {
    const { offsetWidth: width, offsetHeight: height } = skeleton;
    const density = devicePixelRatio || 1;
    const canvas = this.#canvas;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    // Setting the size also clears it.
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    const context = canvas.getContext('2d');
    if (!frame || !context) return;
    context.scale(density, density);
    context.strokeStyle = color;
    context.lineWidth = RING_WIDTH;
    const transform = fitPicture(frame, {
      width,
      height,
      fit: skeleton.fit,
      mirror: skeleton.mirror ?? false,
    });
    const radius = Math.max(LEAST_RADIUS, Math.min(width, height) * RADIUS_SHARE);
    for (const pose of frame.poses) {
      if (cue.poseId !== undefined && cue.poseId !== pose.id) continue;
      for (const joint of cue.joints) {
        const landmark = pose.landmarks[index(joint)];
        if (!landmark || !(landmark.visibility >= SEEN_FROM)) continue;
        const { x, y } = toView(transform, landmark);
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.stroke();
      }
    }
  }
}

function index(joint: BodyLandmark): number {
  return BODY_LANDMARKS[joint];
}
