import { PoseCoachError } from '@pose-coach/core';
import { afterEach, describe, expect, it } from 'vitest';
import { expectAccessible } from '../../base/accessibility-audit.test-data.ts';
import { AnsweringController } from '../shared/answering-controller.test-data.ts';
import { connectedObs } from '../shared/connected-obs.test-data.ts';
import {
  all,
  button,
  enter,
  eventually,
  field,
  one,
  shadowWords,
  words,
} from '../shared/in-page.test-data.ts';
import type { PoseTriggersElement } from './pose-triggers.ts';
import '../index.ts';

/** What the dancer who is live declares. */
const METRICS = [
  { id: 'dance.intensity', title: 'Intensity', kind: 'gauge', range: [0, 100] },
  { id: 'dance.jump', title: 'Jump', kind: 'event', unit: 'cm' },
  { id: 'dance.rhythm', title: 'Tempo', kind: 'gauge', unit: 'BPM', range: [40, 220] },
  {
    id: 'dance.movement',
    title: 'Movement',
    kind: 'label',
    labels: { standing: 'Standing', crouching: 'Crouching' },
  },
  {
    id: 'dance.activity',
    title: 'Activity',
    kind: 'bar',
    labels: { '0': 'Head', '1': 'Arms' },
    range: [0, 1],
  },
];

afterEach(() => document.body.replaceChildren());

async function open(): Promise<{
  readonly panel: PoseTriggersElement;
  readonly controller: AnsweringController;
}> {
  const controller = new AnsweringController();
  controller.answer('webhook.origins', () => ({ origins: ['https://example.org'] }));
  controller.state.next({ metrics: METRICS });
  const panel = document.createElement('pose-triggers');
  document.body.style.background = '#060b18';
  panel.controller = controller;
  document.body.append(panel);
  await eventually(() => button(panel, 'A jump makes a sound'));
  return { panel, controller };
}

/** Adds a trigger from a template, as it is. */
async function add(panel: PoseTriggersElement, template: string): Promise<void> {
  button(panel, template).click();
  await eventually(() => button(panel, 'Add trigger'));
  button(panel, 'Add trigger').click();
  await eventually(() => button(panel, 'A jump makes a sound'));
}

function triggersOf(controller: AnsweringController) {
  return controller.scene('dance').triggers;
}

