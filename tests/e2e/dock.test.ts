import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type LivePublisher, publishPoses } from '@pose-coach/core/live';
import type { Browser, Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasObs, NO_OBS, OBS_PASSWORD, type RealObs, startObs } from '../obs/real-obs.ts';
import { syntheticBody, syntheticFrame, syntheticPose } from '../synthetic-pose.ts';
import { launchChromium, screenshot } from './chromium.ts';
import { type ServerProcess, startServer, TEST_TOKEN } from './overlay-server-process.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Milliseconds: what has to go to the server, to OBS and back, on a busy machine. */
const PATIENCE = 30_000;

/** The smallest dock that is promised, and one beside OBS's preview. */
const SIZES = [
  ['small', { width: 300, height: 500 }],
  ['wide', { width: 720, height: 500 }],
] as const;

/** The dock's address: the studio's, on another page. */
function dockOf(server: ServerProcess): string {
  return server.studio.replace('/studio#', '/dock#');
}

/** Somebody who is live, and sways at 30 poses a second. */
async function goLive(server: ServerProcess): Promise<{ publisher: LivePublisher; stop(): void }> {
  const publisher = publishPoses({ url: `http://${server.host}`, token: TEST_TOKEN });
  await firstValueFrom(publisher.status.pipe(filter(({ status }) => status === 'live')));
  let sequence = 0;
  const stream = setInterval(() => {
    sequence += 1;
    publisher.send(
      syntheticFrame(sequence * 33, [syntheticPose(0, syntheticBody())], {
        sequence,
        timings: { capturedAt: Date.now(), stages: {} },
      }),
    );
  }, 33);
  return {
    publisher,
    stop: () => {
      clearInterval(stream);
      publisher.dispose();
    },
  };
}

