import { applyStageChange, defaultStage, type Trigger } from '@pose-coach/core/stage';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { AnsweringController } from '../shared/answering-controller.test-data.ts';
import './pose-triggers.ts';
import type { PoseTriggersElement } from './pose-triggers.ts';

const meta: Meta<PoseTriggersElement> = {
  title: 'Studio/pose-triggers',
  component: 'pose-triggers',
};

export default meta;
type Story = StoryObj<PoseTriggersElement>;

const METRICS = [
  { id: 'dance.intensity', title: 'Intensity', kind: 'gauge', range: [0, 100] },
  { id: 'dance.jump', title: 'Jump', kind: 'event', unit: 'cm' },
  { id: 'dance.rhythm', title: 'Tempo', kind: 'gauge', unit: 'BPM', range: [40, 220] },
];

const TRIGGERS: readonly Trigger[] = [
  {
    id: 'jump',
    name: 'Jump sound',
    enabled: true,
    when: [{ metric: 'dance.jump', when: { happens: true } }],
    actions: [{ do: 'sound', sound: 'drum' }],
    coolDown: 1,
  },
  {
    id: 'chorus',
    name: 'Chorus',
    enabled: false,
    when: [
      { metric: 'dance.intensity', when: { above: 80 }, for: 10 },
      { metric: 'dance.rhythm', when: { above: 110 } },
      { metric: 'dance.rhythm', when: { below: 130 } },
    ],
    actions: [
      { do: 'obs-scene', scene: 'Chorus' },
      { do: 'obs-chapter', title: 'Chorus' },
    ],
    coolDown: 30,
  },
];

function triggers(kept: readonly Trigger[]): Story {
  return {
    render: () => {
      const stage = defaultStage();
      const scenes = stage.scenes.map((scene) => ({ ...scene, triggers: kept }));
      const controller = new AnsweringController(applyStageChange(stage, { scenes }));
      controller.answer('webhook.origins', () => ({ origins: ['https://example.org'] }));
      controller.answer('trigger.test', ({ dry }) => ({
        outcomes: [
          {
            action: { do: 'sound', sound: 'drum' },
            ok: true,
            message: `${dry ? 'Would' : 'Done'}: play the sound “drum”.`,
          },
        ],
      }));
      controller.state.next({ metrics: METRICS });
      return html`<pose-triggers .controller=${controller}></pose-triggers>`;
    },
  };
}

/** A scene that has none yet: templates. */
export const First: Story = triggers([]);

/** Two, of which one is switched off. */
export const Two: Story = triggers(TRIGGERS);
