import { createExtensions, type ExtensionSource, memoryStorage } from '@pose-coach/core/extensions';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { handAt, helloManifest, helloPackage } from './hello-extension.test-data.ts';
import './pose-extensions.ts';
import type { PoseExtensionsElement } from './pose-extensions.ts';

const meta: Meta<PoseExtensionsElement> = {
  title: 'Elements/pose-extensions',
  component: 'pose-extensions',
  render: (args) => html`<pose-extensions .extensions=${args.extensions}></pose-extensions>`,
};

export default meta;
type Story = StoryObj<PoseExtensionsElement>;

/** Real extensions, which remember nothing beyond the story. Each gets one frame, so that it starts. */
function having(...sources: readonly ExtensionSource[]): Story {
  return {
    loaders: [
      async () => {
        const extensions = createExtensions({ storage: memoryStorage() });
        for (const source of sources) await extensions.add(source);
        extensions.step(handAt(20, 0));
        return { extensions };
      },
    ],
    render: (_, { loaded }) => html`<pose-extensions .extensions=${loaded.extensions}></pose-extensions>`,
  };
}

const OFF = {
  name: 'extension-quiet',
  version: '0.3.0',
  displayName: 'Quiet one',
  description: 'Counts breaths, when it is switched on.',
  poseCoach: { apiVersion: 1, prefix: 'quiet', permissions: ['poses', 'network:https://example.org'] },
};

/** One that runs, with every kind of setting, and a command that fails. */
export const Running: Story = having(helloPackage());

/** Switched off, and refused what it asks for. */
export const Disabled: Story = having({ manifest: OFF, enabled: false });

/** It throws when it is started: it is tried again three times, then switched off. */
export const Failing: Story = having({
  manifest: helloManifest(),
  module: {
    activate() {
      throw new Error('The bell is missing.');
    },
  },
});

/** Every fault is named by its place in package.json. */
export const FaultyManifest: Story = having({
  manifest: helloManifest({
    permissions: ['poses', 'everything'],
    contributes: { metrics: [{ id: 'hello.height', title: 'Hand height', kind: 'dial' }] },
  }),
});

/** Many at once, side by side where there is room. */
export const Several: Story = having(
  helloPackage(),
  { manifest: OFF, enabled: false },
  {
    manifest: { ...helloManifest({ prefix: 'Hello!' }), name: 'extension-faulty', displayName: 'Faulty one' },
  },
);

export const None: Story = { args: { extensions: undefined } };
