import { describe, expect, it } from 'vitest';
import { preferredEngine } from './preference.ts';

const card = { webgl: true, accelerated: true };
const software = { webgl: true, accelerated: false };
const none = { webgl: false, accelerated: false };

describe('the engine that is tried first', () => {
  it.each([
    ['MediaPipe where a graphics card draws', card, true, 8, 'mediapipe', 'graphics card'],
    ['ONNX where there is no WebGL', none, false, 1, 'onnx', 'WebGL 2'],
    ['ONNX on several threads where software draws', software, true, 2, 'onnx', 'several threads'],
    ['MediaPipe where the page is not isolated', software, false, 8, 'mediapipe', 'cross-origin isolated'],
    ['MediaPipe where there is one core', software, true, 1, 'mediapipe', 'too few processor cores'],
  ] as const)('is %s', (_, graphics, isolated, cores, first, reason) => {
    const preference = preferredEngine({ graphics, isolated, cores });
    expect(preference.first).toBe(first);
    expect(preference.why).toContain(reason);
  });
});
