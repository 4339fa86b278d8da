import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../browsers.ts';
import { foreignRequests, launchChromium, screenshot } from './chromium.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const command = fileURLToPath(new URL('../../packages/elements/bin/elements.js', import.meta.url));
const greeting = fileURLToPath(
  new URL('../../packages/elements/src/extensions/greeting-extension.test-data/', import.meta.url),
);

/** The policy that the README of the elements gives for pages with extensions. */
const policy = (frames: string) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    `frame-src ${frames}`,
    'img-src data:',
  ].join('; ');

/** Longest wait in ms for the page to load everything, on a busy machine. */
const PATIENCE = 60_000;

const page = (frames: string) => `<!doctype html>
<html lang="en">
<title>My site</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<script type="module" src="pose-coach/pose-coach.js"></script>
<body bgcolor="#10131a">
<pose-coach id="coach" source="sample" extensions="greeting" frame-url="${frames}/extension-frame.html"></pose-coach>
<p><pose-metrics for="coach"></pose-metrics>
<p><pose-extensions for="coach"></pose-extensions>`;

describe('<pose-coach extensions="…"> on a page whose content security policy forbids scripts and styles in the document', () => {
  let folder: string;
  let browser: Browser;
  let frames: StaticServer;
  let server: StaticServer;

  beforeAll(async () => {
    if (!findChromium()) return;
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-strict-extensions-'));
    execFileSync(process.execPath, [command, 'copy', join(folder, 'pose-coach')], { stdio: 'pipe' });
    cpSync(greeting, join(folder, 'greeting'), { recursive: true });
    addRule(join(folder, 'greeting/package.json'));
    // The frame is answered without the page's policy: here by a server of its own.
    frames = await serveStatic({
      '/extension-frame.html': join(folder, 'pose-coach/extension-frame.html'),
    });
    writeFileSync(join(folder, 'index.html'), page(frames.origin));
    server = await serveStatic({ '/': folder }, { 'content-security-policy': policy(frames.origin) });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    frames?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach((context) => {
    if (!findChromium()) context.skip('skipped: no Chromium');
  });

  it('asks, runs the extension isolated, shows what it reads and says, and violates nothing for it', async () => {
    const tab = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    const foreign = foreignRequests(tab, server.host, frames.host);
    const violations = await watchViolations(tab);
    await tab.goto(server.origin);
    // Loading the chunk that the attribute names has defined the two elements as well.
    await tab.getByText('Frames').first().waitFor({ timeout: PATIENCE });
    await tab.getByRole('button', { name: 'Play the recording' }).click();
    const question = tab.getByRole('dialog', { name: '“Greeting” would like to' });
    await question.waitFor({ timeout: PATIENCE });
    await screenshot(tab, 'extension-permission');
    await question.getByRole('button', { name: 'Allow' }).click();
    await tab.getByText('Well counted!').waitFor({ timeout: PATIENCE });
    await screenshot(tab, 'extension-cue');
    await tab.getByRole('button', { name: 'How often it was started' }).click();
    await tab.getByText('How often it was started: 1').waitFor();
    await tab.setViewportSize({ width: 360, height: 780 });
    await tab.getByText('keep data in this browser').scrollIntoViewIfNeeded();
    await screenshot(tab, 'extension-phone');
    // The recording's clock would rather have a worker from a blob, and does without: with and without extensions.
    expect(await violations()).toEqual(['worker-src blob']);
    expect(foreign).toEqual([]);
    await tab.close();
  });
});

/** A rule as data: what the extension says after its thirtieth frame. */
function addRule(file: string): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.poseCoach.contributes.feedback = [
    {
      id: 'greeting.counted',
      metric: 'greeting.frames',
      when: { above: 30 },
      cue: { severity: 'praise', message: 'Well counted!', joints: ['leftWrist', 'rightWrist'] },
    },
  ];
  writeFileSync(file, JSON.stringify(manifest));
}

/** Notes what the page's policy refuses; the returned function tells it. */
async function watchViolations(tab: Page): Promise<() => Promise<readonly string[]>> {
  await tab.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  return () => tab.evaluate(() => (window as unknown as { violations: string[] }).violations);
}
