// Gzipped sizes of what a page loads, bundled and minified as an app's bundler would.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { print } from './report.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const core = join(repository, 'packages/core/dist');

/** What DESIGN calls the minimal live pipeline: its own code, without rxjs, and without the engine's chunk. */
const MINIMAL = `
  import { estimatePoses, oneEuro, smooth } from '${core}/index.js';
  import { camera } from '${core}/camera.js';
  import { mediapipe } from '${core}/mediapipe.js';
  camera({ width: 640 }).pipe(estimatePoses(mediapipe({ model: 'lite' })), smooth(oneEuro())).subscribe(console.log);
`;

/** The script tag's file, built with everything it may load. */
const DROP_IN = `import '${join(repository, 'packages/elements/dist/standalone/pose-coach.js')}';`;

/** The chunk that `<pose-coach extensions="…">` loads, by its name in the standalone build. */
const EXTENSIONS = /standalone\/extensions-[^/]+\.js$/;

const [minimal] = await sizes(MINIMAL, ['rxjs']);
const [dropIn, extensions] = await sizes(DROP_IN, []);
print('Sizes (minified, gzipped; what is loaded at once)', [
  {
    what: '@pose-coach/core, minimal live pipeline',
    measured: kilobytes(minimal),
    budget: '≤ 15 kB',
    ok: minimal <= 15_000,
  },
  {
    what: 'drop-in element, all but engine and models',
    measured: kilobytes(dropIn),
    budget: '≤ 60 kB',
    ok: dropIn <= 60_000,
  },
  {
    what: 'what extensions="…" adds to it: host and elements',
    measured: kilobytes(extensions),
    budget: '≤ 45 kB',
    ok: extensions <= 45_000,
  },
]);

/**
 * Bytes, gzipped, of everything but the engine, each file by itself: the entry and all chunks it may load, and what
 * is loaded besides once extensions are named.
 */
async function sizes(source: string, external: string[]): Promise<readonly [number, number]> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: source, resolveDir: repository, loader: 'js' },
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    metafile: true,
    write: false,
    outdir: 'out',
    logLevel: 'error',
    external,
  });
  const { outputs } = metafile;
  const without = loadable(outputs);
  const bytes = { without: 0, added: 0 };
  for (const [path, output] of Object.entries(outputs)) {
    if (isEngine(output)) continue;
    const file = outputFiles.find((each) => each.path.endsWith(path));
    const size = gzipSync(file?.contents ?? readFileSync(path), { level: 9 }).length;
    bytes[without.has(path) ? 'without' : 'added'] += size;
  }
  return [bytes.without, bytes.added];
}

/** The entry and every chunk that a page may come to load while it names no extensions. */
function loadable(outputs: Metafile['outputs']): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (path: string) => {
    const output = outputs[path];
    if (!output || found.has(path) || isExtensions(output)) return;
    found.add(path);
    for (const { path: next, external } of output.imports) if (!external) follow(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === '<stdin>') follow(path);
  return found;
}

function isExtensions(output: Metafile['outputs'][string]): boolean {
  return Object.keys(output.inputs).some((path) => EXTENSIONS.test(path));
}

/** The engine's chunk is the one that carries the inlined worker: nothing of ours comes near its size. */
function isEngine(output: Metafile['outputs'][string]): boolean {
  return Object.values(output.inputs).some(({ bytesInOutput }) => bytesInOutput > 100_000);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
