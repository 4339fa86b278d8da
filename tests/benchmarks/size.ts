// Gzipped sizes of what a page loads: core as an app's bundler makes it, the drop-in element and the dance extension
// as they are served.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { print } from './report.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const core = join(repository, 'packages/core/dist');

/** What DESIGN calls the minimal live pipeline: its own code, without rxjs and without the engine. */
const MINIMAL = `
  import { estimatePoses, oneEuro, smooth } from '${core}/index.js';
  import { camera } from '${core}/camera.js';
  import { mediapipe } from '${core}/mediapipe.js';
  camera({ width: 640 }).pipe(estimatePoses(mediapipe({ model: 'lite' })), smooth(oneEuro())).subscribe(console.log);
`;

/** The script tag's file; what it may load lies beside it. */
const DROP_IN = join(repository, 'packages/elements/dist/standalone/pose-coach.js');

/** The file that `<pose-coach extensions="…">` loads. */
const EXTENSIONS = /standalone\/extensions-[^/]+\.js$/;
/** What a page loads for dance: one self-contained module. */
const DANCE = join(repository, 'packages/extension-dance/dist/extension.js');

/** The engines, inlined for workers. */
const ENGINE = /(mediapipe|onnx)-worker[^/]*\.js$/;
/** What starts an engine's worker and talks to it, loaded when poses are wanted. */
const ENGINE_HOST = /(mediapipe|onnx)-host[^/]*\.js$/;
/** The file that `<pose-coach>` loads to find poses: it chooses an engine, and loads what starts that one's worker. */
const ENGINE_CHOICE = /standalone\/engine-[^/]+\.js$/;

const BUNDLE = {
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  metafile: true,
  write: false,
  outdir: 'out',
  logLevel: 'error',
} as const satisfies BuildOptions;

const minimal = await bundledSizes(MINIMAL, ['rxjs']);
const dropIn = await servedSizes(DROP_IN);
const dance = gzipSync(readFileSync(DANCE), { level: 9 }).length;
print('Sizes (minified, gzipped)', [
  {
    what: '@pose-coach/core, minimal live pipeline',
    measured: kilobytes(minimal.pipeline),
    budget: '≤ 15 kB',
    ok: minimal.pipeline <= 15_000,
  },
  {
    what: '… what it loads besides with its engine: what starts the worker and talks to it',
    measured: kilobytes(minimal.host),
    budget: '',
    ok: undefined,
  },
  {
    what: 'drop-in element, all but engine and models',
    measured: kilobytes(dropIn.element),
    budget: '≤ 60 kB',
    ok: dropIn.element <= 60_000,
  },
  {
    what: '… what it loads besides to find poses: the choice, and what starts either engine’s worker',
    measured: kilobytes(dropIn.engines),
    budget: '',
    ok: undefined,
  },
  {
    what: 'what extensions="…" adds to it: their host, and two elements',
    measured: kilobytes(dropIn.extensions),
    // Our own bound. It was 60 kB; checking the widgets and themes that a manifest declares takes 2 kB more.
    budget: '≤ 63 kB',
    ok: dropIn.extensions <= 63_000,
  },
  {
    what: '@pose-coach/extension-dance, loaded when it is switched on',
    measured: kilobytes(dance),
    budget: '≤ 45 kB',
    ok: dance <= 45_000,
  },
]);

interface BundledSizes {
  readonly pipeline: number;
  readonly host: number;
}

/** Bytes, gzipped, of everything but the engine's worker: what the entry loads, and what it loads besides for an engine. */
async function bundledSizes(source: string, external: string[]): Promise<BundledSizes> {
  const { metafile, outputFiles } = await build({
    ...BUNDLE,
    stdin: { contents: source, resolveDir: repository, loader: 'js' },
    external,
  });
  const { outputs } = metafile;
  const holds = (path: string, pattern: RegExp) =>
    Object.keys(outputs[path]?.inputs ?? {}).some((input) => pattern.test(input));
  const reach = (leftOut: readonly RegExp[]) => {
    const found = new Set<string>();
    const follow = (path: string) => {
      if (found.has(path) || !outputs[path] || leftOut.some((pattern) => holds(path, pattern))) return;
      found.add(path);
      for (const { path: next } of outputs[path].imports) follow(next);
    };
    for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === '<stdin>') follow(path);
    return found;
  };
  const size = (paths: Iterable<string>) => {
    let bytes = 0;
    for (const path of paths) {
      const file = outputFiles.find((each) => each.path.endsWith(path));
      bytes += gzipSync(file?.contents ?? readFileSync(path), { level: 9 }).length;
    }
    return bytes;
  };
  const pipeline = size(reach([ENGINE, ENGINE_HOST]));
  return { pipeline, host: size(reach([ENGINE])) - pipeline };
}

interface ServedSizes {
  readonly element: number;
  readonly engines: number;
  readonly extensions: number;
}

/**
 * Bytes, gzipped, of files as they are served, without the engines' workers: those that a page may come to load while
 * it names no extensions and finds no poses, those that it loads besides to find poses, and those for extensions.
 */
async function servedSizes(entry: string): Promise<ServedSizes> {
  const { metafile } = await build({ ...BUNDLE, entryPoints: [entry] });
  const files = Object.keys(metafile.inputs).filter((path) => !ENGINE.test(path));
  const element = loadable(metafile.inputs, [EXTENSIONS, ENGINE_CHOICE]);
  const withEngines = loadable(metafile.inputs, [EXTENSIONS]);
  const size = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
  return {
    element: size(files.filter((path) => element.has(path))),
    engines: size(files.filter((path) => withEngines.has(path) && !element.has(path))),
    extensions: size(files.filter((path) => !withEngines.has(path))),
  };
}

/** The entry, and every file that a page may come to load without those that are left out. */
function loadable(inputs: Metafile['inputs'], leftOut: readonly RegExp[]): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (path: string) => {
    if (found.has(path) || leftOut.some((pattern) => pattern.test(path))) return;
    found.add(path);
    for (const { path: next } of inputs[path]?.imports ?? []) follow(next);
  };
  const [entry] = Object.keys(inputs).filter((path) => path.endsWith('/pose-coach.js'));
  if (entry === undefined) throw new Error('There is no pose-coach.js among the files.');
  follow(entry);
  return found;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
