import type { CameraChoice } from '../../source-picker/pose-source-picker.ts';

/** What OBS calls its virtual camera: “OBS Virtual Camera” on Windows, macOS and Linux, “OBS-Camera” in older ones. */
const OBS_CAMERA = /\bobs\b/i;

/** OBS's virtual camera among these, if it is there. */
export function obsCamera(cameras: readonly CameraChoice[]): CameraChoice | undefined {
  return cameras.find(({ label }) => OBS_CAMERA.test(label));
}

/** Whether the browser has told the cameras' names, which it does once one was allowed. */
export function areNamed(cameras: readonly CameraChoice[]): boolean {
  return cameras.some(({ deviceId }) => deviceId !== '');
}
