import { PoseCoachError } from '@pose-coach/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { ERROR_ADVICE } from './error-advice.ts';
import { buttonNamed, inState, inside, poseCoach, posesByHand, text } from './in-page.test-data.ts';

afterEach(() => document.body.replaceChildren());

describe('<pose-coach> going live', () => {
  it('offers it only where there is a server to go live on', async () => {
    const { source, give } = posesByHand();
    const element = await poseCoach({ source, autostart: true });
    give();
    await inState(element, 'running');
    expect(text(element)).not.toContain('Go live');
    element.publish = 'http://127.0.0.1:9';
    await element.updateComplete;
    expect(text(element)).toContain('Go live');
  });

  it('says that no server answers, keeps trying, and stops when told to', async () => {
    const { source, give } = posesByHand();
    const heard: string[] = [];
    document.body.addEventListener('pose-live', (event) => heard.push(event.detail.status));
    // Port 9 discards: nobody listens there.
    const element = await poseCoach({ source, autostart: true, publish: 'http://127.0.0.1:9', token: 'x' });
    give();
    await inState(element, 'running');
    buttonNamed(element, 'Go live').click();
    await vi.waitFor(() => expect(element.liveState.status).toBe('waiting'), { timeout: 15_000 });
    await element.updateComplete;
    expect(text(element)).toContain('No server, trying again');
    // Poses go on being found meanwhile.
    give();
    expect(element.state.status).toBe('running');
    await expectAccessible(element);
    buttonNamed(element, 'End live').click();
    await vi.waitFor(() => expect(element.liveState.status).toBe('off'));
    expect(heard.slice(0, 2)).toEqual(['connecting', 'waiting']);
    expect(heard.at(-1)).toBe('off');
  });

  describe('with a server', () => {
    const startServer = async (): Promise<{ server: string; token: string }> =>
      (await fetch('/live-server/start', { method: 'POST' })).json();
    afterEach(() => fetch('/live-server/stop', { method: 'POST' }));

    it('offers to go live again where the token was refused, and does so with the right one', async () => {
      const { server, token } = await startServer();
      const { source, give } = posesByHand();
      const element = await poseCoach({ source, autostart: true, publish: server, token: 'wrong' });
      give();
      await inState(element, 'running');
      buttonNamed(element, 'Go live').click();
      const refused = async () => {
        await vi.waitFor(() => expect(element.liveState.status).toBe('refused'), { timeout: 15_000 });
        await element.updateComplete;
      };
      await refused();
      expect(text(element)).toContain(ERROR_ADVICE.UNAUTHORIZED.title);
      expect(buttonNamed(element, 'Go live').getAttribute('aria-pressed')).toBe('false');
      expect(element.shadowRoot?.querySelector('.live')).toBeNull();
      await expectAccessible(element);
      // Trying again is refused again, and so is heard of anew.
      const heard: string[] = [];
      element.addEventListener('pose-live', (event) => heard.push(event.detail.status));
      buttonNamed(element, 'Go live').click();
      await vi.waitFor(() => expect(heard).toEqual(['off', 'connecting', 'refused']), { timeout: 15_000 });
      element.token = token;
      await vi.waitFor(() => expect(element.liveState.status).toBe('live'), { timeout: 15_000 });
      await element.updateComplete;
      expect(buttonNamed(element, 'End live').classList.contains('live')).toBe(true);
    });

    it('lets a refusal be dismissed', async () => {
      const { server } = await startServer();
      const { source, give } = posesByHand();
      const element = await poseCoach({
        source,
        autostart: true,
        publish: server,
        token: 'wrong',
        live: true,
      });
      give();
      await vi.waitFor(() => expect(element.liveState.status).toBe('refused'), { timeout: 15_000 });
      await element.updateComplete;
      inside(element, '[aria-label=Dismiss]').click();
      await vi.waitFor(() => expect(element.liveState.status).toBe('off'));
      expect(element.live).toBe(false);
      await element.updateComplete;
      expect(text(element)).not.toContain(ERROR_ADVICE.UNAUTHORIZED.title);
    });

    it('is red while poses go out, and says so when there are none to send', async () => {
      const { server, token } = await startServer();
      const { source, give, frames } = posesByHand();
      const element = await poseCoach({ source, autostart: true, publish: server, token, live: true });
      give();
      await vi.waitFor(() => expect(element.liveState.status).toBe('live'), { timeout: 15_000 });
      await element.updateComplete;
      expect(inside(element, '.badge.live').textContent?.trim()).toBe('Live');
      frames.error(new PoseCoachError('DECODE_FAILED', 'Broken.'));
      await inState(element, 'error');
      expect(element.liveState.status).toBe('live');
      expect(element.shadowRoot?.querySelector('.live')).toBeNull();
      expect(inside(element, '.badge').textContent?.trim()).toBe('Connected, no poses to send');
      // It is connected still, and can be ended.
      buttonNamed(element, 'End live').click();
      await vi.waitFor(() => expect(element.liveState.status).toBe('off'));
    });
  });
});
