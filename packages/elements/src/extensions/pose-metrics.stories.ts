import { createExtensions, memoryStorage } from '@pose-coach/core/extensions';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { handAt, helloPackage } from './hello-extension.test-data.ts';
import './pose-metrics.ts';
import type { PoseMetricsElement } from './pose-metrics.ts';

const meta: Meta<PoseMetricsElement> = {
  title: 'Elements/pose-metrics',
  component: 'pose-metrics',
};

export default meta;
type Story = StoryObj<PoseMetricsElement>;

/** Milliseconds between the frames of a story. */
const PERIOD = 33;

/** A real extension that is fed for as long as the story is shown. */
function fed(frameAt: (milliseconds: number) => ReturnType<typeof handAt>, metrics?: string): Story {
  return {
    loaders: [
      async () => {
        const extensions = createExtensions({ storage: memoryStorage() });
        await extensions.add(helloPackage());
        return { extensions };
      },
    ],
    render: (_, { loaded }) =>
      html`<pose-metrics .extensions=${loaded.extensions} .metrics=${metrics}></pose-metrics>`,
    play: ({ canvasElement, loaded }) => {
      let at = 0;
      const feeding = setInterval(() => {
        if (!canvasElement.isConnected) clearInterval(feeding);
        at += PERIOD;
        loaded.extensions.step(frameAt(at));
      }, PERIOD);
    },
  };
}

/** Gauge, bar, word, line and event: a hand that goes up and down. */
export const EveryKind: Story = fed((at) => handAt(55 + 42 * Math.sin(at / 900), at));

/** The hand is hidden: what is not known is shown as unknown, with the reason. */
export const Unknown: Story = fed((at) => handAt(20, at, { visibility: 0 }));

/** Two that were chosen, and one that nobody has. */
export const Chosen: Story = fed((at) => handAt(80, at), 'hello.state hello.height golf.tempo');

/** Listed before any code has run. */
export const BeforeAnyCode: Story = {
  loaders: [
    async () => {
      const extensions = createExtensions({ storage: memoryStorage() });
      await extensions.add({ ...helloPackage(), module: () => new Promise(() => {}) });
      return { extensions };
    },
  ],
  render: (_, { loaded }) => html`<pose-metrics .extensions=${loaded.extensions}></pose-metrics>`,
};
