// Builds every example, as its reader would.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository, run } from './setup.mjs';

let ok = true;
for (const name of readdirSync(join(repository, 'examples'))) {
  const built = run('npm', ['run', '--silent', '--prefix', join('examples', name), 'build'], { quiet: true });
  console.log(`${built ? 'built' : 'FAILED'}: examples/${name}`);
  ok &&= built;
}
process.exit(ok ? 0 : 1);
