import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExtensionStatus } from '@pose-coach/core/extensions';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreignRequests, launchChromium, screenshot } from './chromium.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const copyElements = join(repository, 'packages/elements/bin/elements.js');

/** Milliseconds for the page to load everything and play some of its sample, on a busy machine. */
const PATIENCE = 60_000;

let browser: Browser;
let site: string;

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'pose-coach-extension-'));
  execFileSync(process.execPath, [copyElements, 'copy', join(site, 'pose-coach')], { stdio: 'pipe' });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  if (site) rmSync(site, { recursive: true, force: true });
});

interface SamplePage {
  readonly page: Page;
  /** Addresses that it asked beyond its own server. */
  readonly foreign: readonly string[];
}

/** Opens a page, plays the sample that comes with the element, and waits until an extension reads a metric. */
async function playSample({ origin, host }: StaticServer, metric: string): Promise<SamplePage> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const foreign = foreignRequests(page, host);
  await page.goto(`${origin}/`);
  await page.getByRole('button', { name: /play the sample/i }).click();
  const isRead = (id: string) => {
    const extensions = document.querySelector('pose-coach')?.coachExtensions;
    return extensions?.metrics.latest(id).some(({ status }) => status === 'ok') ?? false;
  };
  await page.waitForFunction(isRead, metric, { timeout: PATIENCE });
  return { page, foreign };
}

function status(page: Page): Promise<ExtensionStatus | undefined> {
  return page.evaluate(() => document.querySelector('pose-coach')?.coachExtensions?.list[0]);
}

describe('examples/extension-hello', () => {
  it('runs isolated in its page, shows what it reads, and can be commanded, set and switched off', async () => {
    const folder = join(repository, 'examples/extension-hello');
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: 'pipe' });
    const server = await serveStatic({
      '/': folder,
      '/pose-coach/': join(site, 'pose-coach'),
    });
    const { page, foreign } = await playSample(server, 'hello.height');
    try {
      expect(await status(page)).toMatchObject({
        state: 'active',
        trust: 'isolated',
        faults: [],
        warnings: [],
      });
      await page.getByText('Hand height').waitFor();
      await page.getByRole('button', { name: 'Start counting again' }).click();
      await page.getByText('Start counting again: done').waitFor();
      const goal = page.getByRole('spinbutton', { name: /Raised from/ });
      await goal.fill('25');
      await goal.press('Enter');
      await page.waitForFunction(
        () => document.querySelector('pose-coach')?.coachExtensions?.settings.get('hello.goal') === 25,
      );
      await screenshot(page, 'extension-hello');
      await page.getByRole('switch', { name: /Hello/ }).click();
      await page.waitForFunction(
        () => document.querySelector('pose-coach')?.coachExtensions?.list[0]?.state === 'disabled',
      );
      expect(foreign).toEqual([]);
    } finally {
      await page.close();
      server.close();
    }
  });
});

describe('docs/extensions.md', () => {
  /** The blocks of code of "The shortest one that works", in their order. */
  function shortest(language: string): string[] {
    const text = readFileSync(join(repository, 'docs/extensions.md'), 'utf8');
    const chapter = text.slice(text.indexOf('## The shortest one'), text.indexOf('## The manifest'));
    return [...chapter.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, name, code]) =>
      name === language && code !== undefined ? [code] : [],
    );
  }

  function write(folder: string): void {
    const [manifest = ''] = shortest('json');
    const [code = '', test = ''] = shortest('js');
    const [page = ''] = shortest('html');
    writeFileSync(join(folder, 'package.json'), manifest);
    writeFileSync(join(folder, 'extension.js'), code);
    writeFileSync(join(folder, 'extension.test.js'), test);
    writeFileSync(join(folder, 'index.html'), page);
  }

  it('has an extension whose test passes as it stands there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pose-coach-stance-'));
    try {
      write(folder);
      mkdirSync(join(folder, 'node_modules/@pose-coach'), { recursive: true });
      symlinkSync(join(repository, 'packages/core'), join(folder, 'node_modules/@pose-coach/core'));
      const said = execFileSync(process.execPath, ['--test', '--test-reporter=tap'], {
        cwd: folder,
        encoding: 'utf8',
        // Under Vitest's own settings Node's runner would take itself for a test.
        env: { PATH: process.env.PATH },
      });
      expect(said).toContain('# pass 2');
      expect(said).toContain('# fail 0');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has a page that shows it at work', async () => {
    const folder = join(site, 'stance');
    mkdirSync(folder);
    write(folder);
    cpSync(join(site, 'pose-coach'), join(folder, 'pose-coach'), { recursive: true });
    const server = await serveStatic({ '/': folder });
    const { page, foreign } = await playSample(server, 'stance.width');
    try {
      expect(await status(page)).toMatchObject({ state: 'active', trust: 'isolated', faults: [] });
      await page.getByText('Stand wider.').first().waitFor({ timeout: PATIENCE });
      expect(foreign).toEqual([]);
    } finally {
      await page.close();
      server.close();
    }
  });
});
