import { join } from 'node:path';
import type { Page as ChromiumPage } from 'playwright-core';
import type { Page as FirefoxPage } from 'puppeteer-core';
import { bundleWithEsbuild, writePage } from './bundle-app.ts';
import { type InstalledApp, installApp } from './installed-app.ts';

/** What the app `apps/isolated.js` found. */
export interface IsolatedOutcome {
  /** What the extension's command gave. */
  readonly value?: unknown;
  /** Why it did not come to that. */
  readonly code?: string;
  readonly message?: string;
  readonly failures: readonly string[];
  /** Directives of the page's content security policy that were violated. */
  readonly violations: readonly string[];
}

/** What the app found when it showed a part of the overlay. */
export interface PartOutcome {
  /** What the part logged first, or what was wrong with it. */
  readonly said: string;
  /** As in `IsolatedOutcome`. */
  readonly violations: readonly string[];
}

/** What the app puts on its window. */
interface AppWindow {
  runIsolated(text: string, values: readonly (string | number)[]): Promise<IsolatedOutcome>;
  runPackage(address: string, values: readonly string[]): Promise<unknown>;
  runPart(address: string, settings: Readonly<Record<string, string | number>>): Promise<PartOutcome>;
}

/** The app, bundled, with what is to be served for it. */
export interface IsolatedApp {
  readonly app: InstalledApp;
  /** By the address under which to serve it: the page and its scripts. */
  readonly mounts: Readonly<Record<string, string>>;
  /** The file of the frame, as the package has it. */
  readonly frameFile: string;
}

/** Installs and bundles `apps/isolated.js`, as somebody does who uses the package. */
export async function buildIsolatedApp(): Promise<IsolatedApp> {
  const app = await installApp('isolated');
  const bundle = await bundleWithEsbuild(app, 'split');
  const page = join(app.root, 'page');
  writePage(page, `/scripts/${bundle.script}`, bundle.module);
  const frameFile = join(app.root, 'node_modules/@pose-coach/core/dist/extension-frame.html');
  return { app, mounts: { '/': page, '/scripts/': bundle.folder }, frameFile };
}

/** A page of either browser's driver: they have the same calls, by types that do not meet. */
export type DrivenPage = ChromiumPage | FirefoxPage;

/** Runs a function in a page. */
export async function inPage<Order, Outcome>(
  page: DrivenPage,
  run: (order: Order) => Promise<Outcome>,
  order: Order,
): Promise<Outcome> {
  const text = `(${run})(${JSON.stringify(order)})`;
  return (await (isChromium(page) ? page.evaluate(text) : page.evaluate(text))) as Outcome;
}

function isChromium(page: DrivenPage): page is ChromiumPage {
  return 'waitForURL' in page;
}

/** Opens the page and runs an extension's text in it; its command `probe.run` gets the values. */
export async function runIsolated(
  page: DrivenPage,
  address: string,
  text: string,
  values: readonly (string | number)[] = [],
): Promise<IsolatedOutcome> {
  await openApp(page, address);
  return inPage(
    page,
    (order: { text: string; values: readonly (string | number)[] }) =>
      (window as unknown as AppWindow).runIsolated(order.text, order.values),
    { text, values: [...values] },
  );
}

/** Opens the page and adds the extension at an address to it; its command `probe.run` gets the values. */
export async function runPackage(
  page: DrivenPage,
  address: string,
  extension: string,
  values: readonly string[],
): Promise<unknown> {
  await openApp(page, address);
  return inPage(
    page,
    (order: { extension: string; values: readonly string[] }) =>
      (window as unknown as AppWindow).runPackage(order.extension, order.values),
    { extension, values },
  );
}

/** Opens the page and shows the first widget of the extension at an address; gives what it logs at its first painting. */
export async function runPart(
  page: DrivenPage,
  address: string,
  manifest: string,
  settings: Readonly<Record<string, string | number>>,
): Promise<PartOutcome> {
  await openApp(page, address);
  return inPage(
    page,
    (order: { manifest: string; settings: Readonly<Record<string, string | number>> }) =>
      (window as unknown as AppWindow).runPart(order.manifest, order.settings),
    { manifest, settings: { ...settings } },
  );
}

async function openApp(page: DrivenPage, address: string): Promise<void> {
  await page.goto(address);
  const ready = () => 'runIsolated' in window;
  await (isChromium(page) ? page.waitForFunction(ready) : page.waitForFunction(ready));
}
