import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type LivePublisher, publishPoses } from '@pose-coach/core/live';
import type { Browser, Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasObs, NO_OBS, OBS_PASSWORD, type RealObs, startObs } from '../obs/real-obs.ts';
import { type RecordedObs, startRecordedObs } from '../obs/recorded-obs.ts';
import { launchChromium, screenshot } from './chromium.ts';
import { type ServerProcess, startServer, TEST_TOKEN } from './overlay-server-process.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Milliseconds: OBS that is started again, on a busy machine. */
const PATIENCE = 60_000;

/** The studio at its OBS tab, and everything that its server sends to it. */
async function openPanel(
  browser: Browser,
  server: ServerProcess,
): Promise<{ readonly page: Page; readonly received: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  const received: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => received.push(payload.toString()));
  });
  await page.goto(server.studio);
  await page.getByRole('tab', { name: 'OBS' }).click();
  return { page, received };
}

/** Types address and password, and connects. */
async function connect(page: Page, address: string, password: string): Promise<void> {
  const form = page.locator('pose-obs details:has(form)');
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

describe('OBS in the studio', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
  });

  describe('with real OBS', () => {
    let obs: RealObs;
    let server: ServerProcess;
    let page: Page;
    let received: readonly string[];
    let publisher: LivePublisher;

    beforeAll(async () => {
      if (!hasObs()) return;
      obs = await startObs();
      // The server looks for OBS’s settings where its user has them.
      vi.stubEnv('HOME', obs.home);
      vi.stubEnv('XDG_CONFIG_HOME', undefined);
      server = await startServer();
      vi.unstubAllEnvs();
      ({ page, received } = await openPanel(browser, server));
    });

    beforeEach((context) => {
      if (!hasObs()) context.skip(NO_OBS);
    });

    afterAll(async () => {
      publisher?.dispose();
      await server?.stop();
      await obs?.close();
    });

    it('is refused with a wrong password, in words that say where the right one stands', async () => {
      await connect(page, obs.address, 'wrong');
      await page.getByText('OBS does not accept this password').waitFor();
      await page.getByText('Tools → WebSocket Server Settings').first().waitFor();
      expect(await page.getByLabel('Password').inputValue()).toBe('');
    });

    it('is connected to with one press, and its password comes to no page', async () => {
      await page.getByRole('button', { name: 'Connect to OBS on this computer' }).click();
      await page.getByRole('heading', { name: /OBS 29\..* is connected/ }).waitFor({ timeout: PATIENCE });
      expect(received.join()).toContain('obsVersion');
      expect(received.join()).not.toContain(OBS_PASSWORD);
      expect(await page.content()).not.toContain(OBS_PASSWORD);
    });

    it('is set up with one press, as far as this OBS can, and the same again changes nothing', async () => {
      await page.getByText('Another scene').click();
      await page.getByLabel('Scene in OBS').fill('Dance');
      await page.getByRole('button', { name: 'Set up OBS' }).click();
      await page.getByRole('listitem').filter({ hasText: 'made Scene “Dance”' }).waitFor();
      expect((await obs.ask('GetSceneList')).scenes.map(({ sceneName }) => sceneName)).toContain('Dance');
      await page
        .getByRole('listitem')
        .filter({ hasText: 'not possible' })
        .filter({ hasText: 'comes without browser sources' })
        .waitFor();
      await page.getByRole('button', { name: 'Set up OBS' }).click();
      await page.getByRole('listitem').filter({ hasText: 'was right Scene “Dance”' }).waitFor();
    });

    it('switches scenes, and shows those that somebody else switches to', async () => {
      const dance = page.getByRole('button', { name: 'Dance', exact: true });
      await dance.click();
      await expect
        .poll(async () => (await obs.ask('GetSceneList')).currentProgramSceneName, { timeout: PATIENCE })
        .toBe('Dance');
      await expect.poll(() => dance.getAttribute('aria-pressed')).toBe('true');
      await obs.ask('CreateScene', { sceneName: 'Pause' });
      await obs.ask('SetCurrentProgramScene', { sceneName: 'Pause' });
      const pause = page.getByRole('button', { name: 'Pause', exact: true });
      await expect.poll(() => pause.getAttribute('aria-pressed'), { timeout: PATIENCE }).toBe('true');
    });

    it('records, and says which file it has become', async () => {
      await page.getByRole('button', { name: 'Start recording' }).click();
      await page.getByText(/^0:(0[1-9]|[1-5]\d)$/).waitFor({ timeout: PATIENCE });
      await screenshot(page, 'studio-obs');
      await page.getByRole('button', { name: 'Stop recording' }).click();
      const told = await page.getByText(/^Recorded: /).textContent({ timeout: PATIENCE });
      const file = told?.replace(/^Recorded: /, '').trim() ?? '';
      expect(file).toContain(obs.recordings);
      expect(existsSync(file)).toBe(true);
    });

    it('has a text say a metric, bound in the studio', async () => {
      await obs.ask('CreateInput', {
        sceneName: 'Dance',
        inputName: 'Points',
        inputKind: 'text_ft2_source_v2',
        inputSettings: { text: 'nothing yet' },
      });
      await page.getByRole('button', { name: 'A text says a metric' }).click();
      await page.getByRole('combobox', { name: 'Metric' }).selectOption('dance.rhythm');
      await page.getByLabel('Text source in OBS').fill('Points');
      await page.getByRole('textbox', { name: 'Says' }).fill('At {value} {unit}');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText('Text “Points” says “At {value} {unit}” of Tempo.').waitFor();
      publisher = publishPoses({ url: `http://${server.host}`, token: TEST_TOKEN });
      publisher.declare([
        { id: 'dance.rhythm', title: 'Tempo', kind: 'gauge', unit: 'BPM', range: [40, 220] },
      ]);
      await firstValueFrom(publisher.status.pipe(filter(({ status }) => status === 'live')));
      publisher.tell(
        [{ metric: 'dance.rhythm', timestamp: 1000, status: 'ok', value: 123, confidence: 1 }],
        [],
      );
      await expect
        .poll(async () => (await obs.ask('GetInputSettings', { inputName: 'Points' })).inputSettings.text, {
          timeout: PATIENCE,
        })
        .toBe('At 123 BPM');
    });

    it.each([
      ['a desktop', { width: 1440, height: 1000 }],
      ['a phone', { width: 390, height: 844 }],
    ])('passes the accessibility audit on %s, and does not scroll sideways', async (name, viewport) => {
      await page.setViewportSize(viewport);
      // Through the debugger: the page's own policy forbids scripts that it did not bring.
      await page.evaluate(axeSource);
      const { violations } = (await page.evaluate('axe.run()')) as {
        readonly violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string }> }>;
      };
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await screenshot(page, `studio-obs-${name.split(' ')[1]}`);
    });

    it('is waited for when it is closed in mid-show, and taken up again', async () => {
      await obs.kill();
      await page.getByRole('heading', { name: 'Waiting for OBS' }).waitFor({ timeout: PATIENCE });
      await obs.start();
      await page.getByRole('heading', { name: /is connected/ }).waitFor({ timeout: PATIENCE });
    });
  });

  describe('with an OBS that can do everything', () => {
    let peer: RecordedObs;
    let server: ServerProcess;
    let page: Page;

    beforeAll(async () => {
      peer = await startRecordedObs({ password: 'secret' });
      server = await startServer();
      ({ page } = await openPanel(browser, server));
      await connect(page, peer.address, 'secret');
      await page.getByRole('heading', { name: 'OBS 30.2.3 is connected' }).waitFor({ timeout: PATIENCE });
    });

    afterAll(async () => {
      await server?.stop();
      await peer?.close();
    });

    it('makes the browser source, and finds everything right the second time', async () => {
      await page.getByRole('button', { name: 'Set up OBS' }).click();
      await page.getByRole('listitem').filter({ hasText: 'made Browser source “Pose Coach”' }).waitFor();
      const made = peer.changes().find(({ requestType }) => requestType === 'CreateInput');
      expect(made?.requestData).toMatchObject({
        inputKind: 'browser_source',
        inputSettings: { url: server.overlay, width: 1920, height: 1080, fps: 60 },
      });
      await page.getByRole('button', { name: 'Set up OBS' }).click();
      await page.getByRole('listitem').filter({ hasText: 'was right Browser source “Pose Coach”' }).waitFor();
      expect(peer.changes()).toEqual([]);
    });

    it('goes live only after that was confirmed', async () => {
      await page.getByRole('button', { name: 'Start streaming' }).click();
      await page.getByRole('button', { name: 'Not now' }).click();
      expect(peer.changes()).toEqual([]);
      const service = {
        streamServiceType: 'rtmp_custom',
        streamServiceSettings: { server: 'rtmp://127.0.0.1/' },
      };
      peer.answer('GetStreamServiceSettings', { data: service });
      peer.answer('StartStream', {});
      await page.getByRole('button', { name: 'Start streaming' }).click();
      await page.getByRole('button', { name: 'Start the stream' }).click();
      await expect
        .poll(() => peer.changes().map(({ requestType }) => requestType), { timeout: PATIENCE })
        .toContain('StartStream');
      const outputState = 'OBS_WEBSOCKET_OUTPUT_STARTED';
      peer.tell('StreamStateChanged', { outputActive: true, outputState });
      await page.getByRole('button', { name: 'Stop streaming' }).waitFor();
    });

    it('is reloaded when its browser source is black', async () => {
      peer.taken();
      await page.getByRole('button', { name: 'Reload if it is black' }).click();
      await expect
        .poll(() => peer.changes(), { timeout: PATIENCE })
        .toContainEqual({
          requestType: 'PressInputPropertiesButton',
          requestData: { inputName: 'Pose Coach', propertyName: 'refreshnocache' },
        });
    });
  });
});
