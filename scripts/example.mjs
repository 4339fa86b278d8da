// `npm run example script-tag`: sets up, builds and starts one of the examples.
// Further arguments go to the example: `npm run example bot -- '<overlay link>'`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, environment, install, repository } from './setup.mjs';

const [name = '', ...values] = process.argv.slice(2);
const names = readdirSync(join(repository, 'examples'));
if (!names.includes(name)) {
  console.error(`Which one? npm run example ${names.join(' | ')}`);
  process.exit(1);
}
if (!install() || !build()) process.exit(1);

// On Windows npm is a script of its shell, to which the & in a link would end the command.
const shell = process.platform === 'win32';
const args = ['run', '--silent', '--prefix', join('examples', name), 'start', '--'];
const example = spawnSync('npm', [...args, ...values.map((value) => (shell ? `"${value}"` : value))], {
  cwd: repository,
  env: environment,
  stdio: 'inherit',
  shell,
});
process.exit(example.status ?? 1);
