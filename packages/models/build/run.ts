import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble, assembleHeavy } from './assemble.ts';

/**
 * `node build/run.ts` assembles and converts what the package carries into `dist/files`;
 * `node build/run.ts --heavy [<folder>]` the heavy bundle and network, into `dist/heavy` unless told otherwise.
 */
const [option, folder, ...rest] = process.argv.slice(2);
const inDist = (name: string) => fileURLToPath(new URL(`../dist/${name}/`, import.meta.url));

try {
  if ((option !== undefined && option !== '--heavy') || rest.length > 0) {
    throw new Error('Say `node build/run.ts` or `node build/run.ts --heavy [<folder>]`.');
  }
  const written =
    option === '--heavy' ? await assembleHeavy(folder ?? inDist('heavy')) : await assemble(inDist('files'));
  for (const { path, bytes } of written) console.log(`${relative(process.cwd(), path)}  ${bytes} bytes`);
} catch (error) {
  console.error(`models: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
