import { PoseCoachError } from '@pose-coach/core';
import { afterEach, describe, expect, it } from 'vitest';
import { expectAccessible } from '../../base/accessibility-audit.test-data.ts';
import { reading } from '../../stage/reading.test-data.ts';
import { scriptedSubscriber } from '../../stage/scripted-subscriber.test-data.ts';
import { AnsweringController } from '../shared/answering-controller.test-data.ts';
import { connectedObs } from '../shared/connected-obs.test-data.ts';
import { all, button, eventually, nameOf, one, shadowWords, words } from '../shared/in-page.test-data.ts';
import type { PoseDockElement } from './pose-dock.ts';
import '../index.ts';

afterEach(() => document.body.replaceChildren());

async function open(
  controller: AnsweringController | undefined = new AnsweringController(),
): Promise<{ readonly dock: PoseDockElement; readonly controller: AnsweringController }> {
  const dock = document.createElement('pose-dock');
  document.body.style.background = '#0b1120';
  dock.style.width = '300px';
  dock.controller = controller;
  document.body.append(dock);
  await dock.updateComplete;
  return { dock, controller };
}

function pressed(dock: PoseDockElement, group: string): string[] {
  const list = one(dock, '.choices', group);
  return [...list.querySelectorAll<HTMLElement>('[aria-pressed=true]')].map(nameOf);
}

/** An OBS that does at once what it is asked for. */
function obedient(controller: AnsweringController): AnsweringController {
  const change = (changes: Parameters<typeof connectedObs>[0]) => controller.obs.next(connectedObs(changes));
  controller.answer('obs.record', ({ to }) => {
    change({ recording: to === 'start' });
    return {};
  });
  controller.answer('obs.stream', ({ to }) => {
    change({ streaming: to === 'start' });
    return {};
  });
  controller.answer('obs.scene', ({ scene }) => {
    change({ scene });
    return {};
  });
  controller.answer('obs.refresh', () => ({}));
  return controller;
}

