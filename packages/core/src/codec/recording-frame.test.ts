import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PoseFrame } from '../pose/index.ts';
import { anyFloat32, arbitraryFrame } from './arbitrary-frame.ts';
import {
  decodeRecordingFrame,
  decodeRecordingMetadata,
  decodeRecordingPreamble,
  encodeRecordingFrame,
  encodeRecordingHeader,
  readChunk,
} from './index.ts';

const EMPTY: PoseFrame = {
  sequence: 0,
  epoch: 1,
  timestamp: 0.1,
  width: 384,
  height: 496,
  poses: [],
  hands: [],
  dropped: 0,
  timings: { capturedAt: 0, stages: {} },
};

function roundTrip(frame: PoseFrame): PoseFrame {
  const chunk = readChunk(encodeRecordingFrame(frame), 0);
  if (chunk.status !== 'whole') throw new Error(chunk.status);
  const result = decodeRecordingFrame(chunk.payload);
  if (!result.ok) throw result.error;
  return result.value;
}

describe('a recorded frame', () => {
  test('comes back exactly, to the last bit of every float32', () => {
    fc.assert(
      // toEqual holds +0 and -0 apart.
      fc.property(arbitraryFrame(anyFloat32), (frame) => {
        expect(roundTrip(frame)).toEqual(frame);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test('rounds a float64 landmark to the nearest float32', () => {
    const landmark = { x: 0.1, y: 1 / 3, z: -0.7, visibility: 0.9 };
    const pose = { id: 0, score: 0.1, landmarks: [landmark], worldLandmarks: [] };
    expect(roundTrip({ ...EMPTY, poses: [pose] }).poses[0]).toEqual({
      ...pose,
      landmarks: [
        { x: Math.fround(0.1), y: Math.fround(1 / 3), z: Math.fround(-0.7), visibility: Math.fround(0.9) },
      ],
    });
  });

  test('is refused with FRAME_INVALID when a number in it is not finite, or no float32', () => {
    for (const x of [NaN, Infinity, 1e39]) {
      const pose = {
        id: 0,
        score: 1,
        landmarks: [{ x, y: 0, z: 0, visibility: 1 }],
        worldLandmarks: [],
      };
      expect(() => encodeRecordingFrame({ ...EMPTY, poses: [pose] })).toThrow(
        expect.objectContaining({ code: 'FRAME_INVALID' }),
      );
    }
  });

  test('cut off anywhere is BYTES_INVALID', () => {
    const landmarks = [{ x: 0, y: 0, z: 0, visibility: 1, presence: 1 }];
    const pose = { id: 0, score: 1, landmarks, worldLandmarks: landmarks };
    const chunk = readChunk(encodeRecordingFrame({ ...EMPTY, poses: [pose] }), 0);
    if (chunk.status !== 'whole') throw new Error(chunk.status);
    for (let length = 0; length < chunk.payload.length; length += 1) {
      const result = decodeRecordingFrame(chunk.payload.subarray(0, length));
      expect(result.ok ? 'decoded' : result.error.code).toBe('BYTES_INVALID');
    }
  });
});

describe('the beginning of a recording', () => {
  const metadata = { label: 'Tänzerin · 踊り', engine: 'mediapipe', model: 'full', licence: 'MIT' };

  test('says what the recording is', () => {
    const bytes = encodeRecordingHeader(metadata);
    const preamble = decodeRecordingPreamble(bytes);
    if (!preamble.ok) throw preamble.error;
    const chunk = readChunk(bytes, preamble.value);
    if (chunk.status !== 'whole') throw new Error(chunk.status);
    expect(chunk.kind).toBe('metadata');
    expect(decodeRecordingMetadata(chunk.payload)).toEqual({ ok: true, value: metadata });
  });

  test('of a foreign, cut or newer file is refused by name', () => {
    const bytes = encodeRecordingHeader(metadata);
    const newer = Uint8Array.from(bytes);
    newer[7] = 9;
    const codes = [
      new Uint8Array(0),
      new TextEncoder().encode('<!doctype html>'),
      bytes.subarray(0, 5),
      newer,
    ].map((file) => {
      const result = decodeRecordingPreamble(file, 'dance.poses');
      expect(result.ok ? '' : result.error.message).toContain('dance.poses');
      return result.ok ? 'decoded' : result.error.code;
    });
    expect(codes).toEqual(['BYTES_INVALID', 'BYTES_INVALID', 'BYTES_INVALID', 'VERSION_UNSUPPORTED']);
  });

  test('keeps the fields it knows, as text, and nothing else', () => {
    const json = '{"label":"a","model":7,"__proto__":{"x":1},"unknown":"b"}';
    expect(decodeRecordingMetadata(new TextEncoder().encode(json))).toEqual({
      ok: true,
      value: { label: 'a' },
    });
    const result = decodeRecordingMetadata(new TextEncoder().encode('[not json'));
    expect(result.ok ? 'decoded' : result.error.code).toBe('BYTES_INVALID');
  });
});
