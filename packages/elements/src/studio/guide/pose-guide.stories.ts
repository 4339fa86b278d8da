import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ScriptedController } from '../editor/scripted-controller.test-data.ts';
import '../../coach/pose-coach.ts';
import './pose-guide.ts';
import type { PoseGuideElement } from './pose-guide.ts';

const meta: Meta<PoseGuideElement> = {
  title: 'Studio/pose-guide',
  component: 'pose-guide',
};

export default meta;
type Story = StoryObj<PoseGuideElement>;

/** Beside the coach that it looks at, with a camera of one's own. */
export const FirstSteps: Story = {
  render: () => html`<div style="display:grid;grid-template-columns:1fr 340px;gap:20px">
    <pose-coach id="guided" assets="/pose-coach/"></pose-coach>
    <pose-guide for="guided" .controller=${new ScriptedController()}></pose-guide>
  </div>`,
};
