import type { CoachFrame, PoseFrame } from '@pose-coach/core';
import {
  createExtensions,
  type ExtensionSource,
  type Extensions,
  memoryStorage,
} from '@pose-coach/core/extensions';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { HELLO, handAt, helloManifest, helloPackage } from '../extensions/hello-extension.test-data.ts';
import { OWN_KEYS } from '../extensions/key-combination.ts';
import type { PermissionQuestion } from '../extensions/permission-question.ts';
import { inState, inside, poseCoach, text } from './in-page.test-data.ts';
import type { PoseCoachElement } from './pose-coach.ts';

/** An extension at an address: isolated, and one that asks for the permission `storage`. */
const GREETING = '/packages/elements/src/extensions/greeting-extension.test-data';

beforeEach(() => localStorage.clear());
afterEach(() => document.body.replaceChildren());

/** A coach that runs on frames given by hand, and everything that it has told. */
async function running(changes: Partial<PoseCoachElement>) {
  const frames = new Subject<PoseFrame>();
  const told: CoachFrame[] = [];
  const element = await poseCoach({ source: { kind: 'poses', frames }, ...changes });
  element.addEventListener('pose-frame', ({ detail }) => told.push(detail));
  element.start();
  await inState(element, 'loading');
  let at = 0;
  const give = (percent = 20) => {
    at += 33;
    frames.next(handAt(percent, at));
  };
  give();
  await inState(element, 'running');
  return { element, told, give };
}

async function ready(element: PoseCoachElement): Promise<Extensions> {
  return await vi.waitFor(
    () => {
      const { coachExtensions } = element;
      if (!coachExtensions) throw new Error('The extensions are not there yet.');
      return coachExtensions;
    },
    { timeout: 20_000 },
  );
}

/** Gives frames until something holds. */
async function givingUntil(give: () => void, check: () => void): Promise<void> {
  await vi.waitFor(
    () => {
      give();
      check();
    },
    { timeout: 20_000, interval: 20 },
  );
}

/** What extensions show on top: a shadow of its own in the element's stage. */
function layer(element: PoseCoachElement): HTMLElement {
  return inside(element, '.extension-layer');
}

function question(element: PoseCoachElement): HTMLElement {
  return inside(layer(element), '[role=dialog]');
}

async function asked(element: PoseCoachElement): Promise<HTMLElement> {
  return await vi.waitFor(() => question(element), { timeout: 20_000 });
}

function press(target: Element, key: string, code = `Key${key.toUpperCase()}`): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, code, bubbles: true, composed: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

