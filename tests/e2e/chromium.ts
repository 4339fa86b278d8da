import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../browsers.ts';

const screenshots = fileURLToPath(new URL('../results/screenshots/', import.meta.url));

/** Starts headless Chromium; with `camera`, its camera plays that .mjpeg file and permission is given. */
export async function launchChromium(
  options: { camera?: string; flags?: readonly string[] } = {},
): Promise<Browser> {
  return await chromium.launch({
    executablePath: chromiumProgram(),
    headless: true,
    args: [...chromiumFlags, ...cameraFlags(options.camera), ...(options.flags ?? [])],
  });
}

/** The path of Chromium. @throws Error where there is none */
export function chromiumProgram(): string {
  const program = findChromium();
  if (!program) throw new Error('No Chromium on this machine: install it or set CHROMIUM_PATH.');
  return program;
}

/** Flags that give Chromium a camera that plays an .mjpeg file, and every page the permission to use it. */
export function cameraFlags(clip: string | undefined): readonly string[] {
  if (clip === undefined) return [];
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${clip}`,
  ];
}

/** A page of Playwright's or of Puppeteer's. */
interface Photographed {
  screenshot(options: { path: `${string}.png` }): Promise<unknown>;
}

/** Writes a picture of the page to tests/results/screenshots, where a person can look at it. */
export async function screenshot(page: Photographed, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}${name}.png` });
}

/**
 * Records every request of a page that leaves its own hosts. The list is empty as long as the promise holds that
 * nothing does.
 */
export function foreignRequests(page: Page, ...ownHosts: string[]): string[] {
  const foreign: string[] = [];
  const note = (address: string) => {
    const url = new URL(address);
    const isLocal = ['blob:', 'data:', 'about:'].includes(url.protocol);
    if (!isLocal && !ownHosts.includes(url.host)) foreign.push(address);
  };
  page.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  return foreign;
}
