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
import type { PoseObsElement } from './pose-obs.ts';
import '../index.ts';

const PASSWORD = 'a password of nobody';

afterEach(() => document.body.replaceChildren());

/** The panel in the page, with a server in the test's hands whose OBS has a camera with a filter, and a text. */
async function open(controller = new AnsweringController()): Promise<{
  readonly panel: PoseObsElement;
  readonly controller: AnsweringController;
}> {
  controller.answer('obs.sources', () => ({
    sources: [
      { name: 'Microphone', kind: 'pulse_input_capture', filters: [] },
      { name: 'Camera', kind: 'v4l2_input', filters: [{ name: 'Glow', kind: 'color_filter_v2' }] },
      { name: 'BPM', kind: 'text_ft2_source_v2', filters: [] },
    ],
  }));
  const panel = document.createElement('pose-obs');
  document.body.style.background = '#060b18';
  panel.controller = controller;
  document.body.append(panel);
  await eventually(() => one(panel, 'h3'));
  return { panel, controller };
}

function choices(panel: PoseObsElement, title: string): string[] {
  const listed = field(panel, title).getAttribute('list');
  return all<HTMLOptionElement>(panel, `#${listed} option`).map(({ value }) => value);
}

describe('<pose-obs compact>', () => {
  it('shows the connection and setting up alone, and tells what setting up did', async () => {
    const { panel, controller } = await open();
    panel.compact = true;
    panel.style.width = '330px';
    const steps = [{ what: 'Browser source “Pose Coach”', outcome: 'created' }] as const;
    controller.answer('obs.setup', () => ({ steps }));
    controller.obs.next(connectedObs());
    await eventually(() => button(panel, 'Set up OBS'));
    expect(all(panel, '.card h3').map(words)).toEqual(['Overlay in OBS']);
    expect(panel.scrollWidth).toBeLessThanOrEqual(330);
    await expectAccessible(panel);
    const told: unknown[] = [];
    panel.addEventListener('pose-obs-set-up', (event) => told.push((event as CustomEvent).detail));
    button(panel, 'Set up OBS').click();
    await eventually(() => expect(told).toEqual([steps]));
  });
});

describe('<pose-obs> while OBS is not connected', () => {
  it('says what it reads before it does, then finds and connects to the OBS of the server’s computer', async () => {
    const { panel, controller } = await open();
    expect(shadowWords(panel)).toContain('Reads port and password of OBS’s WebSocket server');
    expect(controller.requests).toEqual([]);
    controller.answer('obs.find', () => ({
      found: true,
      address: 'ws://127.0.0.1:4455',
      message: 'OBS is on this computer.',
    }));
    controller.answer('obs.connect', () => ({ status: connectedObs() }));
    button(panel, 'Connect to OBS on this computer').click();
    await eventually(() => expect(controller.asked('obs.connect')).toEqual([{ remember: true }]));
    controller.obs.next(connectedObs());
    await eventually(() => expect(one(panel, 'h3').textContent).toContain('OBS 30.2.3 is connected'));
  });

  it('says what to click where OBS was not found, and does not connect', async () => {
    const { panel, controller } = await open();
    const message = 'The WebSocket server of OBS is switched off. In OBS, open Tools.';
    controller.answer('obs.find', () => ({ found: true, message }));
    button(panel, 'Connect to OBS on this computer').click();
    await eventually(() => expect(one(panel, '[role=alert]').textContent).toBe(message));
    expect(controller.asked('obs.connect')).toEqual([]);
  });

  it('sends an address and a password once, and forgets the password', async () => {
    const { panel, controller } = await open();
    controller.answer('obs.connect', () => ({ status: { status: 'off' } }));
    const password = field(panel, 'Password');
    expect(password.type).toBe('password');
    expect(password.autocomplete).toBe('off');
    await enter(field(panel, 'Address'), ' 192.168.1.20:4455 ');
    await enter(password, PASSWORD);
    one(panel, '.check input').click();
    one<HTMLFormElement>(panel, 'form').requestSubmit();
    expect(password.value).toBe('');
    await eventually(() =>
      expect(controller.asked('obs.connect')).toEqual([
        { address: '192.168.1.20:4455', password: PASSWORD, remember: false },
      ]),
    );
    expect(panel.shadowRoot?.innerHTML).not.toContain(PASSWORD);
  });

  it('shows why OBS refused, with the form at hand, and what the server says to a request', async () => {
    const { panel, controller } = await open();
    controller.obs.next({
      status: 'refused',
      address: 'ws://127.0.0.1:4460',
      message: 'Wrong password: copy it.',
    });
    await eventually(() => expect(shadowWords(panel)).toContain('Wrong password: copy it.'));
    expect(one<HTMLDetailsElement>(panel, 'details').open).toBe(true);
    controller.answer('obs.find', () => {
      throw new PoseCoachError('OBS_UNSUPPORTED', 'This server’s OBS belongs to another channel.');
    });
    button(panel, 'Connect to OBS on this computer').click();
    await eventually(() => expect(shadowWords(panel)).toContain('belongs to another channel'));
  });

  it('waits for an OBS that was closed, in words, until it is told to stop', async () => {
    const { panel, controller } = await open();
    controller.obs.next({
      status: 'waiting',
      address: 'ws://127.0.0.1:4455',
      message: 'OBS was closed.',
      retryAt: 0,
    });
    await eventually(() =>
      expect(shadowWords(panel)).toContain('OBS was closed. It is tried again by itself'),
    );
    controller.answer('obs.disconnect', () => ({}));
    button(panel, 'Stop trying').click();
    await eventually(() => expect(controller.asked('obs.disconnect')).toHaveLength(1));
  });

  it('says so when the server is gone, and comes back with it', async () => {
    const { panel, controller } = await open();
    const error = new PoseCoachError('CONNECTION_LOST', 'Nobody answers.');
    controller.status.next({ status: 'waiting', error, retryAt: 0 });
    await eventually(() => expect(shadowWords(panel)).toContain('The overlay server does not answer'));
    controller.status.next({ status: 'connected' });
    await eventually(() => button(panel, 'Connect to OBS on this computer'));
  });
});

