import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { engineWorkersVite } from './packages/core/build/engine-worker.ts';
import { extensionWorkerVite } from './packages/core/build/extension-worker.ts';
import { musicWorkletVite } from './packages/core/build/music-worklet.ts';
import { assetsPlugin } from './tests/assets-plugin.ts';
import { chromiumFlags, findChromium } from './tests/browsers.ts';
import { liveServerPlugin } from './tests/live-server-plugin.ts';
import { workspaceAliases } from './workspace-aliases.ts';

const chromium = findChromium();

export default defineConfig({
  resolve: { alias: workspaceAliases },
  test: {
    projects: [
      {
        extends: true,
        plugins: [extensionWorkerVite(), musicWorkletVite()],
        test: {
          name: 'node',
          include: [
            'packages/*/{src,bin,build,pages}/**/*.test.ts',
            'examples/*/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'tests/{conformance,load,motion,packaging}/**/*.test.ts',
          ],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        plugins: [
          engineWorkersVite(),
          extensionWorkerVite(),
          musicWorkletVite(),
          assetsPlugin(),
          liveServerPlugin(),
        ],
        // Pre-bundled up front: a dependency found in the middle of a run reloads the page and fails its tests.
        optimizeDeps: {
          include: [
            'rxjs',
            'lit',
            'lit/decorators.js',
            'lit/directives/class-map.js',
            'lit/directives/live.js',
            'lit/directives/repeat.js',
            'lit/directives/style-map.js',
            'axe-core',
            'valibot',
            'fast-check',
            '@pose-coach/core > onnxruntime-web/webgpu',
          ],
        },
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          retry: 1,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: [
                  ...chromiumFlags,
                  '--use-fake-ui-for-media-stream',
                  '--use-fake-device-for-media-stream',
                  // A graphics adapter for WebGPU that calculates on the CPU: slow, and right.
                  '--enable-unsafe-webgpu',
                  '--use-webgpu-adapter=swiftshader',
                  // Sound without anybody who touches the page.
                  '--autoplay-policy=no-user-gesture-required',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          retry: 1,
        },
      },
    ],
  },
});
