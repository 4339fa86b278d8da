import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bothBrowsers } from './both-browsers.ts';
import { type CountingServer, startCountingServer } from './counting-server.ts';
import {
  type AttemptOutcomes,
  attemptFreely,
  attemptInDocument,
  attemptInFrame,
} from './isolated-attempts.ts';
import {
  buildIsolatedApp,
  type DrivenPage,
  type IsolatedApp,
  inPage,
  runIsolated,
  runPackage,
  runPart,
} from './isolated-page.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const attempts = appText('network-attempts');

/** An extension that tries everything. */
const EXTENSION = `${attempts}
  export function activate(context, coach) {
    coach.commands.register('probe.run', async (...[base, udpPort]) => attemptNetwork(base, udpPort));
  }`;

/** A part of the overlay that tries everything, and says how much it tried and what came through. */
const PART = {
  '/parts/package.json': JSON.stringify({
    name: 'probe-parts',
    version: '1.0.0',
    poseCoach: {
      apiVersion: 1,
      prefix: 'probe',
      overlay: './overlay.js',
      contributes: {
        overlayWidgets: [{ id: 'probe.widget', title: 'Widget', size: { width: 160, height: 90 } }],
      },
    },
  }),
  '/parts/overlay.js': `${attempts}
    export function activateOverlay({ widgets, log }) {
      const paint = async (_canvas, { settings }) => {
        const outcomes = Object.entries(await attemptNetwork(settings.base, settings.udpPort));
        const font = new FontFace('told', 'url(' + settings.base + 'font-face.woff2)');
        outcomes.push(['a font', await font.load().then(() => 'done', String)]);
        const done = outcomes.filter(([, said]) => said === 'done').map(([name]) => name);
        log.info(JSON.stringify({ tried: outcomes.length > 15, done }));
      };
      widgets.register('probe.widget', { create: () => ({ paint: (...said) => void paint(...said) }) });
    }`,
};

/** A worker that tries everything, in whatever surroundings it is started. */
const WORKER = `${attempts.replace('export async function', 'async function')}
  onmessage = ({ ports: [port] }) => {
    port.onmessage = async ({ data }) => port.postMessage(await attemptNetwork(data.base, data.udpPort));
  };`;

/** An extension, served as a package, that tries to tell its own server something through the names of files. */
const PACKAGE = {
  '/pack/package.json': JSON.stringify({
    name: 'probe',
    version: '1.0.0',
    poseCoach: {
      apiVersion: 1,
      prefix: 'probe',
      main: './extension.js',
      assets: ['./note.txt'],
      contributes: { commands: [{ id: 'probe.run', title: 'Run' }] },
    },
  }),
  '/pack/extension.js': `export function activate(context, coach) {
    const outcome = (promise) => promise.then(() => 'done', ({ code }) => code);
    coach.commands.register('probe.run', async (origin) => {
      const said = [];
      for (let index = 0; index < 100; index += 1) {
        said.push(await outcome(context.asset('./left-knee-at-' + index)));
        said.push(await outcome(context.asset('./note.txt?left-knee-at-' + index)));
        said.push(await outcome(context.fetch(origin + '/left-knee-at-' + index)));
      }
      for (let index = 0; index < 100; index += 1) said.push(await outcome(context.asset('./note.txt')));
      return [...new Set(said)];
    });
  }`,
};

/** What a free worker brings to a server, in both browsers. */
const WORKER_PATHS = ['fetch', 'no-cors', 'xhr', 'socket', 'events', 'module.js', 'script.js', 'font.woff2'];

/** What a free document brings to a server, in both browsers. */
const DOCUMENT_PATHS = [
  'image.png',
  'style.css',
  'script.js',
  'frame',
  'video.mp4',
  'beacon',
  'fetch',
  'socket',
];

const NOTHING = { paths: [], connections: 0, packets: 0 };

/** Milliseconds for each: they take two seconds at most, and one that hangs is tried again. */
const PATIENCE = 30_000;

