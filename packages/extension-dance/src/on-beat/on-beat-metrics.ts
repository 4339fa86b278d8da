import type { MetricDeclaration } from '@pose-coach/core/extension';

/** What `OnBeatPart` says of how a person's movement goes with the music. */
export const ON_BEAT_METRICS: readonly MetricDeclaration[] = [
  {
    id: 'dance.onBeat',
    title: 'On the beat',
    kind: 'gauge',
    description:
      'Share of the last sixteen movement beats, where the body stops or turns, that lie within 70 ms of a beat of the music. Chance alone gives 28 % at 120 BPM. Hardly known until the delay of sound and picture is measured by clapping: at most 50 % sure.',
    unit: '%',
    range: [0, 100],
  },
  {
    id: 'dance.onBeat.offset',
    title: 'Ahead or behind',
    kind: 'gauge',
    description:
      'How far the movement as a whole is ahead of the music (negative) or behind it (positive): the median over the last sixteen movement beats. ± 100 ms or more until the delay of sound and picture is measured by clapping.',
    unit: 'ms',
    range: [-250, 250],
  },
  {
    id: 'dance.onBeat.each',
    title: 'Offset of a movement beat',
    kind: 'event',
    description: 'A movement beat and how far it lies from the music’s beat next to it; negative is ahead.',
    unit: 'ms',
  },
];
