import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { sampleFrames } from '../coach/sample-frames.test-data.ts';
import './pose-skeleton.ts';
import type { PoseSkeletonElement } from './pose-skeleton.ts';

const meta: Meta<PoseSkeletonElement> = {
  title: 'Elements/pose-skeleton',
  component: 'pose-skeleton',
  render: (args) =>
    html`<pose-skeleton
      style="height:480px;background:#0b1120;border-radius:14px"
      .frames=${sampleFrames()}
      .fit=${args.fit ?? 'contain'}
      ?mirror=${args.mirror}
      ?trails=${args.trails}
      .color=${args.color}
      .lineWidth=${args.lineWidth}
    ></pose-skeleton>`,
};

export default meta;
type Story = StoryObj<PoseSkeletonElement>;

export const Sample: Story = {};
export const Mirrored: Story = { args: { mirror: true } };
export const Trails: Story = { args: { trails: true } };
export const Cover: Story = { args: { fit: 'cover' } };
export const OneColour: Story = { args: { color: '#f8fafc', lineWidth: 8 } };