describe.each(bothBrowsers)(
  'An isolated extension in $name',
  { timeout: PATIENCE },
  ({ missing: findMissing, open }) => {
    const missing = findMissing();
    let app: IsolatedApp;
    let own: StaticServer;
    let counting: CountingServer;
    let page: DrivenPage;
    let close: () => Promise<void>;

    beforeAll(async () => {
      if (missing) return;
      app = await buildIsolatedApp();
      own = await serveStatic(app.mounts);
      ({ page, close } = await open());
    });

    afterAll(async () => {
      await close?.();
      own?.close();
      app?.app.dispose();
    });

    beforeEach(async (context) => {
      if (missing) return context.skip(missing);
      counting = await startCountingServer({ ...PACKAGE, ...PART });
      await page.goto(`${own.origin}/`);
      return () => counting.close();
    });

    const reached = ({ paths, connections, packets }: CountingServer) => ({ paths, connections, packets });
    const workerAttempt = () => ({ worker: WORKER, base: `${counting.origin}/`, udpPort: counting.udpPort });
    const paths = (names: readonly string[]) => expect.arrayContaining(names.map((name) => `/${name}`));

    it('reaches no server, and finds nothing to try it with', async () => {
      const values = [`${counting.origin}/`, counting.udpPort];
      const { value, failures } = await runIsolated(page, `${own.origin}/`, EXTENSION, values);
      const outcomes = Object.entries(value as AttemptOutcomes);
      expect(outcomes.length).toBeGreaterThan(15);
      expect(outcomes.filter(([, said]) => said === 'done')).toEqual([]);
      expect(failures).toEqual([]);
      expect(reached(counting)).toEqual(NOTHING);
    });

    it('tells its own server no more than which of its named files it reads', async () => {
      const address = `${counting.origin}/pack/`;
      const outcomes = await runPackage(page, `${own.origin}/`, address, [counting.origin]);
      expect(outcomes).toEqual(['ASSET_NOT_FOUND', 'OPTION_INVALID', 'PERMISSION_DENIED', 'done']);
      expect(counting.paths).toEqual(['/pack/package.json', '/pack/extension.js', '/pack/note.txt']);
    });

    it('reaches no server from a part of the overlay either', async () => {
      const settings = { base: `${counting.origin}/`, udpPort: counting.udpPort };
      const { said } = await runPart(
        page,
        `${own.origin}/`,
        `${counting.origin}/parts/package.json`,
        settings,
      );
      expect(JSON.parse(said)).toEqual({ tried: true, done: [] });
      // The page has read the manifest, and the host the module.
      expect(counting.paths).toEqual(['/parts/package.json', '/parts/overlay.js']);
      expect(counting.packets).toBe(0);
    });

    it('would reach none from a worker of its frame that nobody has confined', async () => {
      const frame = readFileSync(app.frameFile, 'utf8');
      const outcomes = await inPage(page, attemptInFrame, { frame, ...workerAttempt() });
      expect(Object.keys(outcomes).length).toBeGreaterThan(15);
      expect(reached(counting)).toEqual(NOTHING);
    });

    it('is tried with attempts that do reach a server from a worker that is free', async () => {
      await inPage(page, attemptFreely, workerAttempt());
      expect(counting.paths).toEqual(paths(WORKER_PATHS));
      // WebTransport.
      expect(counting.packets).toBeGreaterThan(0);
    });

    it('would load nothing from a script in the document of its frame, which a free document does', async () => {
      const script = `${appText('document-attempts').replace('export async', 'async')}
      attemptFromDocument("${counting.origin}/").then(() => parent.postMessage(null, '*'));`;
      const hash = createHash('sha256').update(script).digest('base64');
      const theirs = readFileSync(app.frameFile, 'utf8');
      const withPolicy = theirs
        .replace(/sha256-[^']+/, () => `sha256-${hash}`)
        .replace(/<script>.*<\/script>/s, () => `<script>${script}</script>`);
      await inPage(page, attemptInDocument, { frame: withPolicy });
      // Chromium may open a connection in advance for a frame in it, and then asks for nothing.
      expect(counting.paths).toEqual([]);
      await inPage(page, attemptInDocument, { frame: `<!doctype html><script>${script}</script>` });
      expect(counting.paths).toEqual(paths(DOCUMENT_PATHS));
    });
  },
);

/** The text of a module of `apps/`. */
function appText(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./apps/${name}.js`, import.meta.url)), 'utf8');
}
