import {
  createExtensions,
  type ExtensionSource,
  memoryStorage,
  type PermissionRequest,
} from '@pose-coach/core/extensions';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { HELLO, handAt, helloManifest, helloPackage } from './hello-extension.test-data.ts';
import { enter, eventually, extensionsOf, field, inside, text, viewer } from './in-page.test-data.ts';

/** An extension at an address, which asks for storage. */
const GREETING = '/packages/elements/src/extensions/greeting-extension.test-data';

afterEach(() => document.body.replaceChildren());

async function shown(...sources: readonly ExtensionSource[]) {
  const extensions = await extensionsOf(...sources);
  const element = await viewer('pose-extensions', { extensions });
  return { extensions, element };
}

/** What a button says, without what is for the eyes only. */
function spoken(one: HTMLElement): string {
  const copy = one.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
  return text(copy);
}

function button(element: Element, name: string): HTMLButtonElement {
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = buttons.find((one) => one.ariaLabel === name || spoken(one) === name);
  if (!found) throw new Error(`There is no button "${name}".`);
  return found;
}

describe('<pose-extensions>', () => {
  it('passes the accessibility audit with one that works, one that is faulty and one that is off', async () => {
    const faulty = helloManifest({
      prefix: 'other',
      contributes: { metrics: [{ id: 'other.x', title: 'X', kind: 'dial' }] },
    });
    const { extensions, element } = await shown(
      helloPackage(),
      { manifest: { ...faulty, name: 'extension-faulty' } },
      {
        manifest: { name: 'extension-off', version: '1.0.0', poseCoach: { apiVersion: 1, prefix: 'off' } },
        enabled: false,
      },
    );
    extensions.step(handAt(20, 0));
    await eventually(() => expect(text(element)).toContain('log (1)'));
    inside(element, 'details').setAttribute('open', '');
    await expectAccessible(element);
  });

  it('says that there are none', async () => {
    const element = await viewer('pose-extensions', {});
    expect(text(element)).toBe('There are no extensions here.');
    await expectAccessible(element);
  });

  it('lists what an extension is before its code has run, and what it costs when it does', async () => {
    // A rule looks at its metric, and so would start it.
    const { extensions, element } = await shown(helloPackage({ contributes: { feedback: [] } }));
    expect(text(element)).toContain(`Hello ${HELLO} 1.2.0`);
    expect(text(element)).toContain('Waiting until it is needed');
    expect(text(element)).toContain('Trusted: part of this page');
    expect(text(element)).toContain('Greets whoever raises the left arm.');
    expect(text(element)).toContain('May see the positions of bodies');
    expect(text(element)).toContain('Start –');
    await eventually(() => {
      extensions.step(handAt(20, performance.now()));
      expect(text(element)).toContain('Running');
    });
    // What a frame costs is announced by nobody: the list looks for itself.
    extensions.step(handAt(20, performance.now() + 1));
    await eventually(() => {
      expect(text(element)).toMatch(/Start \d[\d.]* ms Per frame \d\.\d\d ms Worst \d[\d.]* ms Restarts 0/);
    });
  });

  it('says where each comes from: a name anybody can take', async () => {
    const { element } = await shown(helloPackage(), GREETING);
    const [own, fetched] = [...(element.shadowRoot?.querySelectorAll('.from') ?? [])];
    expect(text(own ?? null)).toBe('Brought by this page');
    const { host, pathname } = new URL(`${GREETING}/package.json`, location.href);
    expect(text(fetched ?? null)).toBe(`From ${host}${pathname}`);
    expect(text(fetched?.querySelector('b') ?? null)).toBe(host);
  });

  it('takes back what was granted or refused, at a click, and it is asked again', async () => {
    const asked: PermissionRequest[] = [];
    let answers: string[] = ['storage'];
    const extensions = createExtensions({
      storage: memoryStorage(),
      onPermission: (request) => {
        asked.push(request);
        return request.permissions.filter((permission) => answers.includes(permission));
      },
    });
    onTestFinished(() => extensions.dispose());
    await extensions.add(GREETING);
    const element = await viewer('pose-extensions', { extensions });
    expect(text(element)).toContain('Asks before it may keep data in this browser');
    for (const name of ['Take back', 'Ask again']) expect(() => button(element, name)).toThrow();
    await extensions.commands.execute('greeting.starts');
    await eventually(() => expect(text(element)).toContain('May keep data in this browser'));
    await expectAccessible(element);

    answers = [];
    button(element, 'Take back').click();
    await eventually(() => expect(text(element)).toContain('Asks before it may keep data in this browser'));
    await expect(extensions.commands.execute('greeting.starts')).rejects.toThrow(/storage/);
    await eventually(() => expect(text(element)).toContain('May not keep data in this browser'));
    expect(asked).toHaveLength(2);

    answers = ['storage'];
    await eventually(() => button(element, 'Ask again'));
    button(element, 'Ask again').click();
    await eventually(() => expect(extensions.list[0]?.state).not.toBe('active'));
    expect(await extensions.commands.execute('greeting.starts')).toBe(2);
    expect(asked).toHaveLength(3);
    await eventually(() => button(element, 'Take back'));
  });

  it('says so when an answer cannot be taken back', async () => {
    const kept = memoryStorage();
    let full = false;
    const extensions = createExtensions({
      storage: {
        ...kept,
        set: (key, value) => (full ? Promise.reject(new Error('The disk is full.')) : kept.set(key, value)),
      },
      onPermission: ({ permissions }) => permissions,
    });
    onTestFinished(() => extensions.dispose());
    await extensions.add(GREETING);
    await extensions.commands.execute('greeting.starts');
    const element = await viewer('pose-extensions', { extensions });
    await eventually(() => button(element, 'Take back'));
    full = true;
    button(element, 'Take back').click();
    await eventually(() => expect(text(inside(element, '[role=alert]'))).toContain('The disk is full.'));
    // What could not be forgotten holds when it is started again.
    full = false;
    await extensions.commands.execute('greeting.starts');
    await eventually(() => button(element, 'Take back').click());
    await eventually(() => expect(element.shadowRoot?.querySelector('[role=alert]')).toBeNull());
  });

  it('names every fault of a manifest by its place, and offers no switch for it', async () => {
    const contributes = { metrics: [{ id: 'hello.x', title: 'X', kind: 'dial' }] };
    const { element } = await shown({ manifest: helloManifest({ contributes }) });
    expect(text(element)).toContain('Cannot be used');
    expect(text(element)).toContain(
      '/poseCoach/contributes/metrics/0/kind expected one of gauge, bar, label, series, event',
    );
    expect(element.shadowRoot?.querySelector('[role=switch]')).toBeNull();
  });

  it('says why one cannot be read, and calls a faulty one by its title', async () => {
    const nowhere = '/packages/elements/src/extensions/nowhere';
    const contributes = { metrics: [{ id: 'hello.x', title: 'X', kind: 'dial' }] };
    const { element } = await shown(nowhere, { manifest: helloManifest({ contributes }) });
    const reason = inside(element, '.failure');
    expect(text(reason)).toContain('EXTENSION_UNAVAILABLE');
    expect(text(reason)).toContain(`${nowhere}/package.json`);
    const [, faulty] = [...(element.shadowRoot?.querySelectorAll('article') ?? [])];
    expect(text(faulty?.querySelector('h3') ?? null)).toBe('Hello');
    expect(text(faulty?.querySelector('.by') ?? null)).toBe(HELLO);
    await expectAccessible(element);
  });

  it('keeps numbers and log out of the way of what works, and in view of what does not', async () => {
    const { extensions, element } = await shown(helloPackage(), {
      manifest: {
        name: 'extension-bell',
        version: '1.0.0',
        poseCoach: { apiVersion: 1, prefix: 'bell', activationEvents: ['onStartup'] },
      },
      module: {
        activate() {
          throw new Error('The bell is missing.');
        },
      },
    });
    extensions.step(handAt(20, 0));
    const details = () => [...(element.shadowRoot?.querySelectorAll('details') ?? [])];
    await eventually(() => expect(details().map(({ open }) => open)).toEqual([false, true]));
  });

  it('shows why one failed, and how often it was tried', async () => {
    const { extensions, element } = await shown({
      manifest: helloManifest(),
      module: {
        activate() {
          throw new Error('The bell is missing.');
        },
      },
    });
    extensions.step(handAt(20, 0));
    await eventually(() => expect(text(inside(element, '.failure'))).toContain('EXTENSION_FAILED'));
    expect(text(inside(element, '.failure'))).toContain('The bell is missing.');
  });

  it('switches one off and on again while the others go on', async () => {
    const { extensions, element } = await shown(helloPackage());
    await eventually(() => {
      extensions.step(handAt(20, performance.now()));
      expect(extensions.list[0]?.state).toBe('active');
    });
    inside<HTMLInputElement>(element, 'header [role=switch]').click();
    await eventually(() => expect(extensions.list[0]?.state).toBe('disabled'));
    await eventually(() => expect(text(inside(element, '.state'))).toBe('Off'));
    inside<HTMLInputElement>(element, 'header [role=switch]').click();
    await eventually(() => {
      extensions.step(handAt(20, performance.now()));
      expect(text(inside(element, '.state'))).toBe('Running');
    });
  });

  it('gives each setting the control that its schema asks for', async () => {
    const { element } = await shown(helloPackage());
    expect(inside<HTMLInputElement>(element, 'input[type=range]')).toMatchObject({
      min: '0',
      max: '100',
      value: '60',
    });
    expect(field(element, 'Threshold')).toMatchObject({ type: 'number', value: '60' });
    expect(text(inside(element, '.unit'))).toBe('%');
    expect(field(element, 'How many')).toMatchObject({ type: 'number', min: '1', step: '1', value: '3' });
    expect(field(element, 'Sound')).toMatchObject({ type: 'checkbox', role: 'switch', checked: true });
    const mode = field<HTMLSelectElement>(element, 'Mode');
    expect([...mode.options].map((option) => option.text)).toEqual([
      'calm – Praises often.',
      'strict – Warns early.',
    ]);
    expect(mode.selectedOptions[0]?.text).toBe('calm – Praises often.');
    expect(field(element, 'Name')).toMatchObject({ type: 'text', maxLength: 10, value: 'You' });
    expect(field(element, 'Colour')).toMatchObject({ type: 'color', value: '#38bdf8' });
    expect(JSON.parse(field<HTMLTextAreaElement>(element, 'Weights').value)).toEqual([1, 2, 3]);
  });

  it('applies what is changed, at once, and goes back to the default', async () => {
    const { extensions, element } = await shown(helloPackage());
    enter(field(element, 'Threshold'), '75');
    await eventually(() => expect(extensions.settings.get('hello.threshold')).toBe(75));
    const slider = inside<HTMLInputElement>(element, 'input[type=range]');
    await eventually(() => expect(slider.value).toBe('75'));
    slider.value = '30';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await eventually(() => expect(field(element, 'Threshold').value).toBe('30'));
    field(element, 'Sound').click();
    await eventually(() => expect(extensions.settings.get('hello.sound')).toBe(false));
    const mode = field<HTMLSelectElement>(element, 'Mode');
    mode.selectedIndex = 1;
    mode.dispatchEvent(new Event('change', { bubbles: true }));
    await eventually(() => expect(extensions.settings.get('hello.mode')).toBe('strict'));
    await eventually(() => expect(mode.selectedOptions[0]?.text).toBe('strict – Warns early.'));
    enter(field<HTMLTextAreaElement>(element, 'Weights'), '[4]');
    await eventually(() => expect(extensions.settings.get('hello.weights')).toEqual([4]));

    button(element, 'Set Threshold back to its default').click();
    await eventually(() => expect(extensions.settings.get('hello.threshold')).toBe(60));
    await eventually(() => expect(field(element, 'Threshold').value).toBe('60'));
  });

  it('follows a setting that somebody else changes', async () => {
    const { extensions, element } = await shown(helloPackage());
    await extensions.settings.set('hello.name', 'Ada');
    await eventually(() => expect(field(element, 'Name').value).toBe('Ada'));
  });

  it('says what was expected of what it cannot take, and applies none of it', async () => {
    const { extensions, element } = await shown(helloPackage());
    enter(field(element, 'Threshold'), '500');
    await eventually(() => expect(text(element)).toMatch(/100/));
    const alert = () => text(inside(element, '[role=alert]'));
    await eventually(() => expect(alert()).toMatch(/from 0 to 100|at most 100/));
    expect(
      field(element, 'Threshold').ariaInvalid ?? field(element, 'Threshold').getAttribute('aria-invalid'),
    ).toBe('true');
    expect(extensions.settings.get('hello.threshold')).toBe(60);
    await expectAccessible(element);

    button(element, 'Set Threshold back to its default').click();
    await eventually(() => expect(element.shadowRoot?.querySelector('[role=alert]')).toBeNull());
    enter(field<HTMLTextAreaElement>(element, 'Weights'), '[1, 2');
    await eventually(() => expect(alert()).toContain('Expected a list such as [1, 2].'));
    expect(field<HTMLTextAreaElement>(element, 'Weights').value).toBe('[1, 2');
    expect(extensions.settings.get('hello.weights')).toEqual([1, 2, 3]);
  });

  it('runs commands, and says what came of them', async () => {
    const heard: unknown[] = [];
    const { element } = await shown(helloPackage({}, heard));
    button(element, 'Double a number').click();
    await eventually(() => expect(text(element)).toContain('Double a number: done'));
    expect(heard).toEqual([undefined]);
    button(element, 'Fail').click();
    await eventually(() => expect(text(element)).toMatch(/Fail: .*The hand has no number\./));
  });

  it('shows the words of a command as they are, and no “null” for one that has nothing to say', async () => {
    const results = { 'hello.double': 'Tap on, in time.', 'hello.fail': null };
    const { element } = await shown({
      manifest: helloManifest(),
      module: {
        activate(_, coach) {
          for (const [id, result] of Object.entries(results)) coach.commands.register(id, () => result);
        },
      },
    });
    button(element, 'Double a number').click();
    await eventually(() => expect(text(element)).toContain('Double a number: Tap on, in time.'));
    button(element, 'Fail').click();
    await eventually(() => expect(text(element)).toContain('Fail: done'));
  });

  it('offers no button for a command that cannot do without values', async () => {
    const commands = [
      { id: 'hello.double', title: 'Double a number', takesValues: true },
      { id: 'hello.fail', title: 'Fail' },
    ];
    const { extensions, element } = await shown(helloPackage({ contributes: { commands } }));
    const buttons = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.commands button') ?? [])];
    expect(buttons.map(spoken)).toEqual(['Fail']);
    expect(await extensions.commands.execute('hello.double', 4)).toBe(8);
  });

  it('shows the keys of commands, but for those that a <pose-coach> keeps for itself', async () => {
    const { element } = await shown(
      helloPackage({
        contributes: {
          keybindings: [
            { command: 'hello.double', key: 'shift+d' },
            { command: 'hello.double', key: 'm' },
          ],
        },
      }),
    );
    const double = button(element, 'Double a number');
    expect([...double.querySelectorAll('kbd')].map((key) => key.textContent)).toEqual(['Shift+D']);
    expect(double.title).toBe('Key: Shift+D');
    expect(button(element, 'Fail').querySelector('kbd')).toBeNull();
  });

  it('leaves the focus on a command that runs, runs it once, and forgets what came of it when it is off', async () => {
    const ends: ((result: undefined) => void)[] = [];
    const { extensions, element } = await shown({
      manifest: helloManifest(),
      module: {
        activate(_, coach) {
          coach.commands.register(
            'hello.double',
            () => new Promise<undefined>((resolve) => ends.push(resolve)),
          );
        },
      },
    });
    const double = button(element, 'Double a number');
    double.focus();
    double.click();
    await eventually(() => expect(double.getAttribute('aria-disabled')).toBe('true'));
    await expectAccessible(element);
    double.click();
    expect(element.shadowRoot?.activeElement).toBe(double);
    await eventually(() => expect(ends).toHaveLength(1));
    ends[0]?.(undefined);
    await eventually(() => expect(text(element)).toContain('Double a number: done'));
    expect(double.getAttribute('aria-disabled')).toBe('false');
    expect(ends).toHaveLength(1);
    inside<HTMLInputElement>(element, 'header [role=switch]').click();
    await eventually(() => expect(extensions.list[0]?.state).toBe('disabled'));
    await eventually(() => expect(text(element)).not.toContain('Double a number: done'));
  });

  it('shows no more of what a command gives, or of why it fails, than can be read', async () => {
    const { element } = await shown({
      manifest: helloManifest(),
      module: {
        activate(_, coach) {
          coach.commands.register('hello.double', () => 'x'.repeat(5_000_000));
          coach.commands.register('hello.fail', () => {
            throw new Error('y'.repeat(5_000_000));
          });
        },
      },
    });
    button(element, 'Double a number').click();
    await eventually(() => expect(text(element)).toMatch(/Double a number: x{200,500}…/));
    button(element, 'Fail').click();
    await eventually(() => expect(text(element)).toMatch(/Fail: .*y{100,500}…/));
    expect(text(element).length).toBeLessThan(10_000);
  });

  it('shows the extensions of a <pose-coach> that is named, also of one that comes later or changes them', async () => {
    const element = await viewer('pose-extensions', { for: 'coach' });
    expect(text(element)).toBe('There are no extensions here.');
    await import('../coach/pose-coach.ts');
    const coach = document.createElement('pose-coach');
    coach.id = 'coach';
    coach.extensions = [helloPackage()];
    document.body.append(coach);
    await eventually(() => expect(text(element)).toContain(HELLO));
    const own = await extensionsOf({
      manifest: { name: 'extension-other', version: '1.0.0', poseCoach: { apiVersion: 1, prefix: 'other' } },
    });
    coach.extensions = own;
    await eventually(() => expect(text(element)).toContain('extension-other'));
    expect(text(element)).not.toContain(HELLO);
    coach.remove();
    await eventually(() => expect(text(element)).toBe('There are no extensions here.'));
  });

  it('lets go of everything when it leaves the page', async () => {
    const { extensions, element } = await shown(helloPackage());
    element.remove();
    await extensions.settings.set('hello.name', 'Ada');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(text(element)).toContain('There are no extensions here.');
    document.body.append(element);
    await eventually(() => expect(field(element, 'Name').value).toBe('Ada'));
  });
});