describe('<pose-obs> while OBS is connected', () => {
  async function connected(changes: Parameters<typeof connectedObs>[0] = {}) {
    const controller = new AnsweringController();
    controller.obs.next(connectedObs(changes));
    const opened = await open(controller);
    await eventually(() => expect(controller.asked('obs.sources')).toHaveLength(1));
    return opened;
  }

  it('sets OBS up with one press and tells of each step what to click', async () => {
    const { panel, controller } = await connected();
    controller.answer('obs.setup', () => ({
      steps: [
        { what: 'Scene “Verse”', outcome: 'unchanged' },
        {
          what: 'Browser source “Pose Coach”',
          outcome: 'impossible',
          detail: 'Take OBS from obsproject.com.',
        },
      ],
    }));
    button(panel, 'Set up OBS').click();
    await eventually(() =>
      expect(all(panel, '.steps li').map(words)).toEqual([
        'was right Scene “Verse”',
        'not possible Browser source “Pose Coach” Take OBS from obsproject.com.',
      ]),
    );
    expect(controller.asked('obs.setup')).toEqual([{}]);
    await enter(field(panel, 'Scene in OBS'), 'Chorus');
    await enter(field<HTMLSelectElement>(panel, 'shows the overlay’s scene'), 'vertical');
    await eventually(() => expect(shadowWords(panel)).toContain('into the scene “Chorus”'));
    button(panel, 'Set up OBS').click();
    await eventually(() =>
      expect(controller.asked('obs.setup')[1]).toEqual({ scene: 'Chorus', stageScene: 'vertical' }),
    );
  });

  it('asks once however often a button is pressed while the answer is waited for', async () => {
    const { panel, controller } = await connected();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    controller.answer('obs.refresh', async () => {
      await answered;
      return {};
    });
    const refresh = button(panel, 'Reload if it is black');
    refresh.click();
    await eventually(() => expect(refresh.ariaBusy).toBe('true'));
    refresh.click();
    answer();
    await eventually(() => expect(refresh.ariaBusy).toBe('false'));
    expect(controller.asked('obs.refresh')).toHaveLength(1);
  });

  it('shows and hides the overlay and switches scenes', async () => {
    const { panel, controller } = await connected();
    for (const method of ['obs.show', 'obs.scene'] as const) controller.answer(method, () => ({}));
    button(panel, 'Hide the overlay in OBS').click();
    button(panel, 'Show the overlay in OBS').click();
    button(panel, 'Chorus').click();
    await eventually(() => expect(controller.asked('obs.scene')).toEqual([{ scene: 'Chorus' }]));
    expect(controller.asked('obs.show')).toEqual([{ visible: false }, { visible: true }]);
    // What is on air is what OBS says, not what was asked for.
    expect(button(panel, 'Verse').ariaPressed).toBe('true');
    controller.obs.next(connectedObs({ scene: 'Chorus' }));
    await eventually(() => expect(button(panel, 'Chorus').ariaPressed).toBe('true'));
  });

  it('records, tells how long and where to, and marks chapters meanwhile', async () => {
    const { panel, controller } = await connected();
    controller.answer('obs.record', ({ to }) => (to === 'stop' ? { file: '/videos/dance.mkv' } : {}));
    controller.answer('obs.chapter', () => ({ how: 'file', file: '/data/dance.chapters.txt' }));
    expect(field(panel, 'Chapter').disabled).toBe(true);
    button(panel, 'Start recording').click();
    controller.obs.next(connectedObs({ recording: true, recordedFor: 754_000 }));
    await eventually(() => expect(one(panel, '.time').textContent).toMatch(/^12:\d\d$/));
    await enter(field(panel, 'Chapter'), 'Second verse');
    one(panel, '.chapter').click();
    await eventually(() =>
      expect(shadowWords(panel)).toContain('with its time in /data/dance.chapters.txt.'),
    );
    expect(controller.asked('obs.chapter')).toEqual([{ title: 'Second verse' }]);
    button(panel, 'Stop recording').click();
    await eventually(() => expect(shadowWords(panel)).toContain('Recorded: /videos/dance.mkv'));
    expect(controller.asked('obs.record')).toEqual([{ to: 'start' }, { to: 'stop' }]);
  });

  it('streams only after it was confirmed', async () => {
    const { panel, controller } = await connected();
    controller.answer('obs.stream', () => ({}));
    button(panel, 'Start streaming').click();
    await eventually(() => button(panel, 'Not now'));
    button(panel, 'Not now').click();
    await eventually(() => expect(all(panel, '.confirm')).toEqual([]));
    expect(controller.asked('obs.stream')).toEqual([]);
    button(panel, 'Start streaming').click();
    await eventually(() => expect(panel.shadowRoot?.activeElement).toBe(one(panel, '.yes')));
    button(panel, 'Start the stream').click();
    await eventually(() => expect(controller.asked('obs.stream')).toEqual([{ to: 'start' }]));
  });

  it('measures the delay and sets it on the camera that it finds', async () => {
    const { panel, controller } = await connected();
    controller.answer('delay.measure', () => ({
      median: 83.4,
      longest: 120,
      overlays: 1,
      message: 'It takes 83 ms.',
    }));
    controller.answer('obs.delay', ({ source, milliseconds }) => ({
      step: { what: `Render Delay on “${source}”`, outcome: 'created', detail: `Set to ${milliseconds} ms.` },
    }));
    button(panel, 'Measure').click();
    await eventually(() => expect(shadowWords(panel)).toContain('It takes 83 ms.'));
    expect(field(panel, 'Camera in OBS').value).toBe('Camera');
    button(panel, 'Set the Render Delay').click();
    await eventually(() =>
      expect(shadowWords(panel)).toContain('made Render Delay on “Camera” Set to 83 ms.'),
    );
  });

  it('keeps with the scene what follows a metric, once it can be meant', async () => {
    const { panel, controller } = await connected();
    button(panel, 'A text says a metric').click();
    await eventually(() => field(panel, 'Text source in OBS'));
    expect(choices(panel, 'Text source in OBS')).toEqual(['BPM']);
    button(panel, 'Add').click();
    await eventually(() => expect(shadowWords(panel)).toContain('Choose the text source in OBS'));
    expect(controller.changes).toEqual([]);
    await enter(field(panel, 'Text source in OBS'), 'BPM');
    await enter(field(panel, 'Says ({value} and {unit} are filled in)'), 'Score {value}');
    button(panel, 'Add').click();
    await eventually(() =>
      expect(controller.scene('dance').bindings).toEqual([
        { kind: 'text', id: 'text-1', metric: 'stage.score', input: 'BPM', text: 'Score {value}' },
      ]),
    );
    button(panel, 'A filter follows a metric').click();
    await eventually(() => field(panel, 'Filter'));
    await enter(field(panel, 'Source in OBS'), 'Camera');
    await eventually(() => expect(choices(panel, 'Filter')).toEqual(['Glow']));
    await enter(field(panel, 'Filter'), 'Glow');
    await eventually(() => expect(choices(panel, 'Setting')).toContain('hue_shift'));
    await enter(field(panel, 'To: setting'), '0.8');
    button(panel, 'Add').click();
    await eventually(() =>
      expect(controller.scene('dance').bindings[1]).toMatchObject({ filter: 'Glow', to: [0, 0.8] }),
    );
    button(panel, 'Remove: Text').click();
    await eventually(() =>
      expect(controller.scene('dance').bindings.map(({ id }) => id)).toEqual(['filter-1']),
    );
  });

  it('says what an OBS cannot do and what to do instead', async () => {
    const { panel } = await connected({
      abilities: { browserSource: false, chapters: false, renderDelay: false, virtualCamera: true },
    });
    const text = shadowWords(panel);
    expect(text).toContain('What this OBS cannot do (4)');
    expect(text).toContain('Window Capture');
    expect(all(panel, 'button').some(({ textContent }) => textContent?.trim() === 'Set')).toBe(false);
  });

  it('passes the accessibility audit in every state', async () => {
    const { panel, controller } = await connected({ recording: true, recordedFor: 1000 });
    button(panel, 'Start streaming').click();
    button(panel, 'A filter follows a metric').click();
    await eventually(() => button(panel, 'Not now'));
    for (const details of all<HTMLDetailsElement>(panel, 'details')) details.open = true;
    await expectAccessible(panel);
    for (const status of [
      { status: 'off' },
      { status: 'connecting', address: 'ws://127.0.0.1:4455' },
      { status: 'waiting', address: 'ws://127.0.0.1:4455', message: 'OBS was closed.', retryAt: 0 },
      { status: 'refused', address: 'ws://127.0.0.1:4455', message: 'Wrong password.' },
    ] as const) {
      controller.obs.next(status);
      await panel.updateComplete;
      await expectAccessible(panel);
    }
  });
});
