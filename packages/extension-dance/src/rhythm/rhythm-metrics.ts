import type { MetricDeclaration } from '@pose-coach/core/extension';

/** What `RhythmPart` says of a person's rhythm while it moves. */
export const RHYTHM_METRICS: readonly MetricDeclaration[] = [
  {
    id: 'dance.rhythm',
    title: 'Tempo',
    kind: 'gauge',
    description:
      'Beats per minute of the movement over the last eight seconds, whether or not there is music; of a tempo, its half and its double, which all fit, the one most usual in dance: 60 steps a minute read 120. Unknown where the movement does not repeat.',
    unit: 'BPM',
    range: [40, 200],
  },
  {
    id: 'dance.rhythm.beat',
    title: 'Beat of the tempo',
    kind: 'event',
    description:
      'The beat of the movement’s own tempo as it goes by, also where nothing stops or turns on it; its value is the tempo.',
    unit: 'BPM',
  },
  {
    id: 'dance.rhythm.phase',
    title: 'Phase',
    kind: 'gauge',
    description: 'How far the movement is from one beat to the next: 0 on the beat, 0.5 half way.',
    range: [0, 1],
    decimals: 2,
  },
  {
    id: 'dance.rhythm.consistency',
    title: 'Consistency',
    kind: 'gauge',
    description:
      'How evenly the movement’s stops and turns keep to its beat over the last eight beats: 100 is a clock, 0 no better than chance.',
    range: [0, 100],
  },
];
