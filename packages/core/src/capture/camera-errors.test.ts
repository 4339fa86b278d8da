import { describe, expect, it } from 'vitest';
import { PoseCoachError } from '../base/index.ts';
import { toCameraError } from './camera-errors.ts';

describe('toCameraError', () => {
  // Names and their meaning: Media Capture and Streams, "getUserMedia()", step by step.
  it.each([
    ['NotAllowedError', 'CAMERA_DENIED', /address bar/],
    ['SecurityError', 'CAMERA_DENIED', /address bar/],
    ['NotFoundError', 'CAMERA_NOT_FOUND', /Connect it/],
    ['OverconstrainedError', 'CAMERA_NOT_FOUND', /choose another/],
    ['NotReadableError', 'CAMERA_IN_USE', /virtual camera in OBS/],
    ['AbortError', 'CAMERA_FAILED', /Unplug it/],
  ])('answers %s with %s and what to do next', (name, code, advice) => {
    const thrown = new DOMException('words of the browser', name);
    const error = toCameraError(thrown);
    expect(error).toBeInstanceOf(PoseCoachError);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(advice);
    expect(error.cause).toBe(thrown);
  });

  it('answers what is no error at all with CAMERA_FAILED', () => {
    expect(toCameraError('broken').code).toBe('CAMERA_FAILED');
    expect(toCameraError(null).code).toBe('CAMERA_FAILED');
  });

  it('leaves an error that already has a code as it is', () => {
    const error = new PoseCoachError('INSECURE_CONTEXT', 'words');
    expect(toCameraError(error)).toBe(error);
  });
});
