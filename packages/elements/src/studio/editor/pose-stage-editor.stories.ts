import { createOverlayParts } from '@pose-coach/core/overlay-parts';
import * as overlayModule from '@pose-coach/extension-overlay/overlay';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import overlayManifest from '../../../../extension-overlay/package.json' with { type: 'json' };
import './pose-stage-editor.ts';
import type { PoseStageEditorElement } from './pose-stage-editor.ts';
import { ScriptedController } from './scripted-controller.test-data.ts';

const meta: Meta<PoseStageEditorElement> = {
  title: 'Studio/pose-stage-editor',
  component: 'pose-stage-editor',
};

export default meta;
type Story = StoryObj<PoseStageEditorElement>;

/** The stage that everybody begins with, on a server that forgets it with the story. */
export const FirstStage: Story = {
  loaders: [
    async () => ({
      controller: new ScriptedController(),
      parts: createOverlayParts({ sources: [{ manifest: overlayManifest, module: overlayModule }] }),
    }),
  ],
  render: (_, { loaded }) => html`<pose-stage-editor
    style="height: 760px"
    .controller=${loaded.controller}
    .parts=${loaded.parts}
  ></pose-stage-editor>`,
};

/** Without a connection: it says where to get one. */
export const NoStage: Story = { render: () => html`<pose-stage-editor></pose-stage-editor>` };
