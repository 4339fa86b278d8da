// Makes the sample that <pose-coach> plays where there is no camera: what our own engine finds in a fixture clip.
// By hand, when engine or format change: `node scripts/make-sample.ts`. Needs the fixtures, a built
// packages/models and Chromium.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { engineWorkersVite } from '../packages/core/build/engine-worker.ts';
import { assetsPlugin } from '../tests/assets-plugin.ts';
import { launchChromium } from '../tests/e2e/chromium.ts';
import { fixtures } from '../tests/fixtures.ts';
import { workspaceAliases } from '../workspace-aliases.ts';
import type { SampleOrder } from './make-sample/page.ts';

const repository = fileURLToPath(new URL('../', import.meta.url));
const target = join(repository, 'packages/elements/assets/sample-dance.poses');

const order: SampleOrder = {
  clip: '/fixtures/videos/dance_phrase_talmolab.mp4',
  rate: 30,
  model: 'full',
  metadata: {
    label: 'Recording: poses our engine found in a dance clip',
    created: new Date().toISOString(),
    licence: 'MIT',
    source: 'dance_phrase.mp4 of talmolab/movenet-dance-demo (MIT)',
  },
};

if (!fixtures) {
  console.error('No fixtures: the sample is made of one of their clips.');
  process.exit(1);
}
const server = await createServer({
  configFile: false,
  root: repository,
  cacheDir: join(repository, '.cache/make-sample'),
  plugins: [engineWorkersVite(), assetsPlugin()],
  resolve: { alias: workspaceAliases },
  optimizeDeps: { entries: ['scripts/make-sample/page.html'], include: ['rxjs'] },
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  logLevel: 'warn',
});
await server.listen();
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  page.on('console', (message) => console.log(`  page: ${message.text()}`));
  page.on('pageerror', (error) => console.error(`  page: ${error.message}`));
  await page.goto(new URL('scripts/make-sample/page.html', server.resolvedUrls?.local[0]).href);
  await page.waitForFunction(() => 'makeSample' in window);
  const sample = await page.evaluate((wanted) => window.makeSample(wanted), order);
  const bytes = Buffer.from(sample.recording.slice(sample.recording.indexOf(',') + 1), 'base64');
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
  console.log(
    `${sample.frames} frames, ${sample.withPeople} with somebody in them, ${bytes.length} bytes: ${target}`,
  );
} finally {
  await browser.close();
  await server.close();
}
