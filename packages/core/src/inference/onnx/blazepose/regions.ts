import type { Region } from '../network.ts';
import type { Candidate, Point } from './candidates.ts';
import type { Box } from './overlap.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The smallest upright rectangle of an input's shape that holds the whole picture. */
export function letterbox({ width, height }: Size, input: Size): Region {
  const scale = Math.max(width / input.width, height / input.height);
  return {
    x: width / 2,
    y: height / 2,
    width: input.width * scale,
    height: input.height * scale,
    angle: 0,
  };
}

/** Where a point of a network's input, given as shares of it, lies in the picture. */
export function toPicture(region: Region, { x, y }: Point): Point {
  const right = (x - 0.5) * region.width;
  const down = (y - 0.5) * region.height;
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  return { x: region.x + right * cos - down * sin, y: region.y + right * sin + down * cos };
}

/** `scale_x` and `scale_y` of the pose graphs' `RectTransformationCalculator`. */
const BODY_MARGIN = 1.25;

/**
 * The square around a person, upright as the person is: from the middle of the hips and a point on the circle
 * around the whole body, both in pixels. `AlignmentPointsRectsCalculator` and `RectTransformationCalculator`, as
 * `pose_detector_graph.cc` and `pose_landmarks_detector_graph.cc` have them.
 */
export function bodyRegion(hips: Point, rim: Point): Region {
  const side = 2 * Math.hypot(rim.x - hips.x, rim.y - hips.y) * BODY_MARGIN;
  return { x: hips.x, y: hips.y, width: side, height: side, angle: uprightAngle(hips, rim) };
}

/** Of the palm detector's seven keypoints: the wrist, and where the middle finger begins. */
const PALM_WRIST = 0;
const PALM_MIDDLE_FINGER = 2;

/** Of `hand_detector_graph.cc`: from the palm's box to the hand's, towards the fingers by half its height. */
const PALM_MARGIN = { scale: 2.6, shift: -0.5 };

/**
 * By how much the first region of a hand is turned beyond fingers up. `hand_detector_graph.cc` asks for
 * `rotation_vector_target_angle(90)`, which are radians and not the degrees of the older hand solution: 90 rad are
 * 90° and 26.6°. Kept, because a hand is then found where MediaPipe finds it; tried against upright regions it is
 * no worse (as near to where following the hand leads, and a few hands more are found). The next region is upright.
 */
const PALM_TURN = 90 - 28 * Math.PI - Math.PI / 2;

/** The square around a hand whose palm was found, in pixels. */
export function handRegionOfPalm({
  box,
  keypoints,
}: Pick<Candidate, 'box' | 'keypoints'>): Region | undefined {
  const wrist = keypoints[PALM_WRIST];
  const finger = keypoints[PALM_MIDDLE_FINGER];
  return wrist && finger && aroundBox(box, uprightAngle(wrist, finger) + PALM_TURN, PALM_MARGIN);
}

/**
 * Landmarks that lie where they lie whatever the fingers do: the wrist, the thumb's first joints, the knuckles and
 * the joints after them. `HandLandmarksToRectCalculator` looks at these alone.
 */
const STEADY_LANDMARKS = [0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18] as const;

/** Of `hand_landmarks_detector_graph.cc`: from the box around the steady landmarks to the next picture's region. */
const HAND_MARGIN = { scale: 2, shift: -0.1 };

/** The square around a hand from its 21 landmarks in pixels, with its fingers up (`HandLandmarksToRectCalculator`). */
export function handRegionOfLandmarks(landmarks: readonly Point[]): Region | undefined {
  const [wrist, index, middle, ring] = [landmarks[0], landmarks[5], landmarks[9], landmarks[13]];
  if (!wrist || !index || !middle || !ring) return undefined;
  // The fingers' direction: half the middle finger's knuckle, a quarter each of its neighbours'.
  const knuckles = {
    x: (index.x + ring.x) / 4 + middle.x / 2,
    y: (index.y + ring.y) / 4 + middle.y / 2,
  };
  const angle = uprightAngle(wrist, knuckles);
  const points = STEADY_LANDMARKS.flatMap((at) => landmarks[at] ?? []);
  const middleOf = boxAround(points);
  const origin = { x: (middleOf.left + middleOf.right) / 2, y: (middleOf.top + middleOf.bottom) / 2 };
  const turned = boxAround(points.map((point) => turn(point, origin, -angle)));
  const centre = turn(
    { x: (turned.left + turned.right) / 2, y: (turned.top + turned.bottom) / 2 },
    origin,
    angle,
  );
  const halfWidth = (turned.right - turned.left) / 2;
  const halfHeight = (turned.bottom - turned.top) / 2;
  const box = {
    left: centre.x - halfWidth,
    right: centre.x + halfWidth,
    top: centre.y - halfHeight,
    bottom: centre.y + halfHeight,
  };
  return aroundBox(box, angle, HAND_MARGIN);
}

/** The upright box in which a region lies, as MediaPipe compares regions: as if none were turned. */
export function boxOf({ x, y, width, height }: Region): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/**
 * How many times as large as the picture a region may be: beyond it the whole picture is less than a pixel of any
 * network's input. Larger ones are nonsense that a network gave, with which graphics cards cannot calculate.
 */
const LARGEST_REGION = 1024;

/** Whether there is anything to see in a region: larger than a pixel, not endless, and not all beyond the picture. */
export function isUsable(region: Region, { width, height }: Size): boolean {
  const reach = Math.hypot(region.width, region.height) / 2;
  return (
    Number.isFinite(region.angle) &&
    region.width > 1 &&
    region.height > 1 &&
    Math.max(region.width, region.height) <= LARGEST_REGION * Math.max(width, height) &&
    region.x + reach > 0 &&
    region.y + reach > 0 &&
    region.x - reach < width &&
    region.y - reach < height
  );
}

/** The box turned about its middle, shifted along its own height, and made a square that is larger. */
function aroundBox(
  box: Box,
  angle: number,
  margin: { readonly scale: number; readonly shift: number },
): Region {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const side = Math.max(width, height) * margin.scale;
  return {
    x: (box.left + box.right) / 2 - height * margin.shift * Math.sin(angle),
    y: (box.top + box.bottom) / 2 + height * margin.shift * Math.cos(angle),
    width: side,
    height: side,
    angle,
  };
}

/** By how much a picture must be turned for `to` to lie straight above `from`: radians in [−π, π). */
function uprightAngle(from: Point, to: Point): number {
  const angle = Math.PI / 2 - Math.atan2(-(to.y - from.y), to.x - from.x);
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}

function turn(point: Point, about: Point, angle: number): Point {
  const [right, down] = [point.x - about.x, point.y - about.y];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: about.x + right * cos - down * sin, y: about.y + right * sin + down * cos };
}

function boxAround(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}