describe('<pose-dock>', () => {
  it.each([
    ['without OBS', undefined],
    ['with OBS', connectedObs()],
    ['on air', connectedObs({ recording: true, streaming: true })],
  ])('passes the accessibility audit %s, at 300 pixels', async (_, obs) => {
    const { dock, controller } = await open();
    if (obs) controller.obs.next(obs);
    controller.source.next({ live: true, generation: 1 });
    await dock.updateComplete;
    await expectAccessible(dock);
    expect(dock.scrollWidth).toBeLessThanOrEqual(300);
  });

  it('says what to do without a server, and while it does not answer', async () => {
    const dock = document.createElement('pose-dock');
    document.body.append(dock);
    await dock.updateComplete;
    expect(one(dock, '[role=alert]').textContent).toContain('address that the server printed');
    const { dock: second, controller } = await open();
    const error = new PoseCoachError('CONNECTION_LOST', 'It is gone.');
    controller.status.next({ status: 'waiting', error, retryAt: 0 });
    await second.updateComplete;
    expect(one(second, '[role=alert]').textContent).toContain('does not answer');
    expect(all<HTMLButtonElement>(second, 'button').every(({ disabled }) => disabled)).toBe(true);
  });

  it('puts another scene of the overlay on air, and hides all of it', async () => {
    const { dock, controller } = await open();
    expect(pressed(dock, 'Scenes of the overlay')).toEqual(['Dance']);
    button(dock, 'Just the skeleton').click();
    await eventually(() =>
      expect(controller.changes.map(({ change }) => change)).toEqual([{ current: 'skeleton' }]),
    );
    expect(pressed(dock, 'Scenes of the overlay')).toEqual(['Just the skeleton']);
    button(dock, 'Hide overlay').click();
    await eventually(() => expect(controller.stage.value.stage.hidden).toBe(true));
    await eventually(() => expect(button(dock, 'Hide overlay').getAttribute('aria-pressed')).toBe('true'));
    button(dock, 'Hide overlay').click();
    await eventually(() => expect(controller.stage.value.stage.hidden).toBe(false));
  });

  it('has arrow keys go from scene to scene, and around', async () => {
    const { dock } = await open();
    const list = one(dock, '.choices', 'Scenes of the overlay');
    const names: string[] = [];
    button(dock, 'Dance').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'Home', 'End', 'a']) {
      dock.shadowRoot?.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      names.push(nameOf(dock.shadowRoot?.activeElement as HTMLElement));
    }
    expect(list.contains(dock.shadowRoot?.activeElement ?? null)).toBe(true);
    expect(names).toEqual([
      'Just the skeleton',
      'Vertical',
      'Dance',
      'Vertical',
      'Dance',
      'Vertical',
      'Vertical',
    ]);
  });

  it('records, switches scenes and refreshes in OBS', async () => {
    const { dock, controller } = await open(obedient(new AnsweringController()));
    controller.obs.next(connectedObs());
    await dock.updateComplete;
    button(dock, 'Record').click();
    await eventually(() => expect(words(button(dock, 'Stop recording'))).toBe('Stop recording0:00'));
    button(dock, 'Stop recording').click();
    await eventually(() => button(dock, 'Record'));
    expect(controller.asked('obs.record')).toEqual([{ to: 'start' }, { to: 'stop' }]);
    button(dock, 'Chorus').click();
    await eventually(() => expect(pressed(dock, 'Scenes of OBS')).toEqual(['Chorus']));
    button(dock, 'Refresh overlay').click();
    await eventually(() => expect(controller.asked('obs.refresh')).toHaveLength(1));
  });

  it('ends a stream at the second press alone', async () => {
    const { dock, controller } = await open(obedient(new AnsweringController()));
    controller.obs.next(connectedObs());
    await dock.updateComplete;
    button(dock, 'Stream').click();
    await eventually(() => button(dock, 'End stream'));
    button(dock, 'End stream').click();
    await eventually(() => button(dock, 'Press again to end'));
    expect(controller.asked('obs.stream')).toEqual([{ to: 'start' }]);
    button(dock, 'Press again to end').click();
    await eventually(() => expect(controller.asked('obs.stream')).toEqual([{ to: 'start' }, { to: 'stop' }]));
    await eventually(() => button(dock, 'Stream'));
  });

  it('shows why OBS did not do it', async () => {
    const { dock, controller } = await open();
    controller.obs.next(connectedObs());
    await dock.updateComplete;
    controller.refusal = new PoseCoachError('OBS_FAILED', 'Set a service under Settings → Stream.');
    button(dock, 'Stream').click();
    await eventually(() =>
      expect(one(dock, '[role=alert]').textContent).toBe('Set a service under Settings → Stream.'),
    );
  });

  it('shows points and what is said, and has the points begin again', async () => {
    const { dock, controller } = await open();
    controller.answer('score.reset', () => ({}));
    const cue = { timestamp: 0, joints: [], source: 'test' };
    controller.readings.next({
      readings: [reading('stage.score', 4200), reading('stage.combo', 7), reading('dance.tempo', 1)],
      cues: [
        { ...cue, id: 'a', severity: 'hint', message: 'Higher.' },
        { ...cue, id: 'b', severity: 'praise', message: 'Well done.' },
      ],
    });
    await dock.updateComplete;
    expect(all(dock, 'dd').map(words)).toEqual(['4200', '7']);
    const said = all(dock, '.cues li').map((item) => [
      item.querySelector('[role=img]')?.getAttribute('aria-label'),
      item.children[1]?.textContent,
    ]);
    expect(said).toEqual([
      ['Praise', 'Well done.'],
      ['Hint', 'Higher.'],
    ]);
    button(dock, 'Reset scores').click();
    await eventually(() => expect(controller.asked('score.reset')).toHaveLength(1));
  });

  it('counts poses only where it can, and lets everything go when it leaves the page', async () => {
    const { dock, controller } = await open();
    controller.source.next({ live: true, generation: 1 });
    await dock.updateComplete;
    expect(shadowWords(dock)).not.toContain('poses/s');
    const channel = scriptedSubscriber();
    dock.subscriber = channel.subscriber;
    await eventually(() => expect(shadowWords(dock)).toContain('0 poses/s'));
    dock.remove();
    expect(channel.observed).toBe(false);
    const subjects = [
      controller.status,
      controller.stage,
      controller.source,
      controller.readings,
      controller.obs,
    ];
    expect(subjects.map(({ observed }) => observed)).toEqual([false, false, false, false, false]);
    document.body.append(dock);
    await eventually(() => expect(pressed(dock, 'Scenes of the overlay')).toEqual(['Dance']));
    expect(controller.readings.observed).toBe(true);
  });
});