describe('<pose-triggers>', () => {
  it('makes a trigger of a template with two presses, said in a sentence', async () => {
    const { panel, controller } = await open();
    await add(panel, 'A jump makes a sound');
    await eventually(() =>
      expect(triggersOf(controller)).toEqual([
        {
          id: 'trigger-1',
          name: 'Jump sound',
          enabled: true,
          when: [{ metric: 'dance.jump', when: { happens: true } }],
          actions: [{ do: 'sound', sound: 'drum' }],
          coolDown: 1,
        },
      ]),
    );
    expect(shadowWords(panel)).toContain('When “Jump” happens: play the sound “Drum”, cool-down 1 s.');
    expect(panel.shadowRoot?.activeElement).toBe(button(panel, 'Edit “Jump sound”'));
  });

  it('writes any condition and action, and says them while they are written', async () => {
    const { panel, controller } = await open();
    controller.obs.next(connectedObs());
    button(panel, 'Something else').click();
    await eventually(() => field(panel, 'When'));
    // Several numbers at once cannot be asked.
    const metrics = [...field<HTMLSelectElement>(panel, 'When').options].map(({ value }) => value);
    expect(metrics).toEqual([
      'stage.score',
      'stage.combo',
      'dance.intensity',
      'dance.jump',
      'dance.rhythm',
      'dance.movement',
    ]);
    await enter(field(panel, 'Name'), 'Fast crouch');
    await enter(field<HTMLSelectElement>(panel, 'When'), 'dance.movement');
    await eventually(() => expect(field(panel, 'does what').value).toBe('equals'));
    await enter(field<HTMLSelectElement>(panel, 'value'), 'crouching');
    await enter(field(panel, 'held for'), '2');
    button(panel, 'Add a condition').click();
    await eventually(() => field(panel, 'and'));
    await enter(field<HTMLSelectElement>(panel, 'and'), 'dance.rhythm');
    await eventually(() => expect(field(panel, 'does what', 1).value).toBe('above'));
    await enter(field<HTMLSelectElement>(panel, 'does what', 1), 'between');
    await eventually(() => field(panel, 'value (40 to 220)'));
    await enter(field(panel, 'value (40 to 220)'), '110');
    await enter(field(panel, 'up to'), '130');
    await enter(field(panel, 'held for', 1), '0');
    await enter(field<HTMLSelectElement>(panel, 'Do'), 'obs-scene');
    await eventually(() => expect(field(panel, 'Scene in OBS').value).toBe('Verse'));
    await enter(field(panel, 'Scene in OBS'), 'Chorus');
    button(panel, 'Add an action').click();
    await eventually(() => expect(all(panel, '[aria-label="Action 2"]')).toHaveLength(1));
    await enter(field<HTMLSelectElement>(panel, 'and', 1), 'webhook');
    await eventually(() => expect(shadowWords(panel)).toContain('Allowed: https://example.org.'));
    await eventually(() =>
      expect(words(one(panel, 'form .sentence'))).toBe(
        'When Movement is “Crouching” for 2 s and Tempo is between 110 and 130 BPM: ' +
          'switch OBS to scene “Chorus”, then post to https://example.org/, cool-down 10 s.',
      ),
    );
    button(panel, 'Add trigger').click();
    await eventually(() =>
      expect(triggersOf(controller)).toEqual([
        {
          id: 'trigger-1',
          name: 'Fast crouch',
          enabled: true,
          when: [
            { metric: 'dance.movement', when: { equals: 'crouching' }, for: 2 },
            { metric: 'dance.rhythm', when: { above: 110 } },
            { metric: 'dance.rhythm', when: { below: 130 } },
          ],
          actions: [
            { do: 'obs-scene', scene: 'Chorus' },
            { do: 'webhook', url: 'https://example.org/' },
          ],
          coolDown: 10,
        },
      ]),
    );
  });

  it('says what is missing before it keeps anything, and keeps what is there when it is cancelled', async () => {
    const { panel, controller } = await open();
    await add(panel, 'A jump makes a sound');
    await eventually(() => expect(triggersOf(controller)).toHaveLength(1));
    button(panel, 'Edit “Jump sound”').click();
    await eventually(() => expect(panel.shadowRoot?.activeElement).toBe(field(panel, 'Name')));
    await enter(field(panel, 'Name'), ' ');
    button(panel, 'Save').click();
    await eventually(() => expect(one(panel, '[role=alert]').textContent).toBe('Give the trigger a name.'));
    one(panel, 'form').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await eventually(() => button(panel, 'Edit “Jump sound”'));
    expect(controller.changes).toHaveLength(1);
  });

  it('switches a trigger off and on, deletes it, and brings it back where it was', async () => {
    const { panel, controller } = await open();
    await add(panel, 'A jump makes a sound');
    await add(panel, 'A tempo in a range');
    one(panel, '[role=switch]').click();
    await eventually(() =>
      expect(triggersOf(controller).map(({ enabled }) => enabled)).toEqual([false, true]),
    );
    button(panel, 'Delete “Jump sound”').click();
    await eventually(() => expect(triggersOf(controller).map(({ name }) => name)).toEqual(['In tempo']));
    await eventually(() => expect(panel.shadowRoot?.activeElement).toBe(button(panel, 'Undo')));
    button(panel, 'Undo').click();
    await eventually(() =>
      expect(triggersOf(controller).map(({ name }) => name)).toEqual(['Jump sound', 'In tempo']),
    );
  });

  it('tries a trigger dry and for good, and tells what became of each action', async () => {
    const { panel, controller } = await open();
    await add(panel, 'A jump makes a sound');
    const action = { do: 'sound', sound: 'drum' } as const;
    controller.answer('trigger.test', ({ dry }) => ({
      outcomes: [{ action, ok: dry, message: dry ? 'Would: drum.' : 'Not done: no overlay is open.' }],
    }));
    button(panel, 'What would it do? – “Jump sound”').click();
    await eventually(() =>
      expect(all(panel, '.trigger .ok').map(words)).toEqual(['✓ Would: play the sound “Drum”.']),
    );
    button(panel, 'Test now – “Jump sound”').click();
    await eventually(() =>
      expect(all(panel, '.trigger .failed').map(words)).toEqual(['✕ Not done: no overlay is open.']),
    );
    // What was done for good is listed, as a test; what was only asked for is not.
    expect(all(panel, '.log li .row').map((row) => words(row.lastElementChild as HTMLElement))).toEqual([
      'test',
    ]);
    expect(all(panel, '.log .failed').map(words)).toEqual(['✕ Not done: no overlay is open.']);
    expect(controller.asked('trigger.test')).toEqual([
      { scene: 'dance', trigger: 'trigger-1', dry: true },
      { scene: 'dance', trigger: 'trigger-1', dry: false },
    ]);
    controller.answer('trigger.test', () => {
      throw new PoseCoachError('STAGE_INVALID', 'That trigger is not there any more.');
    });
    button(panel, 'Test now – “Jump sound”').click();
    await eventually(() =>
      expect(words(one(panel, '[role=alert]'))).toBe('That trigger is not there any more.'),
    );
  });

  it('lists what has fired, the newest first', async () => {
    const { panel, controller } = await open();
    await add(panel, 'A jump makes a sound');
    const action = { do: 'sound', sound: 'drum' } as const;
    for (const [trigger, message] of [
      ['trigger-1', 'Done: play it.'],
      ['gone', 'Not done: it is gone.'],
    ] as const) {
      const outcomes = [{ action, ok: trigger === 'trigger-1', message }];
      controller.fired.next({ type: 'fired', scene: 'dance', trigger, at: Date.now(), outcomes });
    }
    await eventually(() => expect(all(panel, '.log strong').map(words)).toEqual(['gone', 'Jump sound']));
    expect(all(panel, '.trigger.fired')).toHaveLength(1);
    expect(all(panel, '.log .outcomes').map(words)).toEqual([
      '✕ Not done: it is gone.',
      '✓ Done: play the sound “Drum”.',
    ]);
    expect(all(panel, '.log .badge')).toEqual([]);
  });

  it('shows what is hidden where there is something, and else says what to do first', async () => {
    const { panel, controller } = await open();
    const help = 'It is on the stage already: hide it first, so that showing it is seen.';
    button(panel, 'Going all out shows a widget').click();
    await eventually(() => expect(shadowWords(panel)).toContain(help));
    button(panel, 'Cancel').click();
    const { stage } = controller.stage.value;
    const hide = ({ id, items, ...scene }: (typeof stage.scenes)[number]) => ({
      ...scene,
      id,
      items: items.map((item) =>
        item.kind === 'skeleton' ? item : { ...item, visible: item.id !== 'tempo' },
      ),
    });
    controller.stage.next({ ...controller.stage.value, stage: { ...stage, scenes: stage.scenes.map(hide) } });
    await eventually(() => button(panel, 'Going all out shows a widget'));
    button(panel, 'Going all out shows a widget').click();
    await eventually(() => expect(field<HTMLSelectElement>(panel, 'What').value).toBe('tempo'));
    expect(shadowWords(panel)).not.toContain(help);
  });

  it('shows those of another scene, and says when they are at work', async () => {
    const { panel, controller } = await open();
    await enter(field<HTMLSelectElement>(panel, 'Triggers of the scene'), 'vertical');
    await eventually(() => expect(shadowWords(panel)).toContain('when this scene is on the stream'));
    await add(panel, 'A jump makes a sound');
    await eventually(() => expect(controller.scene('vertical').triggers).toHaveLength(1));
    expect(triggersOf(controller)).toEqual([]);
  });

  it('shows what somebody else made of the scene when they were quicker', async () => {
    const { panel, controller } = await open();
    controller.refusal = new PoseCoachError('STAGE_OUTDATED', 'Somebody else changed this scene.');
    await add(panel, 'A jump makes a sound');
    await eventually(() => expect(shadowWords(panel)).toContain('Somebody else changed this scene.'));
    expect(all(panel, '.trigger')).toEqual([]);
  });

  it('passes the accessibility audit with nothing, with a list, and while one is written', async () => {
    const { panel, controller } = await open();
    await expectAccessible(panel);
    await add(panel, 'A jump makes a sound');
    await add(panel, 'Going all out shows a widget');
    const outcomes = [{ action: { do: 'sound', sound: 'drum' } as const, ok: false, message: 'Not done.' }];
    controller.fired.next({ type: 'fired', scene: 'dance', trigger: 'trigger-1', at: Date.now(), outcomes });
    await panel.updateComplete;
    await expectAccessible(panel);
    button(panel, 'Edit “All out”').click();
    await eventually(() => button(panel, 'Save'));
    await enter(field(panel, 'Name'), '');
    button(panel, 'Save').click();
    await eventually(() => one(panel, '[role=alert]'));
    await expectAccessible(panel);
  });
});
