import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import './pose-music.ts';
import type { PoseMusicElement } from './pose-music.ts';

const meta: Meta<PoseMusicElement> = {
  title: 'Elements/pose-music',
  component: 'pose-music',
};

export default meta;
type Story = StoryObj<PoseMusicElement>;

/** Nothing is heard or asked before a button is pressed. */
export const Off: Story = { render: () => html`<pose-music></pose-music>` };

/** With a setting that takes the delay: it can be measured by clapping. */
export const WithCalibration: Story = {
  render: () => html`<pose-music delay-setting="dance.delay"></pose-music>`,
};
