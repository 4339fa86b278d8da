import { html, nothing, type TemplateResult } from 'lit';
import type { PoseCoachState } from '../../coach/coach-state.ts';
import type { CameraChoice } from '../../source-picker/pose-source-picker.ts';
import { areNamed, obsCamera } from './obs-camera.ts';

/** The choice between a camera of one's own and that which OBS has. */
export interface CameraStep {
  readonly state: PoseCoachState | undefined;
  readonly isCamera: boolean;
  readonly cameras: readonly CameraChoice[];
  /** @param deviceId of a certain camera; undefined lets the browser choose */
  start(deviceId: string | undefined): void;
}

export function cameraStep({ state, isCamera, cameras, start }: CameraStep): TemplateResult {
  const ofObs = obsCamera(cameras);
  const inUse = state?.status === 'error' && state.error.code === 'CAMERA_IN_USE';
  return html`
    ${stateWords(state, isCamera)}
    <div class="row">
      <button type="button" class=${inUse ? '' : 'primary'} @click=${() => start(undefined)}>
        Use my camera
      </button>
      ${
        ofObs
          ? html`<button type="button" class=${inUse ? 'primary' : ''} @click=${() => start(ofObs.deviceId)}>
              Use OBS’s camera
            </button>`
          : nothing
      }
    </div>
    <p class="help">
      ${inUse ? html`<strong>OBS has your camera?</strong>` : 'OBS has your camera already?'} Press
      <strong>Start Virtual Camera</strong> in OBS, at the lower right, under Controls.
      ${
        ofObs
          ? `It is here as “${ofObs.label}”.`
          : areNamed(cameras)
            ? 'It will be offered here then.'
            : 'It is offered here once this page was allowed a camera: browsers tell their names only then.'
      }
    </p>
  `;
}

function stateWords(state: PoseCoachState | undefined, isCamera: boolean) {
  switch (state?.status) {
    case 'running':
      return isCamera
        ? html`<p>Your camera is on.</p>`
        : html`<p>Something else than a camera is shown. For your stream, choose a camera.</p>`;
    case 'loading':
      return html`<p>One moment: camera and engine are being started.</p>`;
    case 'error':
    case 'reconnecting':
      return html`<p class="fault">${state.error.message}</p>`;
    default:
      return html`<p>The picture stays on this computer. What goes out are positions of joints.</p>`;
  }
}
