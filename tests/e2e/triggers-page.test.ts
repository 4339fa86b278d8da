import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LivePublisher, publishPoses } from '@pose-coach/core/live';
import { DANCE_METRICS } from '@pose-coach/extension-dance';
import type { Browser, Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, screenshot } from './chromium.ts';
import { type ServerProcess, startServer, TEST_TOKEN } from './overlay-server-process.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PATIENCE = 30_000;

describe('triggers in the studio', () => {
  const data = mkdtempSync(join(tmpdir(), 'pose-coach-triggers-'));
  const posted: unknown[] = [];
  let hook: Server;
  let browser: Browser;
  let server: ServerProcess;
  let page: Page;
  let publisher: LivePublisher;

  const card = (name: string) => page.getByRole('article', { name });

  beforeAll(async () => {
    hook = createServer((request, response) => {
      request.on('data', (body: Buffer) => posted.push(JSON.parse(body.toString())));
      request.on('end', () => response.end());
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
    browser = await launchChromium();
    server = await startServer({ data, more: ['--webhook', origin] });
    publisher = publishPoses({ url: `http://${server.host}`, token: TEST_TOKEN });
    publisher.declare(DANCE_METRICS);
    await firstValueFrom(publisher.status.pipe(filter(({ status }) => status === 'live')));
    page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 } })).newPage();
    await page.goto(server.studio);
    await page.getByRole('tab', { name: 'Triggers' }).click();
  });

  afterAll(async () => {
    publisher?.dispose();
    await browser?.close();
    await server?.stop();
    await new Promise((resolve) => hook.close(resolve));
    rmSync(data, { recursive: true, force: true });
  });

  it('makes one of a template, tries it dry, and fires it when somebody jumps', async () => {
    await page.getByRole('button', { name: 'A jump makes a sound' }).click();
    await page.getByRole('button', { name: 'Add trigger' }).click();
    await card('Jump sound').getByText('When “Jump” happens: play the sound “Drum”').waitFor();
    await card('Jump sound').getByRole('button', { name: 'What would it do?' }).click();
    await card('Jump sound').getByText('Would: play the sound “Drum”.').waitFor();
    const log = page.getByRole('region', { name: 'Fired lately' });
    expect(await log.textContent()).toContain('Nothing has fired');
    publisher.tell([{ metric: 'dance.jump', timestamp: 1000, status: 'ok', value: 31, confidence: 1 }], []);
    await log.getByText('Done: play the sound “Drum”.').waitFor({ timeout: PATIENCE });
    await screenshot(page, 'studio-triggers');
  });

  it('posts to an address that the server allows, and says which flag allows another', async () => {
    await card('Jump sound').getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('combobox', { name: 'Do', exact: true }).selectOption('webhook');
    const address = page.getByRole('combobox', { name: 'Address' });
    const allowed = await address.inputValue();
    expect(allowed).toBe(`http://127.0.0.1:${(hook.address() as AddressInfo).port}/`);
    await address.fill(`${allowed}jumped`);
    await page.getByRole('button', { name: 'Save' }).click();
    await card('Jump sound').getByRole('button', { name: 'Test now' }).click();
    await card('Jump sound').getByText(`Done: post to ${allowed}jumped.`).waitFor({ timeout: PATIENCE });
    expect(posted).toEqual([expect.objectContaining({ channel: 'main', trigger: 'trigger-1' })]);
    await card('Jump sound').getByRole('button', { name: 'Edit' }).click();
    await address.fill('https://elsewhere.example/');
    await page.getByRole('button', { name: 'Save' }).click();
    await card('Jump sound').getByRole('button', { name: 'Test now' }).click();
    await card('Jump sound').getByText('--webhook https://elsewhere.example').waitFor({ timeout: PATIENCE });
  });

  it('writes a range as two bounds, and finds everything again after the server was restarted', async () => {
    await page.getByRole('button', { name: 'A tempo in a range' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('House tempo');
    await page.getByRole('spinbutton', { name: 'up to' }).fill('128');
    await page.getByRole('button', { name: 'Add trigger' }).click();
    const sentence =
      'When Tempo is between 110 and 128 BPM for 5 s: play the sound “Success”, cool-down 60 s.';
    await card('House tempo').getByText(sentence).waitFor();
    const { port } = server;
    await server.stop();
    await page
      .getByText('The overlay server does not answer: what you change')
      .waitFor({ timeout: PATIENCE });
    server = await startServer({ port, data });
    await page.reload();
    await card('House tempo').getByText(sentence).waitFor({ timeout: PATIENCE });
    await card('Jump sound').waitFor();
  });

  it.each([
    ['a desktop', { width: 1440, height: 1000 }],
    ['a phone', { width: 390, height: 844 }],
  ])('passes the accessibility audit on %s, and does not scroll sideways', async (name, viewport) => {
    await page.setViewportSize(viewport);
    const edit = card('House tempo').getByRole('button', { name: 'Edit' });
    if ((await edit.count()) > 0) await edit.click();
    await page.getByRole('button', { name: 'Save' }).waitFor();
    // Through the debugger: the page's own policy forbids scripts that it did not bring.
    await page.evaluate(axeSource);
    const { violations } = (await page.evaluate('axe.run()')) as {
      readonly violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string }> }>;
    };
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await screenshot(page, `studio-triggers-${name.split(' ')[1]}`);
  });
});
