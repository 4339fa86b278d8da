import { PoseCoachError, type PoseFrame } from '@pose-coach/core';
import { controlStage, type LiveReadings, subscribePoses } from '@pose-coach/core/live';
import { declaredMetrics } from '@pose-coach/core/protocol';
import { Subject } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { HELLO, handAt, helloPackage } from '../extensions/hello-extension.test-data.ts';
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

    describe('with an extension', () => {
      const owned: { dispose(): void }[] = [];
      afterEach(() => {
        for (const each of owned.splice(0)) each.dispose();
      });

      /** A coach that is live with an extension, and somebody who listens. */
      async function liveWithHello(heard: unknown[] = []) {
        const { server, token } = await startServer();
        const frames = new Subject<PoseFrame>();
        const element = await poseCoach({
          source: { kind: 'poses', frames },
          autostart: true,
          publish: server,
          token,
          live: true,
          extensions: [helloPackage({}, heard)],
        });
        await inState(element, 'loading');
        let at = 0;
        const give = (percent: number) => {
          at += 33;
          frames.next(handAt(percent, at));
        };
        give(20);
        const subscriber = subscribePoses({ url: server, key: token, poses: false });
        const controller = controlStage({ url: server, token });
        owned.push(subscriber, controller);
        const told: LiveReadings[] = [];
        const metrics: string[][] = [];
        subscriber.readings.subscribe((each) => told.push(each));
        subscriber.state.subscribe((state) => metrics.push(declaredMetrics(state).map(({ id }) => id)));
        await vi.waitFor(() => expect(element.liveState.status).toBe('live'), { timeout: 15_000 });
        const givingUntil = async (percent: number, check: () => void) =>
          vi.waitFor(
            () => {
              give(percent);
              check();
            },
            { timeout: 20_000, interval: 33 },
          );
        return { element, controller, told, metrics, givingUntil };
      }

      it('streams what is read and said, and declares what that is, as long as the extension is there', async () => {
        const { element, told, metrics, givingUntil } = await liveWithHello();
        const readings = () => told.flatMap((each) => each.readings);
        await givingUntil(20, () =>
          expect(readings()).toContainEqual(expect.objectContaining({ metric: 'hello.height', value: 20 })),
        );
        const all = ['hello.height', 'hello.reach', 'hello.state', 'hello.line', 'hello.raise'];
        await vi.waitFor(() => expect(metrics.at(-1)).toEqual(all), { timeout: 10_000 });
        // Over 90 every frame is a raise, and over 80 it is praised.
        await givingUntil(95, () => {
          expect(readings()).toContainEqual(expect.objectContaining({ metric: 'hello.raise', value: true }));
          expect(told.flatMap(({ cues }) => cues)).toContainEqual(
            expect.objectContaining({ id: 'hello.praise', message: 'Well raised!', joints: ['leftWrist'] }),
          );
        });
        await element.coachExtensions?.disable(HELLO);
        await vi.waitFor(() => expect(metrics.at(-1)).toEqual([]), { timeout: 10_000 });
        await element.coachExtensions?.enable(HELLO);
        await vi.waitFor(() => expect(metrics.at(-1)).toEqual(all), { timeout: 10_000 });
        element.extensions = undefined;
        await givingUntil(20, () => expect(metrics.at(-1)).toEqual([]));
        expect(element.liveState.status).toBe('live');
      });

      it('runs the commands that come back, and tells of those that fail', async () => {
        const heard: unknown[] = [];
        const { element, controller, givingUntil, told } = await liveWithHello(heard);
        await givingUntil(20, () => expect(told.length).toBeGreaterThan(0));
        const failed: PoseCoachError[] = [];
        element.addEventListener('pose-error', ({ detail }) => failed.push(detail));
        await controller.request('command.run', { command: 'hello.double', values: [21] });
        await vi.waitFor(() => expect(heard).toEqual([21]), { timeout: 10_000 });
        await controller.request('command.run', { command: 'hello.fail', values: [] });
        await controller.request('command.run', { command: 'hello.unheardOf', values: [] });
        await vi.waitFor(
          () =>
            expect(failed.map(({ code }) => code).sort()).toEqual(['COMMAND_FAILED', 'COMMAND_NOT_FOUND']),
          { timeout: 10_000 },
        );
        expect(element.liveState.status).toBe('live');
        await expectAccessible(element);
      });

      it('says that there is no such command where there is no extension', async () => {
        const { element, controller } = await liveWithHello();
        element.extensions = undefined;
        await element.updateComplete;
        const failed: PoseCoachError[] = [];
        element.addEventListener('pose-error', ({ detail }) => failed.push(detail));
        await controller.request('command.run', { command: 'hello.double', values: [21] });
        await vi.waitFor(() => expect(failed.map(({ code }) => code)).toEqual(['COMMAND_NOT_FOUND']), {
          timeout: 10_000,
        });
      });
    });
  });
});
