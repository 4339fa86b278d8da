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

const minimal = await initialSize(MINIMAL, ['rxjs']);
const standalone = await initialSize(
  `import '${join(repository, 'packages/elements/dist/standalone/pose-coach.js')}';`,
  [],
);
print('Sizes (minified, gzipped; what is loaded at once)', [
  {
    what: '@pose-coach/core, minimal live pipeline',
    measured: kilobytes(minimal),
    budget: '≤ 15 kB',
    ok: minimal <= 15_000,
  },
  {
    what: 'drop-in element, all but engine and models',
    measured: kilobytes(standalone),
    budget: '≤ 60 kB',
    ok: standalone <= 60_000,
  },
]);

/** Bytes, gzipped, of everything but the engine: the entry and all chunks it may load, each by itself. */
async function initialSize(source: string, external: string[]): Promise<number> {
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
  let bytes = 0;
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (isEngine(output)) continue;
    const file = outputFiles.find((each) => each.path.endsWith(path));
    bytes += gzipSync(file?.contents ?? readFileSync(path), { level: 9 }).length;
  }
  return bytes;
}

/** The engine's chunk is the one that carries the inlined worker: nothing of ours comes near its size. */
function isEngine(output: Metafile['outputs'][string]): boolean {
  return Object.values(output.inputs).some(({ bytesInOutput }) => bytesInOutput > 100_000);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
