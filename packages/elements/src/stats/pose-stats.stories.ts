import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import './pose-stats.ts';
import type { PoseStatsElement } from './pose-stats.ts';

const meta: Meta<PoseStatsElement> = {
  title: 'Elements/pose-stats',
  component: 'pose-stats',
  render: (args) => html`<pose-stats .stats=${args.stats}></pose-stats>`,
};

export default meta;
type Story = StoryObj<PoseStatsElement>;

/** Numbers of the lite model on two cores. */
export const Running: Story = {
  args: {
    stats: {
      rate: 29.6,
      delay: 52,
      dropped: 4,
      stages: { queue: 3.1, resize: 0.9, body: 17.4, hands: 28.2, smoothing: 0.1 },
      info: {
        engine: 'mediapipe',
        model: 'lite',
        backend: 'wasm',
        landmarks: 33,
        why: 'CPU, because WebGL is rendered in software.',
      },
    },
  },
};

export const NoNumbers: Story = { args: { stats: undefined } };
