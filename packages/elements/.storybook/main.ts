import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StorybookConfig } from '@storybook/web-components-vite';
import { mergeConfig } from 'vite';
import { workspaceAliases } from '../../../workspace-aliases.ts';
import { engineWorkersVite } from '../../core/build/engine-worker.ts';
import { extensionWorkerVite } from '../../core/build/extension-worker.ts';
import { musicWorkletVite } from '../../core/build/music-worklet.ts';

const elements = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const models = resolve(elements, '../models');
const engine = dirname(createRequire(resolve(models, 'package.json')).resolve('@mediapipe/tasks-vision'));

/** What stories play and run: the sample recording, and the real engine with its models once they are built. */
const folders = [
  { from: resolve(elements, 'assets'), to: '/pose-coach' },
  { from: resolve(models, 'dist/files'), to: '/pose-coach/models' },
  { from: resolve(engine, 'wasm'), to: '/pose-coach/wasm' },
].filter(({ from }) => existsSync(from));

const config: StorybookConfig = {
  stories: ['../src/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  framework: '@storybook/web-components-vite',
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  staticDirs: folders,
  viteFinal: (vite) =>
    mergeConfig(vite, {
      resolve: { alias: workspaceAliases },
      plugins: [engineWorkersVite(), extensionWorkerVite(), musicWorkletVite()],
    }),
};

export default config;
