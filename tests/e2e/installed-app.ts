import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyAssets } from '@pose-coach/models/copy';

const core = fileURLToPath(new URL('../../packages/core/', import.meta.url));
const apps = fileURLToPath(new URL('./apps/', import.meta.url));

/** An app's own folder, outside the workspace, with the packages in it that npm would have put there. */
export interface InstalledApp {
  readonly root: string;
  /** The app's one module: `src/main.js` below the root. */
  readonly entry: string;
  /** `public/assets`, which a development server serves as `/assets/`: models and WASM, as the models package copies them. */
  readonly assets: string;
  dispose(): void;
}

/**
 * Sets up an app as a person does who installs `@pose-coach/core`, from what the package would be published with:
 * neither the workspace's sources nor its links are within the app's reach, so a bundler treats it as it treats
 * any dependency.
 * @param name a module of `apps/`
 */
export async function installApp(name: string): Promise<InstalledApp> {
  if (!existsSync(join(core, 'dist/mediapipe.js'))) {
    throw new Error('packages/core/dist is missing: build the packages before the end-to-end tests.');
  }
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'pose-coach-app-')));
  const installed = join(root, 'node_modules/@pose-coach/core');
  cpSync(join(core, 'dist'), join(installed, 'dist'), { recursive: true });
  cpSync(join(core, 'package.json'), join(installed, 'package.json'));
  const { dependencies } = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const dependency of Object.keys(dependencies)) {
    const place = join(root, 'node_modules', dependency);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(realpathSync(join(core, 'node_modules', dependency)), place);
  }
  const entry = join(root, 'src/main.js');
  mkdirSync(dirname(entry));
  cpSync(join(apps, `${name}.js`), entry);
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
  const assets = join(root, 'public/assets');
  await copyAssets(assets);
  return { root, entry, assets, dispose: () => rmSync(root, { recursive: true, force: true }) };
}
