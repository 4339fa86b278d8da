// `npm run bench`: sets up, builds, and runs every benchmark, or those that are named: `npm run bench size server`.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, install, installSystemPrograms, repository, run } from './setup.mjs';

const folder = join(repository, 'tests', 'benchmarks');
if (!install() || !build()) process.exit(1);
installSystemPrograms();
const all = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'report.ts')
  .map((name) => basename(name, '.ts'));
const named = process.argv.slice(2);
const unknown = named.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(1);
}
let ok = true;
for (const name of named.length > 0 ? named : all) {
  ok = run('node', ['--expose-gc', join(folder, `${name}.ts`)]) && ok;
}
process.exit(ok ? 0 : 1);