describe('<pose-coach> with extensions', () => {
  it('goes on while they load, without losing a frame, and has their readings from then on', async () => {
    const { element, told, give } = await running({ extensions: [helloPackage()] });
    let given = 1;
    const heights = () =>
      told.flatMap(({ readings }) => readings.filter(({ metric }) => metric === 'hello.height'));
    await givingUntil(
      () => {
        give();
        given++;
      },
      () => expect(heights().length).toBeGreaterThan(3),
    );
    expect(told).toHaveLength(given);
    expect(told.map(({ frame }) => frame.dropped)).toEqual(told.map(() => 0));
    expect(heights()[0]).toMatchObject({ value: 20, status: 'ok' });
    await expectAccessible(element);
  });

  it('tells when they are there and when they are gone', async () => {
    const heard: (Extensions | null)[] = [];
    const { element } = await running({});
    element.addEventListener('pose-extensions', ({ detail }) => heard.push(detail));
    expect(element.coachExtensions).toBeUndefined();
    element.extensions = [helloPackage()];
    const extensions = await ready(element);
    expect(heard).toEqual([extensions]);
    element.extensions = undefined;
    await element.updateComplete;
    expect(heard).toEqual([extensions, null]);
    expect(element.coachExtensions).toBeUndefined();
  });

  it('adds and removes them by address while it runs, isolated, without losing a frame', async () => {
    const { element, told, give } = await running({});
    let given = 1;
    const giveOne = () => {
      give();
      given++;
    };
    element.addEventListener('pose-permission-request', (event) => event.detail.answer([]));
    element.setAttribute('extensions', GREETING);
    const extensions = await ready(element);
    const counted = () =>
      told.flatMap(({ readings }) => readings.filter(({ metric }) => metric === 'greeting.frames'));
    await givingUntil(giveOne, () => expect(counted().length).toBeGreaterThan(3));
    expect(extensions.list).toMatchObject([{ id: 'extension-greeting', trust: 'isolated', state: 'active' }]);

    element.setAttribute('extensions', ` ${GREETING}/package.json  ${GREETING}/ `);
    element.setAttribute('extensions', '');
    await givingUntil(giveOne, () => expect(element.coachExtensions).toBeUndefined());
    element.setAttribute('extensions', GREETING);
    const again = await ready(element);
    const before = counted().length;
    await givingUntil(giveOne, () => expect(counted().length).toBeGreaterThan(before));
    element.extensions = [GREETING, helloPackage()];
    await givingUntil(giveOne, () =>
      expect(again.list.map(({ id }) => id)).toEqual(['extension-greeting', HELLO]),
    );
    expect(again.list[0]?.state).toBe('active');
    element.extensions = [helloPackage()];
    await givingUntil(giveOne, () => expect(again.list.map(({ id }) => id)).toEqual([HELLO]));
    expect(told).toHaveLength(given);
  });

  it('keeps them running when a page builds its list of the same ones anew', async () => {
    const hello = helloPackage();
    const { element, give } = await running({ extensions: [hello] });
    const extensions = await ready(element);
    await givingUntil(give, () => expect(extensions.list[0]?.state).toBe('active'));
    const { activationTime } = extensions.list[0] ?? {};
    element.extensions = [{ ...hello }];
    await element.updateComplete;
    give();
    expect(extensions.list).toMatchObject([{ id: HELLO, state: 'active', activationTime }]);
  });

  it('keeps them over stop and start, and makes them anew when it comes back to the page', async () => {
    const { element, give } = await running({ extensions: [helloPackage()] });
    const extensions = await ready(element);
    await givingUntil(give, () => expect(extensions.list[0]?.state).toBe('active'));
    element.stop();
    await inState(element, 'idle');
    expect(element.coachExtensions).toBe(extensions);
    expect(extensions.list[0]?.state).toBe('active');
    element.remove();
    expect(element.coachExtensions).toBeUndefined();
    document.body.append(element);
    expect((await ready(element)) === extensions).toBe(false);
    await vi.waitFor(() => expect(element.coachExtensions?.list.map(({ id }) => id)).toEqual([HELLO]));
  });

  it('uses a set that the page has made, and leaves it to the page to dispose', async () => {
    const own = createExtensions({ storage: memoryStorage(), sources: [helloPackage()] });
    const { element, give, told } = await running({ extensions: own });
    expect(await ready(element)).toBe(own);
    await givingUntil(give, () => expect(told.some(({ readings }) => readings.length > 0)).toBe(true));
    element.remove();
    expect(own.list[0]?.state).toBe('active');
    own.dispose();
  });

  it('shows what they say for a few seconds, as a polite announcement, with the joints it is about', async () => {
    const { element, told, give } = await running({ extensions: [helloPackage()] });
    await ready(element);
    await givingUntil(
      () => give(95),
      () => expect(told.some(({ cues }) => cues.length > 0)).toBe(true),
    );
    const said = inside(layer(element), '[role=status]');
    expect(said.textContent?.trim()).toBe('Well raised!');
    await expectAccessible(element);
    const style = document.createElement('style');
    style.textContent = 'pose-coach::part(cue) { color: rgb(1, 2, 3) }';
    element.append(style);
    expect(getComputedStyle(inside(layer(element), '.cue')).color).toBe('rgb(1, 2, 3)');
    // A ring of the colour of praise, around the wrist at 95 % of the height.
    const canvas = inside<HTMLCanvasElement>(layer(element), 'canvas');
    await givingUntil(
      () => give(95),
      () => {
        const { width, height } = canvas;
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height / 2).data ?? [];
        expect(
          Array.from(pixels).filter((_, index) => index % 4 === 3 && (pixels[index] ?? 0) > 0).length,
        ).toBeGreaterThan(20);
      },
    );
    await vi.waitFor(() => expect(said.textContent?.trim()).toBe(''), { timeout: 8000 });
    expect(canvas.width).toBe(0);
  });

  it('runs the commands behind their keys, and keeps its own keys', async () => {
    const heard: unknown[] = [];
    const { element } = await running({ extensions: [helloPackage({}, heard)] });
    const extensions = await ready(element);
    await vi.waitFor(() => expect(extensions.contributions('keybindings')).toHaveLength(2));
    const stage = inside(element, '.stage');
    expect(press(stage, 'd').defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(heard).toEqual([21]));
    const { mirror } = element;
    press(stage, 'm');
    expect(element.mirror).toBe(!mirror);
    const field = document.createElement('input');
    field.slot = 'controls';
    element.append(field);
    expect(press(field, 'd').defaultPrevented).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual([21]);
  });

  it('says of no key that it keeps for itself that it is free', async () => {
    const heard: unknown[] = [];
    const keys = OWN_KEYS.map((key) => ({ command: 'hello.double', key, values: [1] }));
    const { element } = await running({
      extensions: [helloPackage({ contributes: { keybindings: keys } }, heard)],
    });
    const extensions = await ready(element);
    await vi.waitFor(() => expect(extensions.contributions('keybindings')).toHaveLength(OWN_KEYS.length));
    for (const key of OWN_KEYS) press(inside(element, '.stage'), key === 'space' ? ' ' : key);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual([]);
  });

  it('shows the words of a command whose key was pressed, for a few seconds, and no other results', async () => {
    const keybindings = [
      { command: 'hello.double', key: 'w' },
      { command: 'hello.fail', key: 'x' },
    ];
    const ran: string[] = [];
    const hello: ExtensionSource = {
      manifest: helloManifest({ contributes: { keybindings } }),
      module: {
        activate(_, coach) {
          coach.commands.register('hello.double', () => 'Tempo 120 BPM.');
          coach.commands.register('hello.fail', () => ran.push('number'));
        },
      },
    };
    const { element } = await running({ extensions: [hello] });
    const extensions = await ready(element);
    await vi.waitFor(() => expect(extensions.contributions('keybindings')).toHaveLength(2));
    press(inside(element, '.stage'), 'x');
    await vi.waitFor(() => expect(ran).toEqual(['number']));
    const result = inside(layer(element), '.said[role=status]');
    expect(result.textContent?.trim()).toBe('');
    press(inside(element, '.stage'), 'w');
    await vi.waitFor(() => expect(result.textContent?.trim()).toBe('Tempo 120 BPM.'));
    await expectAccessible(element);
    await vi.waitFor(() => expect(result.textContent?.trim()).toBe(''), { timeout: 8000 });
  });

  it('says so when a command behind a key fails', async () => {
    const bindings = { keybindings: [{ command: 'hello.fail', key: 'f' }] };
    const { element } = await running({ extensions: [helloPackage({ contributes: bindings })] });
    const extensions = await ready(element);
    await vi.waitFor(() => expect(extensions.contributions('keybindings')).toHaveLength(1));
    const told = new Promise((resolve) => {
      element.addEventListener('pose-error', ({ detail }) => resolve(detail), { once: true });
    });
    press(inside(element, '.stage'), 'f');
    expect(await told).toMatchObject({ code: 'COMMAND_FAILED' });
    await vi.waitFor(() => expect(text(element)).toContain('The hand has no number.'));
  });
});

