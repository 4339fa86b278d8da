import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { HELLO, handAt, helloPackage, kneesPackage } from './hello-extension.test-data.ts';
import { eventually, extensionsOf, inside, text, viewer } from './in-page.test-data.ts';
import type { PoseMetricsElement } from './pose-metrics.ts';

afterEach(() => document.body.replaceChildren());

/** Metrics of an extension that is running, fed with frames from `timestamp` 0 on. */
async function shown(changes: Partial<PoseMetricsElement> = {}) {
  const extensions = await extensionsOf(helloPackage());
  const element = await viewer('pose-metrics', { extensions, ...changes });
  await eventually(() => expect(extensions.list[0]?.state).toBe('active'));
  return { extensions, element };
}

function tile(element: Element, title: string): Element {
  const tiles = [...(element.shadowRoot?.querySelectorAll('li') ?? [])];
  const found = tiles.find((one) => text(one.querySelector('.title')) === title);
  if (!found) throw new Error(`There is no metric "${title}", but: ${text(element)}`);
  return found;
}

describe('<pose-metrics>', () => {
  it('passes the accessibility audit with values, without and with none at all', async () => {
    await expectAccessible(await viewer('pose-metrics', {}));
    const { extensions, element } = await shown();
    await expectAccessible(element);
    extensions.step(handAt(20, 0));
    extensions.step(handAt(95, 100));
    await eventually(() => expect(text(tile(element, 'Hand height'))).toContain('95'));
    await expectAccessible(element);
  });

  it('lists every metric before any code has run', async () => {
    const extensions = await extensionsOf({ ...helloPackage(), module: () => new Promise(() => {}) });
    const element = await viewer('pose-metrics', { extensions });
    const titles = [...(element.shadowRoot?.querySelectorAll('.title') ?? [])].map((one) => text(one));
    expect(titles).toEqual(['Hand height', 'Reach', 'Posture', 'Hand over time', 'Raises']);
    expect(text(tile(element, 'Hand height'))).toContain('unknown. Nothing has been read yet.');
  });

  it('says that it looks, so that the extension starts, and stops saying so when it leaves', async () => {
    const extensions = await extensionsOf(helloPackage());
    const watched: string[] = [];
    const { metrics } = extensions;
    const watch = metrics.watch.bind(metrics);
    vi.spyOn(metrics, 'watch').mockImplementation((metric) => {
      watched.push(`+${metric}`);
      const watching = watch(metric);
      return {
        dispose: () => {
          watched.push(`-${metric}`);
          watching.dispose();
        },
      };
    });
    const element = await viewer('pose-metrics', { extensions, metrics: 'hello.height hello.state' });
    await eventually(() => expect(extensions.list[0]?.state).toBe('active'));
    element.metrics = 'hello.state';
    await element.updateComplete;
    expect(watched).toEqual(['+hello.height', '+hello.state', '-hello.height']);
    element.remove();
    expect(watched.at(-1)).toBe('-hello.state');
  });

  it('shows each kind: gauge, bar, word, line and event', async () => {
    const { extensions, element } = await shown();
    for (let index = 0; index <= 20; index++) extensions.step(handAt(index < 20 ? 20 : 95, index * 100));
    await eventually(() => expect(text(tile(element, 'Raises'))).toMatch(/^Raises 1×/));
    const height = tile(element, 'Hand height');
    expect(text(height)).toBe(
      'Hand height 95\u202f% ±\u202fplus or minus 4\u202f% 90\u202f% sure'.replace(/\s+/g, ' '),
    );
    // The arc's length is a hundred: 95 % of it is filled, and the doubt goes from 91 to 99.
    expect(height.querySelector('.value')?.getAttribute('stroke-dasharray')).toBe('0 0.0 95.0 200');
    expect(height.querySelector('.doubt')?.getAttribute('stroke-dasharray')).toBe('0 91.0 8.0 200');
    expect(text(tile(element, 'Reach'))).toMatch(/^Reach 0\.25 m/);
    expect(tile(element, 'Reach').querySelector('.bar .value')?.getAttribute('width')).toBe('25.0');
    expect(text(tile(element, 'Posture'))).toMatch(/^Posture Arm up/);
    // Two seconds of twenty: the line begins nine tenths from the left.
    expect(tile(element, 'Hand over time').querySelector('path')?.getAttribute('d')).toMatch(
      /^M90\.00 24\.00L/,
    );
  });

  it('draws a bar for each of several numbers, and no second one for how sure they are', async () => {
    const extensions = await extensionsOf(kneesPackage());
    const element = await viewer('pose-metrics', { extensions });
    expect(tile(element, 'Knees').querySelectorAll('.bar')).toHaveLength(1);
    await eventually(() => {
      extensions.step(handAt(20, performance.now()));
      expect(text(tile(element, 'Knees'))).toContain('45, 135');
    });
    // On a scale from 0 to 180.
    const widths = [...tile(element, 'Knees').querySelectorAll('.bar .value')].map((one) =>
      one.getAttribute('width'),
    );
    expect(widths).toEqual(['25.0', '75.0']);
    expect(text(tile(element, 'Knees'))).toContain('80\u202f% sure'.replace(/\s+/g, ' '));
    expect(tile(element, 'Knees').querySelector('.sure')).toBeNull();
    await expectAccessible(element);
  });

  it('names each of several numbers that have names, with its value and its bar', async () => {
    const extensions = await extensionsOf(kneesPackage({ 0: 'Left', 1: 'Right' }));
    const element = await viewer('pose-metrics', { extensions });
    expect(text(tile(element, 'Knees'))).toContain('Nothing has been read yet.');
    await eventually(() => {
      extensions.step(handAt(20, performance.now()));
      const named = [...tile(element, 'Knees').querySelectorAll('.certainty:has(.bar)')];
      expect(named.map((one) => text(one))).toEqual(['Left 45°', 'Right 135°']);
      const widths = named.map((one) => one.querySelector('.bar .value')?.getAttribute('width'));
      expect(widths).toEqual(['25.0', '75.0']);
    });
    expect(text(tile(element, 'Knees'))).toContain('80 % sure');
    await expectAccessible(element);
  });

  it('groups them by extension, by its title, in the order of the list, whichever was read first', async () => {
    const extensions = await extensionsOf();
    const element = await viewer('pose-metrics', { extensions });
    let resolve = () => {};
    const late = new Promise<void>((resolved) => {
      resolve = resolved;
    });
    const address = `data:application/json,${encodeURIComponent(JSON.stringify(kneesPackage().manifest))}`;
    const { fetch } = globalThis;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      await late;
      return fetch(input instanceof Request ? input.clone() : address, init);
    });
    const first = extensions.add('https://example.org/knees/package.json');
    await extensions.add(helloPackage());
    const groups = () =>
      [...(element.shadowRoot?.querySelectorAll('section') ?? [])].map((one) => one.ariaLabel);
    await eventually(() => expect(groups()).toEqual(['Hello']));
    resolve();
    await first;
    vi.restoreAllMocks();
    await eventually(() => expect(groups()).toEqual(['Both knees', 'Hello']));
    expect(text(inside(element, 'h3'))).toBe('Both knees');
    expect(element.shadowRoot?.textContent).not.toContain('extension-knees');
  });

  it('counts events anew and starts a new line with another take', async () => {
    const { extensions, element } = await shown();
    for (const at of [0, 100, 200]) extensions.step(handAt(95, at));
    await eventually(() => expect(text(tile(element, 'Raises'))).toMatch(/^Raises 3×/));
    extensions.step(handAt(95, 50, { epoch: 2 }));
    await eventually(() => expect(text(tile(element, 'Raises'))).toMatch(/^Raises 1×/));
    expect(tile(element, 'Hand over time').querySelector('path')?.getAttribute('d')).toBe('M100.00 1.50');
  });

  it('shows what is unknown as unknown, with the reason', async () => {
    const { extensions, element } = await shown();
    extensions.step(handAt(20, 0, { visibility: 0.1 }));
    await eventually(() =>
      expect(text(tile(element, 'Posture'))).toBe('Posture –unknown. The left hand is hidden.'),
    );
    expect(tile(element, 'Hand height').querySelector('.value')).toBeNull();
  });

  it('shows what is chosen, in that order, and says so of what nobody has', async () => {
    const { element } = await shown({ metrics: 'hello.state golf.tempo hello.height' });
    const titles = [...(element.shadowRoot?.querySelectorAll('.title') ?? [])].map((one) => text(one));
    expect(titles).toEqual(['Posture', 'golf.tempo', 'Hand height']);
    expect(text(tile(element, 'golf.tempo'))).toContain('No extension that is switched on has this metric.');
    await expectAccessible(element);
  });

  it('shows whom it is told to', async () => {
    const { extensions, element } = await shown({ poseId: 7, metrics: 'hello.height' });
    const both = handAt(20, 0);
    const other = handAt(60, 0).poses.map((pose) => ({ ...pose, id: 7 }));
    extensions.step({ ...both, poses: [...both.poses, ...other] });
    await eventually(() => expect(text(tile(element, 'Hand height'))).toContain('60'));
    element.poseId = undefined;
    await eventually(() => expect(text(tile(element, 'Hand height'))).toContain('20'));
  });

  it('drops the metrics of what is switched off, and has them again', async () => {
    const { extensions, element } = await shown();
    await extensions.disable(HELLO);
    await eventually(() => expect(text(element)).toBe('There are no metrics here.'));
    await extensions.enable(HELLO);
    await eventually(() => expect(text(element)).toContain('Hand height'));
  });

  it('does not chatter: nothing in it is announced when it changes', async () => {
    const { element } = await shown();
    expect(
      element.shadowRoot?.querySelector('[aria-live], [role=status], [role=alert], [role=log]'),
    ).toBeNull();
  });
});
