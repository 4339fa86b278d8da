import type { MetricDeclaration } from '@pose-coach/core';
import { defaultStage, type Trigger, type TriggerAction } from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { actionWords, type TriggerNames, triggerSentence } from './trigger-words.ts';

const METRICS: readonly MetricDeclaration[] = [
  { id: 'dance.intensity', title: 'Intensity', kind: 'gauge', range: [0, 100] },
  { id: 'dance.rhythm', title: 'Tempo', kind: 'gauge', unit: 'BPM' },
  { id: 'dance.jump', title: 'Jump', kind: 'event', unit: 'cm' },
  { id: 'dance.movement', title: 'Movement', kind: 'label', labels: { crouching: 'Crouching' } },
];

function names(): TriggerNames {
  const stage = defaultStage();
  const scene = stage.scenes.find(({ id }) => id === stage.current);
  if (!scene) throw new Error('The stage has no current scene.');
  return {
    metrics: METRICS,
    stage,
    scene,
    item: (id) => (id === 'score' ? 'Score' : undefined),
    command: (id) => (id === 'dance.tapTempo' ? 'Tap the tempo' : undefined),
  };
}

const CHORUS: Trigger = {
  id: 'chorus',
  name: 'Chorus',
  enabled: true,
  when: [{ metric: 'dance.intensity', when: { above: 80 }, for: 10 }],
  actions: [{ do: 'obs-scene', scene: 'Chorus' }],
  coolDown: 30,
};

describe('a trigger in words', () => {
  it('is a sentence', () => {
    expect(triggerSentence(CHORUS, names())).toBe(
      'When Intensity is above 80 for 10 s: switch OBS to scene “Chorus”, cool-down 30 s.',
    );
  });

  it('names all that must hold and all that is done, in order', () => {
    const trigger: Trigger = {
      ...CHORUS,
      when: [
        { metric: 'dance.jump', when: { happens: true } },
        { metric: 'dance.rhythm', when: { above: 110 } },
        { metric: 'dance.rhythm', when: { below: 130.5 } },
        { metric: 'dance.movement', when: { equals: 'crouching' }, for: 2 },
      ],
      actions: [
        { do: 'sound', sound: 'drum' },
        { do: 'show-item', item: 'score', seconds: 5 },
      ],
      coolDown: 0,
    };
    expect(triggerSentence(trigger, names())).toBe(
      'When “Jump” happens and Tempo is between 110 and 130.5\u202fBPM and Movement is “Crouching” for 2 s: ' +
        'play the sound “Drum”, then show “Score” for 5 s.',
    );
  });

  it('says where a condition ends, when a file said so, and a metric’s id when nobody declares it', () => {
    const trigger: Trigger = {
      ...CHORUS,
      when: [{ metric: 'golf.speed', when: { below: -1.25, until: 2 } }],
    };
    expect(triggerSentence(trigger, names())).toContain('When golf.speed is below \u22121.25 (until 2.00):');
  });

  it.each<[TriggerAction, string]>([
    [{ do: 'stage-scene', scene: 'vertical' }, 'show the overlay’s scene “Vertical”'],
    [{ do: 'stage-scene', scene: 'gone' }, 'show the overlay’s scene “gone” (which is not there)'],
    [{ do: 'show-item', item: 'gone', seconds: 3 }, 'show “gone” (which is not in this scene) for 3 s'],
    [{ do: 'command', command: 'dance.tapTempo' }, 'run “Tap the tempo”'],
    [{ do: 'command', command: 'golf.tee' }, 'run “golf.tee”'],
    [{ do: 'obs-record', to: 'stop' }, 'stop recording in OBS'],
    [{ do: 'obs-chapter', title: 'Finale' }, 'mark the chapter “Finale”'],
    [{ do: 'webhook', url: 'https://example.org/a' }, 'post to https://example.org/a'],
  ])('says of %o what is done', (action, words) => {
    expect(actionWords(action, names())).toBe(words);
  });
});
