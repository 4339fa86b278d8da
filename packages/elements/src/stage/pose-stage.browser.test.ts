import { systemClock } from '@pose-coach/core';
import { controlStage, publishPoses } from '@pose-coach/core/live';
import { firstValueFrom } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import './pose-stage.ts';
import type { PoseStageElement } from './pose-stage.ts';
import { number, people, recordedParts, scene } from './recorded-parts.test-data.ts';
import { scriptedSubscriber } from './scripted-subscriber.test-data.ts';

/** A real overlay server in the process that serves this page: see tests/live-server-plugin.ts. */
let address: { readonly server: string; readonly overlay: string; readonly token: string };

const owned: { dispose(): void }[] = [];
const own = <T extends { dispose(): void }>(each: T): T => {
  owned.push(each);
  return each;
};

beforeAll(async () => {
  const response = await fetch('/live-server/start', { method: 'POST' });
  address = (await response.json()) as typeof address;
});

afterEach(() => {
  document.body.replaceChildren();
  for (const each of owned.splice(0)) each.dispose();
});

afterAll(async () => {
  await fetch('/live-server/stop', { method: 'POST' });
});

async function stage(changes: Partial<PoseStageElement> = {}): Promise<PoseStageElement> {
  const element = document.createElement('pose-stage');
  element.style.width = '640px';
  Object.assign(element, changes);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

const items = (element: PoseStageElement) =>
  [...(element.renderRoot.querySelectorAll<HTMLElement>('[data-item]') ?? [])]
    .filter((item) => getComputedStyle(item).visibility === 'visible')
    .map((item) => item.dataset.item);

describe('<pose-stage>', () => {
  it('passes the accessibility audit, empty and with a scene', async () => {
    const channel = scriptedSubscriber();
    const element = await stage({ parts: recordedParts(), subscriber: channel.subscriber });
    await expectAccessible(element);
    channel.arrange([scene()]);
    channel.goLive();
    await vi.waitFor(() => expect(items(element)).toEqual(['people', 'number']));
    await expectAccessible(element);
    expect(element.renderRoot.querySelector('[role=img]')?.getAttribute('aria-label')).toContain('stage');
  });

  it('shows a channel of a server, and what a controller makes of its scene', async () => {
    const parts = recordedParts();
    const viewerKey = new URL(address.overlay).searchParams.get('key') ?? '';
    const element = await stage({ parts, url: address.server, viewerKey });
    const controller = own(controlStage({ url: address.server, token: address.token }));
    const { revision } = await firstValueFrom(controller.stage);
    const changed = await controller.request('stage.change', {
      change: { scenes: [scene()], current: 'show' },
      base: revision,
    });
    const publisher = own(publishPoses({ url: address.server, token: address.token }));
    let sequence = 0;
    const sending = setInterval(() => {
      sequence += 1;
      publisher.send(
        poseFrame([standingPose()], {
          sequence,
          timestamp: sequence * 33,
          timings: { capturedAt: systemClock.now(), stages: {} },
        }),
      );
    }, 33);
    own({ dispose: () => clearInterval(sending) });
    await vi.waitFor(() => expect(items(element)).toEqual(['people', 'number']), { timeout: 15_000 });
    const theme = parts.mounted.find(({ id, disposed }) => id === 'test.plain' && !disposed);
    await vi.waitFor(() => expect(theme?.moments.at(-1)?.frame?.poses).toHaveLength(1), { timeout: 5000 });

    await controller.request('stage.change', {
      change: {
        scenes: [
          scene({
            items: [
              { ...people, mirror: true },
              { ...number, id: 'new' },
            ],
          }),
        ],
      },
      base: changed.revision,
    });
    await vi.waitFor(() => expect(items(element)).toEqual(['people', 'new']), { timeout: 5000 });
    await vi.waitFor(() => expect(theme?.moments.at(-1)?.skeleton?.mirror).toBe(true));
    publisher.dispose();
    await vi.waitFor(() => expect(items(element)).toEqual([]), { timeout: 5000 });
  });

  it('lets everything go when it leaves the page, and takes it up again when it comes back', async () => {
    const channel = scriptedSubscriber();
    const parts = recordedParts();
    channel.arrange([scene()]);
    channel.goLive();
    const element = await stage({ parts, subscriber: channel.subscriber });
    await vi.waitFor(() => expect(items(element)).toHaveLength(2));
    element.remove();
    expect(channel.observed).toBe(false);
    expect(parts.mounted.every(({ disposed }) => disposed)).toBe(true);
    document.body.append(element);
    await vi.waitFor(() => expect(items(element)).toHaveLength(2));
  });

  it('shows another scene when its attribute changes', async () => {
    const channel = scriptedSubscriber();
    channel.arrange([scene(), scene({ id: 'other', items: [{ ...number, id: 'another' }] })]);
    channel.goLive();
    const element = await stage({ parts: recordedParts(), subscriber: channel.subscriber });
    element.setAttribute('scene', 'other');
    await vi.waitFor(() => expect(items(element)).toEqual(['another']));
    element.removeAttribute('scene');
    await vi.waitFor(() => expect(items(element)).toEqual(['people', 'number']));
  });

  it('does not paint while it is scrolled out of sight', async () => {
    const channel = scriptedSubscriber();
    const parts = recordedParts();
    channel.arrange([scene()]);
    channel.goLive();
    const element = await stage({ parts, subscriber: channel.subscriber });
    await vi.waitFor(() => expect(items(element)).toHaveLength(2));
    element.style.marginTop = '300vh';
    await vi.waitFor(() => expect(items(element)).toEqual([]));
    element.style.marginTop = '';
    await vi.waitFor(() => expect(items(element)).toHaveLength(2));
  });

  it('is empty, and asks nobody for anything, while it has no parts or no address', async () => {
    const element = await stage({ url: address.server });
    expect(element.renderRoot.querySelector('[role=img]')?.childElementCount).toBe(0);
    const other = await stage({ parts: recordedParts() });
    expect(other.renderRoot.querySelector('[role=img]')?.childElementCount).toBe(0);
  });
});
