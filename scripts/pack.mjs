// `npm run pack`: sets up, builds, and packs every package as it would be published, into `packed/`. This is how the
// packages are installed elsewhere as long as they are not on npm.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, pack, repository } from './setup.mjs';

const folder = join(repository, 'packed');
if (!install() || !build()) process.exit(1);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
if (!pack(folder)) process.exit(1);

console.log(`Packed into ${folder}:`);
for (const name of readdirSync(folder).sort()) console.log(`  ${name}`);
console.log(`In a project of yours: npm i ${join(folder, '*.tgz')}`);
