import { describe, expect, it } from 'vitest';
import { areNamed, obsCamera } from './obs-camera.ts';

describe('the camera of OBS', () => {
  it.each(['OBS Virtual Camera', 'OBS Virtual Camera (m-de:vice)', 'OBS-Camera'])(
    'is known as %s',
    (label) => {
      const cameras = [
        { deviceId: 'a', label: 'Observer Webcam HD' },
        { deviceId: 'b', label },
      ];
      expect(obsCamera(cameras)?.deviceId).toBe('b');
    },
  );

  it('is not there among others, nor known before a camera was allowed', () => {
    expect(obsCamera([{ deviceId: 'a', label: 'Observer Webcam HD' }])).toBeUndefined();
    expect(areNamed([{ deviceId: '', label: 'Camera 1' }])).toBe(false);
    expect(areNamed([{ deviceId: 'a', label: 'Webcam' }])).toBe(true);
  });
});
