import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import './pose-source-picker.ts';
import type { PoseSourcePickerElement } from './pose-source-picker.ts';

const meta: Meta<PoseSourcePickerElement> = {
  title: 'Elements/pose-source-picker',
  component: 'pose-source-picker',
  render: (args) =>
    html`<pose-source-picker
      .cameras=${args.cameras ?? []}
      .selected=${args.selected}
      .deviceId=${args.deviceId}
    ></pose-source-picker>`,
};

export default meta;
type Story = StoryObj<PoseSourcePickerElement>;

export const TwoCameras: Story = {
  args: {
    cameras: [
      { deviceId: 'front', label: 'Front camera' },
      { deviceId: 'obs', label: 'OBS Virtual Camera' },
    ],
    selected: 'camera',
    deviceId: 'obs',
  },
};

/** Before a browser has been allowed to use a camera it tells no names. */
export const NotYetAllowed: Story = { args: { cameras: [{ deviceId: '', label: '' }] } };

export const SamplePlaying: Story = { args: { selected: 'sample' } };
