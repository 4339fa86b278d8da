import { createOverlayParts } from '@pose-coach/core/overlay-parts';
import { defaultStage } from '@pose-coach/core/stage';
import * as overlayModule from '@pose-coach/extension-overlay/overlay';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import overlayManifest from '../../../extension-overlay/package.json' with { type: 'json' };
import { sampleFrames } from '../coach/sample-frames.test-data.ts';
import './pose-stage.ts';
import type { PoseStageElement } from './pose-stage.ts';
import { reading } from './reading.test-data.ts';
import { scriptedSubscriber } from './scripted-subscriber.test-data.ts';

const meta: Meta<PoseStageElement> = {
  title: 'Elements/pose-stage',
  component: 'pose-stage',
};

export default meta;
type Story = StoryObj<PoseStageElement>;

/** Readings of a dancer at 120 BPM, for as long as the story is shown. */
const VALUES = {
  'dance.rhythm': 120,
  'dance.movement': 'dancing',
  'dance.intensity': 64,
  'stage.score': 4200,
};

/** The first scenes that a streamer has, with the sample recording on them instead of a server. */
function shown(scene: string, theme?: string, width = 960): Story {
  return {
    render: () => {
      const channel = scriptedSubscriber();
      const stage = defaultStage();
      channel.arrange(
        stage.scenes.map((each) => (theme ? { ...each, theme: { id: theme, settings: {} } } : each)),
      );
      channel.goLive(Date.now());
      sampleFrames().subscribe((frame) => channel.send(frame));
      channel.readings.next({
        readings: Object.entries(VALUES).map(([metric, value]) => reading(metric, value)),
        cues: [],
      });
      return html`<pose-stage
        style=${`width:${width}px;background:#334155;${scene === 'vertical' ? 'aspect-ratio:9/16' : ''}`}
        .parts=${createOverlayParts({ sources: [{ manifest: overlayManifest, module: overlayModule }] })}
        .subscriber=${channel.subscriber}
        scene=${scene}
      ></pose-stage>`;
    },
  };
}

export const Neon: Story = shown('dance');
export const Broadcast: Story = shown('dance', 'overlay.broadcast');
export const Chalk: Story = shown('dance', 'overlay.chalk');
export const Particles: Story = shown('dance', 'overlay.particles');
export const Vertical: Story = shown('vertical', undefined, 405);
