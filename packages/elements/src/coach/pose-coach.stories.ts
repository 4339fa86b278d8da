import { PoseCoachError } from '@pose-coach/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { NEVER, throwError } from 'rxjs';
import { helloPackage } from '../extensions/hello-extension.test-data.ts';
import { ERROR_ADVICE } from './error-advice.ts';
import './pose-coach.ts';
import type { PoseCoachElement } from './pose-coach.ts';

const meta: Meta<PoseCoachElement> = {
  title: 'Drop-in/pose-coach',
  component: 'pose-coach',
  render: (args) =>
    html`<pose-coach
      style="max-width:960px"
      assets="/pose-coach/"
      .source=${args.source ?? 'camera'}
      .autostart=${args.autostart}
      .angles=${args.angles}
      .trails=${args.trails}
      .mirror=${args.mirror}
      .fit=${args.fit ?? 'contain'}
      .publish=${args.publish}
      .live=${args.live}
      .extensions=${args.extensions}
    ></pose-coach>`,
};

export default meta;
type Story = StoryObj<PoseCoachElement>;

/** Before the start. The browser asks for the camera when the button is pressed. */
export const Idle: Story = {};

/** The built-in sample, with joint angles: poses only, and labelled as a recording. */
export const Sample: Story = { args: { source: 'sample', autostart: true, angles: true, trails: true } };

/** With an extension that praises whoever raises the left arm: its cue, and rings around the joint. */
export const WithExtension: Story = {
  args: { source: 'sample', autostart: true, extensions: [helloPackage()] },
};

/** Waiting for a source, with the real engine loading beneath. */
export const Loading: Story = {
  args: { source: { kind: 'pixels', frames: NEVER }, autostart: true },
};

export const Paused: Story = {
  args: { source: 'sample', autostart: true },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('pose-coach');
    await new Promise((resolve) => element?.addEventListener('pose-frame', resolve, { once: true }));
    element?.pause();
  },
};

/** Nobody answers at the server's address; the poses go on. */
export const NoServer: Story = {
  args: { source: 'sample', autostart: true, publish: 'http://127.0.0.1:9', live: true },
};

function failing(code: keyof typeof ERROR_ADVICE, message: string): Story {
  const frames = throwError(() => new PoseCoachError(code, message));
  return { name: ERROR_ADVICE[code].title, args: { source: { kind: 'poses', frames }, autostart: true } };
}

export const CameraDenied = failing('CAMERA_DENIED', 'The browser has refused the camera to this page.');
export const CameraInUse = failing('CAMERA_IN_USE', 'Another program is using “Integrated Camera”.');
export const CameraNotFound = failing('CAMERA_NOT_FOUND', 'No camera is connected to this device.');
export const InsecurePage = failing(
  'INSECURE_CONTEXT',
  'This page was opened with http:// on a network address.',
);
export const AssetMissing = failing('ASSET_NOT_FOUND', '/models/pose_landmarker_lite.task answered 404.');
export const NoEngine = failing(
  'ENGINE_UNSUPPORTED',
  'MediaPipe needs WebAssembly SIMD, which this browser lacks.',
);
export const VideoBroken = failing('DECODE_FAILED', 'The video could not be played (format error).');
