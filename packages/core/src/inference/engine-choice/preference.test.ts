import { describe, expect, it } from 'vitest';
import { preferredEngine } from './preference.ts';

const card = { webgl: true, accelerated: true };
const software = { webgl: true, accelerated: false };
const none = { webgl: false, accelerated: false };

describe('the engine that is tried first', () => {
  it.each([
    ['MediaPipe where a graphics card draws', card, true, 8, false, 'mediapipe', 'graphics card'],
    ['ONNX where there is no WebGL', none, false, 1, true, 'onnx', 'WebGL 2'],
    ['ONNX on several threads where software draws', software, true, 2, false, 'onnx', 'several threads'],
    [
      'ONNX with hands, too, where there are cores for them',
      software,
      true,
      4,
      true,
      'onnx',
      'several threads',
    ],
    [
      'MediaPipe where the page is not isolated',
      software,
      false,
      8,
      false,
      'mediapipe',
      'cross-origin isolated',
    ],
    ['MediaPipe where there is one core', software, true, 1, false, 'mediapipe', 'one processor core ONNX'],
    [
      'MediaPipe where hands need the cores',
      software,
      true,
      3,
      true,
      'mediapipe',
      '3 processor cores for body and hands',
    ],
  ] as const)('is %s', (_, graphics, isolated, cores, hands, first, reason) => {
    const preference = preferredEngine({ graphics, isolated, cores, hands });
    expect(preference.first).toBe(first);
    expect(preference.why).toContain(reason);
  });
});
