import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { sampleFrames } from '../coach/sample-frames.test-data.ts';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import './pose-angles.ts';
import type { PoseAnglesElement } from './pose-angles.ts';

const meta: Meta<PoseAnglesElement> = { title: 'Elements/pose-angles', component: 'pose-angles' };

export default meta;
type Story = StoryObj<PoseAnglesElement>;

export const Sample: Story = {
  render: () => html`<pose-angles .frames=${sampleFrames()}></pose-angles>`,
};

/** The left arm is hidden: its angles are unknown, and say why. */
export const PartlyHidden: Story = {
  render: () =>
    html`<pose-angles
      .frame=${poseFrame([standingPose({ 13: { visibility: 0.2 }, 15: { visibility: 0.1 } })])}
    ></pose-angles>`,
};

export const Nobody: Story = {
  render: () => html`<pose-angles .frame=${poseFrame([])}></pose-angles>`,
};
