// `npm run example script-tag`: sets up, builds and starts one of the examples.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, repository, run } from './setup.mjs';

const names = readdirSync(join(repository, 'examples'));
const name = process.argv[2] ?? '';
if (!names.includes(name)) {
  console.error(`Which one? npm run example ${names.join(' | ')}`);
  process.exit(1);
}
const ok =
  install() && build() && run('npm', ['run', '--silent', '--prefix', join('examples', name), 'start']);
process.exit(ok ? 0 : 1);
