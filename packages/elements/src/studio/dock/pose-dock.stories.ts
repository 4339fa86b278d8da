import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ScriptedController } from '../editor/scripted-controller.test-data.ts';
import { connectedObs } from '../shared/connected-obs.test-data.ts';
import './pose-dock.ts';
import type { PoseDockElement } from './pose-dock.ts';

const meta: Meta<PoseDockElement> = {
  title: 'Studio/pose-dock',
  component: 'pose-dock',
};

export default meta;
type Story = StoryObj<PoseDockElement>;

function dock(prepare: (controller: ScriptedController) => void, width = 300): Story {
  return {
    render: () => {
      const controller = new ScriptedController();
      prepare(controller);
      return html`<pose-dock style=${`width:${width}px`} .controller=${controller}></pose-dock>`;
    },
  };
}

/** Before OBS is connected: scenes of the overlay work all the same. */
export const WithoutObs: Story = dock(() => {});

/** In mid-show: recording and streaming. */
export const OnAir: Story = dock((controller) => {
  controller.source.next({ live: true, generation: 1 });
  controller.obs.next(connectedObs({ recording: true, recordedFor: 754_000, streaming: true }));
});

/** Wider than a dock usually is. */
export const Wide: Story = dock((controller) => controller.obs.next(connectedObs()), 720);
