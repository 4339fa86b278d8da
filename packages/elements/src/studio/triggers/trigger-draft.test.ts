import { defaultStage, readScene, type Scene, type TriggerAction } from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { connectedObs } from '../shared/connected-obs.test-data.ts';
import { draftFault, draftOf, type TriggerDraft, triggerOf, withTrigger } from './trigger-draft.ts';
import { EMPTY_TEMPLATE, type TemplateMaterial, TRIGGER_TEMPLATES } from './trigger-templates.ts';

function material(changes: Partial<TemplateMaterial> = {}): TemplateMaterial {
  const stage = defaultStage();
  const scene = stage.scenes.find(({ id }) => id === stage.current) ?? never();
  return { metrics: [], stage, scene, obs: { status: 'off' }, ...changes };
}

function never(): Scene {
  throw new Error('The stage has no current scene.');
}

const { scene: SCENE } = material();
const GOOD = EMPTY_TEMPLATE.make(material());

describe('templates', () => {
  it.each([...TRIGGER_TEMPLATES, EMPTY_TEMPLATE])(
    'begin with what can be kept as it is: $title',
    (template) => {
      const draft = template.make(material());
      expect(draftFault(draft, SCENE)).toBeUndefined();
      const changed = withTrigger(SCENE, triggerOf(draft));
      expect(readScene(changed)).toMatchObject({ ok: true });
      expect(draftOf(triggerOf(draft))).toEqual(draft);
    },
  );

  it('switch OBS where it is connected, to a scene that is not on air', () => {
    const actions = TRIGGER_TEMPLATES.flatMap(
      (template) => template.make(material({ obs: connectedObs() })).actions,
    );
    expect(actions).toContainEqual({ do: 'obs-scene', scene: 'Chorus' });
  });

  it('take the words that a label can have', () => {
    const labels = { still: 'Still', wild: 'Wild' };
    const drafts = TRIGGER_TEMPLATES.map((template) =>
      template.make(material({ metrics: [{ id: 'mine.mood', title: 'Mood', kind: 'label', labels }] })),
    );
    expect(drafts.flatMap(({ questions }) => questions)).toContainEqual({
      metric: 'mine.mood',
      test: { is: 'equals', value: 'still' },
      seconds: 2,
    });
  });

  it('have an id that is free', () => {
    const once = withTrigger(SCENE, triggerOf(GOOD));
    const twice = EMPTY_TEMPLATE.make(material({ scene: once }));
    expect(twice.id).not.toBe(GOOD.id);
    expect(withTrigger(once, triggerOf(twice)).triggers).toHaveLength(SCENE.triggers.length + 2);
  });
});

describe('a draft', () => {
  it('takes the place of the trigger with its id', () => {
    const once = withTrigger(SCENE, triggerOf(GOOD));
    const renamed = withTrigger(once, triggerOf({ ...GOOD, name: ' Other ' }));
    expect(renamed.triggers.map(({ name }) => name)).toEqual([
      ...SCENE.triggers.map(({ name }) => name),
      'Other',
    ]);
  });

  const actionless: readonly (readonly [string, TriggerAction])[] = [
    ['Choose the scene', { do: 'obs-scene', scene: '' }],
    ['Choose the scene', { do: 'stage-scene', scene: '' }],
    ['Choose what', { do: 'show-item', item: '', seconds: 3 }],
    ['Choose the command', { do: 'command', command: '' }],
    ['chapter a title', { do: 'obs-chapter', title: '' }],
    ['begins with https://', { do: 'webhook', url: 'example.org' }],
    // What only the stage's own reader knows.
    ['without user and password', { do: 'webhook', url: 'https://me:secret@example.org' }],
    ['command', { do: 'command', command: 'no dot' }],
  ];

  it.each<readonly [string, Partial<TriggerDraft>]>([
    ['a name', { name: '  ' }],
    [
      'second number',
      { questions: [{ metric: 'a.b', test: { is: 'between', from: 3, to: 3 }, seconds: 0 }] },
    ],
    ['which value', { questions: [{ metric: 'a.b', test: { is: 'equals', value: '' }, seconds: 0 }] }],
    ...actionless.map(([words, action]) => [words, { actions: [action] }] as const),
  ])('is not kept without “%s”: %o', (words, changes) => {
    expect(draftFault({ ...GOOD, ...changes }, SCENE)).toContain(words);
  });
});