async function faults(page: Page): Promise<readonly string[]> {
  // Through the debugger: the page's own policy forbids scripts that it did not bring.
  await page.evaluate(axeSource);
  const { violations } = (await page.evaluate('axe.run()')) as {
    readonly violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string }> }>;
  };
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe('the dock', () => {
  let browser: Browser;
  let server: ServerProcess;
  let dock: Page;
  let overlay: Page;

  const button = (name: string | RegExp) => dock.getByRole('button', { name });

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
    overlay = await (await browser.newContext({ viewport: { width: 640, height: 360 } })).newPage();
    await overlay.goto(server.overlay);
    dock = await (await browser.newContext({ viewport: { width: 300, height: 500 } })).newPage();
    await dock.goto(dockOf(server));
    await dock.getByRole('group', { name: 'Scenes of the overlay' }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('works without OBS, and says what is missing', async () => {
    await dock.getByText('Nobody is live', { exact: true }).waitFor();
    await dock.getByText('OBS is not connected. Scenes of the overlay work all the same.').waitFor();
    await button('Connect OBS').waitFor();
    expect(await button('Record').count()).toBe(0);
  });

  it('shows another scene on the overlay, and hides and shows it, with the keyboard alone', async () => {
    const live = await goLive(server);
    const tempo = overlay.locator('[data-item="tempo"]');
    await expect.poll(() => tempo.isVisible(), { timeout: PATIENCE }).toBe(true);
    const scenes = dock.getByRole('group', { name: 'Scenes of the overlay' });
    await scenes.getByRole('button', { pressed: true }).focus();
    await dock.keyboard.press('End');
    await dock.keyboard.press('ArrowRight');
    await dock.keyboard.press('ArrowLeft');
    await dock.keyboard.press('Home');
    // The first is on air already; of the others one has no tempo.
    const skeleton = scenes.getByRole('button', { name: 'Just the skeleton' });
    for (let step = 0; step < 6; step += 1) {
      if (await skeleton.evaluate((each) => each.matches(':focus'))) break;
      await dock.keyboard.press('ArrowDown');
    }
    await dock.keyboard.press('Enter');
    await expect.poll(() => skeleton.getAttribute('aria-pressed'), { timeout: PATIENCE }).toBe('true');
    await expect.poll(() => tempo.count(), { timeout: PATIENCE }).toBe(0);
    const shown = overlay.locator('[data-item="skeleton"]');
    await expect.poll(() => shown.isVisible(), { timeout: PATIENCE }).toBe(true);
    await button('Hide overlay').press('Space');
    await expect
      .poll(async () => (await shown.count()) > 0 && (await shown.isVisible()), { timeout: PATIENCE })
      .toBe(false);
    expect(await button('Hide overlay').getAttribute('aria-pressed')).toBe('true');
    await button('Hide overlay').press('Space');
    await expect
      .poll(async () => (await shown.count()) > 0 && (await shown.isVisible()), { timeout: PATIENCE })
      .toBe(true);
    live.stop();
  });

  it('shows who is live, how many poses come and how old they are, what is said, and the points', async () => {
    const { publisher, stop } = await goLive(server);
    await dock.getByText('Live', { exact: true }).waitFor();
    // 30 are sent each second; a busy machine may be late, and none may come twice.
    const rate = dock.getByText(/^\s*\d+ poses\/s · delay \d+ ms\s*$/);
    await rate.waitFor();
    await expect
      .poll(async () => Number(/(\d+) poses/.exec((await rate.textContent()) ?? '')?.[1]), {
        timeout: PATIENCE,
      })
      .toBeGreaterThan(10);
    publisher.tell(
      [],
      [
        {
          id: 'fitness.knees',
          timestamp: 100,
          severity: 'hint',
          message: 'Bend your knees a little more.',
          joints: ['leftKnee'],
          source: 'test',
        },
      ],
    );
    const cue = dock.getByRole('listitem').filter({ hasText: 'Bend your knees a little more.' });
    await cue.waitFor();
    expect(await cue.getByRole('img', { name: 'Hint' }).count()).toBe(1);
    await button('Reset scores').click();
    await expect.poll(() => button('Reset scores').getAttribute('aria-busy')).toBe('false');
    expect(await dock.getByRole('alert').count()).toBe(0);
    await screenshot(dock, 'dock-live');
    stop();
    await dock.getByText('Nobody is live', { exact: true }).waitFor();
  });

  it.each(SIZES)('passes the accessibility audit and does not scroll sideways: %s', async (name, size) => {
    await dock.setViewportSize(size);
    expect(await faults(dock)).toEqual([]);
    expect(await dock.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await screenshot(dock, `dock-${name}`);
  });

  it('says what to do with an address without a token', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(dockOf(server).replace(/#.*/, ''));
    await page.getByRole('alert').filter({ hasText: 'address that the server printed' }).waitFor();
    await page.context().close();
  });

  it('says that the server is gone, and comes back by itself', async () => {
    const { port } = server;
    await server.stop();
    await dock.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor();
    expect(await button('Reset scores').isDisabled()).toBe(true);
    server = await startServer({ port });
    await expect.poll(() => button('Reset scores').isDisabled(), { timeout: PATIENCE }).toBe(false);
    expect(await dock.getByRole('alert').count()).toBe(0);
  });
});

describe('the dock of real OBS Studio', () => {
  let browser: Browser;
  let server: ServerProcess;
  let obs: RealObs;
  let dock: Page;

  beforeAll(async () => {
    if (!hasObs()) return;
    obs = await startObs();
    await obs.ask('CreateScene', { sceneName: 'Dance floor' });
    server = await startServer({ more: ['--obs', obs.address, '--obs-password', OBS_PASSWORD] });
    browser = await launchChromium();
    dock = await (await browser.newContext({ viewport: { width: 300, height: 640 } })).newPage();
    await dock.goto(dockOf(server));
    await dock.getByText('OBS connected', { exact: true }).waitFor();
  });

  beforeEach((context) => {
    if (!hasObs()) context.skip(NO_OBS);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await obs?.close();
  });

  it('switches scenes in OBS, and follows when somebody else does', async () => {
    const scenes = dock.getByRole('group', { name: 'Scenes of OBS' });
    await scenes.getByRole('button', { name: 'Dance floor' }).click();
    await scenes.getByRole('button', { name: 'Dance floor', pressed: true }).waitFor();
    expect(await obs.ask('GetCurrentProgramScene')).toMatchObject({ currentProgramSceneName: 'Dance floor' });
    await obs.ask('SetCurrentProgramScene', { sceneName: 'Scene' });
    await scenes.getByRole('button', { name: 'Scene', exact: true, pressed: true }).waitFor();
  });

  it('records, with the time that has passed, and says why OBS does not stream', async () => {
    await dock.getByRole('button', { name: 'Record', exact: true }).click();
    await dock.getByRole('button', { name: 'Stop recording' }).filter({ hasText: /0:0\d/ }).waitFor();
    expect(await obs.ask('GetRecordStatus')).toMatchObject({ outputActive: true });
    await screenshot(dock, 'dock-recording');
    expect(await faults(dock)).toEqual([]);
    await dock.getByRole('button', { name: 'Stop recording' }).click();
    await dock.getByRole('button', { name: 'Record', exact: true }).waitFor();
    expect(await obs.ask('GetRecordStatus')).toMatchObject({ outputActive: false });
    await dock.getByRole('button', { name: 'Stream', exact: true }).click();
    // This OBS has no streaming service.
    await dock.getByRole('alert').filter({ hasText: 'Settings → Stream' }).waitFor();
  });
});
