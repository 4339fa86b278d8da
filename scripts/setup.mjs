// Sets up a plain clone: dependencies, system programs, build. Runs on any Node from 20 up, before anything is
// installed, so it imports nothing but Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, findFirefox, findProgram } from './programs.mjs';

export const repository = resolve(fileURLToPath(new URL('..', import.meta.url)));

// Pinned here and not in package.json: with a `packageManager` field pnpm looks for a build of itself that
// some registries lack.
const PNPM = 'pnpm@12.21.0';

const binaries = join(repository, 'node_modules', '.bin');
const stamps = join(repository, 'node_modules', '.pose-coach');

/** The environment of every program we start: the workspace's own binaries (its Node 24 among them) come first. */
export const environment = {
  ...process.env,
  PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`,
  STORYBOOK_DISABLE_TELEMETRY: '1',
  DO_NOT_TRACK: '1',
};

/** Runs a program in the repository and returns whether it succeeded; `quiet` keeps its output until it fails. */
export function run(program, args, { quiet = false, env = environment } = {}) {
  const result = spawnSync(program, args, {
    cwd: repository,
    env,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  const ok = result.status === 0;
  if (!ok && quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  if (result.error) process.stderr.write(`${program}: ${result.error.message}\n`);
  return ok;
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    hash.update(relative(repository, path));
    hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

function filesUnder(folder, found = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'storybook-static', '.cache'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) filesUnder(path, found);
    else if (entry.isFile() && entry.name !== 'custom-elements.json') found.push(path);
  }
  return found.sort();
}

/** Does `action` unless it was done for exactly these inputs before. */
function once(name, inputs, outputs, action) {
  const stamp = join(stamps, name);
  const hash = hashOf(inputs);
  const done =
    existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((path) => existsSync(path));
  if (done) return true;
  if (!action()) return false;
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

/** Installs the npm dependencies exactly as the lockfile says. */
export function install() {
  const manifests = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) =>
    join(repository, name),
  );
  return once('install', manifests, [binaries], () => {
    console.log('Installing dependencies …');
    return run('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
      quiet: true,
      env: process.env,
    });
  });
}

/** Builds every package. */
export function build() {
  const inputs = [...filesUnder(join(repository, 'packages')), join(repository, 'pnpm-lock.yaml')];
  const outputs = [
    'core',
    'elements',
    'models',
    'overlay-server',
    'extension-dance',
    'extension-overlay',
  ].map((name) => join(repository, 'packages', name, 'dist'));
  return once('build', inputs, outputs, () => {
    console.log('Building …');
    return run('npx', ['--yes', PNPM, '-r', '--filter', './packages/*', 'run', 'build'], { quiet: true });
  });
}

/** Packs every package into `folder`, a file each, with the versions of the others instead of `workspace:`. */
export function pack(folder) {
  const args = ['--yes', PNPM, '-r', '--filter', './packages/*', 'pack', '--pack-destination', folder];
  return run('npx', args, { quiet: true });
}

// What the tests need besides npm packages: how it is found, and Debian's packages that bring it.
const SYSTEM_PROGRAMS = [
  { name: 'Chromium', find: findChromium, packages: ['chromium'] },
  { name: 'ffmpeg', find: () => findProgram(undefined, ['ffmpeg']), packages: ['ffmpeg'] },
  { name: 'Firefox', find: findFirefox, packages: ['firefox-esr', 'libegl1', 'libgl1-mesa-dri'] },
  { name: 'OBS Studio', find: () => findProgram(process.env.OBS_PATH, ['obs']), packages: ['obs-studio'] },
  { name: 'Xvfb', find: () => findProgram(undefined, ['Xvfb']), packages: ['xvfb'] },
];

/** Installs the browsers and programs that tests use where it may (root on Debian); elsewhere says what is missing. */
export function installSystemPrograms() {
  const missing = SYSTEM_PROGRAMS.filter((program) => !program.find());
  if (missing.length === 0) return;
  const packages = missing.flatMap((program) => program.packages);
  if (process.getuid?.() === 0 && findProgram(undefined, ['apt-get'])) {
    console.log(`Installing ${packages.join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const ok =
      run('apt-get', ['update', '-qq'], { quiet: true, env }) &&
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { quiet: true, env });
    if (ok) return;
  }
  console.log(
    `Not on this machine: ${missing.map((program) => program.name).join(', ')}. Tests that need them say that they were skipped.`,
  );
  console.log(`On Debian: sudo apt-get install ${packages.join(' ')}`);
}
