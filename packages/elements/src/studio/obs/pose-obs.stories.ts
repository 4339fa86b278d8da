import type { ObsStatus } from '@pose-coach/core/stage';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { AnsweringController } from '../shared/answering-controller.test-data.ts';
import { connectedObs } from '../shared/connected-obs.test-data.ts';
import './pose-obs.ts';
import type { PoseObsElement } from './pose-obs.ts';

const meta: Meta<PoseObsElement> = {
  title: 'Studio/pose-obs',
  component: 'pose-obs',
};

export default meta;
type Story = StoryObj<PoseObsElement>;

const ADDRESS = 'ws://127.0.0.1:4455';

function obs(status: ObsStatus): Story {
  return {
    render: () => {
      const controller = new AnsweringController();
      controller.answer('obs.sources', () => ({
        sources: [
          { name: 'Camera', kind: 'v4l2_input', filters: [{ name: 'Glow', kind: 'color_filter_v2' }] },
          { name: 'BPM', kind: 'text_ft2_source_v2', filters: [] },
        ],
      }));
      controller.answer('obs.setup', () => ({
        steps: [
          { what: 'Scene “Verse”', outcome: 'unchanged' },
          { what: 'Browser source “Pose Coach”', outcome: 'created' },
        ],
      }));
      controller.obs.next(status);
      return html`<pose-obs .controller=${controller}></pose-obs>`;
    },
  };
}

/** Nobody has asked for OBS yet. */
export const NotConnected: Story = obs({ status: 'off' });

/** OBS was closed in mid-show. */
export const Waiting: Story = obs({
  status: 'waiting',
  address: ADDRESS,
  message: 'OBS was closed, or the connection to it was lost: it is taken up again when OBS is back.',
  retryAt: 0,
});

/** A wrong password. */
export const Refused: Story = obs({
  status: 'refused',
  address: ADDRESS,
  message:
    'OBS does not accept this password: copy it from there (in OBS, Tools → WebSocket Server Settings → Show Connect Info) and connect again.',
});

/** In mid-show. */
export const Recording: Story = obs(connectedObs({ recording: true, recordedFor: 754_000 }));

/** As some Linux distributions package it. */
export const WithoutBrowserSources: Story = obs(
  connectedObs({
    obsVersion: '29.0.2',
    overlays: [],
    abilities: { browserSource: false, chapters: false, renderDelay: true, virtualCamera: true },
  }),
);