describe('the question of an extension for a permission', () => {
  it('says who asks for what, is answered by a click, and grants nothing before', async () => {
    const { element, give } = await running({ extensions: GREETING });
    const extensions = await ready(element);
    await givingUntil(give, () => question(element));
    const dialog = question(element);
    expect(dialog.textContent?.replace(/\s+/g, ' ')).toContain(
      '“Greeting” would like to keep data in this browser',
    );
    expect(dialog.textContent).toContain('extension-greeting 1.0.0');
    const { host, pathname } = new URL(`${GREETING}/package.json`, location.href);
    expect(dialog.textContent?.replace(/\s+/g, ' ')).toContain(`It comes from ${host}${pathname}.`);
    expect(dialog.textContent).toContain(
      'It runs apart from this page, where it may see the positions of bodies.',
    );
    expect(extensions.list[0]?.granted).not.toContain('storage');
    await expectAccessible(element);
    expect(inside(layer(element), '.only-read').textContent).toContain(
      'The extension Greeting asks for a permission.',
    );
    dialog.querySelector<HTMLButtonElement>('button.primary')?.click();
    await givingUntil(give, () => expect(extensions.list[0]?.state).toBe('active'));
    expect(extensions.list[0]?.granted).toContain('storage');
    expect(await extensions.commands.execute('greeting.starts')).toBe(1);
    expect(() => question(element)).toThrow();
  });

  it('is refused by Escape, and the focus goes where it was', async () => {
    const { element, give } = await running({ extensions: GREETING });
    const extensions = await ready(element);
    inside(element, '.stage').focus();
    await givingUntil(give, () => question(element));
    expect(layer(element).shadowRoot?.activeElement).toBe(question(element));
    press(question(element), 'Escape', 'Escape');
    expect(() => question(element)).toThrow();
    expect(element.shadowRoot?.activeElement).toBe(inside(element, '.stage'));
    await givingUntil(give, () => expect(extensions.list[0]?.state).toBe('active'));
    expect(extensions.list[0]?.granted).toEqual(['poses']);
    await expect(extensions.commands.execute('greeting.starts')).rejects.toThrow(/storage/);
  });

  /** The list of a coach's extensions, far below it, and its button for the command of the extension that asks. */
  async function listFarBelow(extensions: Extensions) {
    const space = document.createElement('div');
    space.setAttribute('style', 'height: 3000px');
    const list = document.createElement('pose-extensions');
    list.extensions = extensions;
    document.body.append(space, list);
    await vi.waitFor(() => expect(text(list)).toContain('How often it was started'));
    return { list, command: inside(list, '.commands button') };
  }

  function isInView(dialog: HTMLElement): boolean {
    const { top, bottom } = dialog.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }

  it('comes into view and takes the focus where somebody has asked for it, and gives the focus back', async () => {
    const element = await poseCoach({ extensions: GREETING });
    const { list, command } = await listFarBelow(await ready(element));
    command.focus();
    expect(element.getBoundingClientRect().bottom).toBeLessThan(0);
    command.click();
    const dialog = await asked(element);
    expect(layer(element).shadowRoot?.activeElement).toBe(dialog);
    expect(isInView(dialog)).toBe(true);
    dialog.querySelector<HTMLButtonElement>('button.primary')?.click();
    expect(list.shadowRoot?.activeElement).toBe(command);
    expect(list.getBoundingClientRect().top).toBeLessThan(innerHeight);
    await vi.waitFor(() => expect(text(list)).toContain('How often it was started: 1'));
  });

  it('stays out of sight unasked, and comes into view when somebody wants what waits for it', async () => {
    const { element, give } = await running({ extensions: GREETING });
    const { command } = await listFarBelow(await ready(element));
    command.focus();
    await givingUntil(give, () => question(element));
    expect(isInView(question(element))).toBe(false);
    command.click();
    expect(isInView(question(element))).toBe(true);
    expect(layer(element).shadowRoot?.activeElement).toBe(question(element));
  });

  it('hides the card that it would lie on, and shows it again', async () => {
    const element = await poseCoach({ extensions: GREETING });
    const extensions = await ready(element);
    await vi.waitFor(() => expect(extensions.list).toHaveLength(1));
    const card = inside(element, '.card');
    expect(getComputedStyle(card).visibility).toBe('visible');
    const done = extensions.commands.execute('greeting.starts');
    const dialog = await asked(element);
    expect(getComputedStyle(card).visibility).toBe('hidden');
    await expectAccessible(element);
    dialog.querySelector<HTMLButtonElement>('button.primary')?.click();
    await done;
    expect(getComputedStyle(card).visibility).toBe('visible');
  });

  it('takes the focus from nobody who is elsewhere', async () => {
    const button = document.createElement('button');
    document.body.append(button);
    const { element, give } = await running({ extensions: GREETING });
    button.focus();
    await givingUntil(give, () => question(element));
    expect(document.activeElement).toBe(button);
  });

  it('can be answered by the page instead', async () => {
    const requests: PermissionQuestion[] = [];
    const { element, give } = await running({});
    element.addEventListener('pose-permission-request', (event) => {
      event.preventDefault();
      requests.push(event.detail);
    });
    element.extensions = GREETING;
    const extensions = await ready(element);
    await givingUntil(give, () => expect(requests).toHaveLength(1));
    expect(requests[0]?.request).toMatchObject({ trust: 'isolated', permissions: ['storage'] });
    expect(() => question(element)).toThrow();
    expect(extensions.list[0]?.state).not.toBe('active');
    requests[0]?.answer(['storage']);
    await givingUntil(give, () => expect(extensions.list[0]?.state).toBe('active'));
    expect(extensions.list[0]?.granted).toContain('storage');
  });

  it('goes away with the extension, and is asked again when it comes back', async () => {
    const { element, give } = await running({ extensions: GREETING });
    const extensions = await ready(element);
    await givingUntil(give, () => question(element));
    await extensions.disable('extension-greeting');
    await vi.waitFor(() => expect(() => question(element)).toThrow());
    const enabled = extensions.enable('extension-greeting');
    (await asked(element)).querySelector<HTMLButtonElement>('button.primary')?.click();
    await enabled;
    expect(extensions.list[0]).toMatchObject({ state: 'active', granted: ['poses', 'storage'] });
  });
});
