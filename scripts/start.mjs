// `npm start`: installs what is missing, builds, and starts the overlay server, which prints its addresses.
// Arguments go to the server: `npm start -- --port 9000`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, environment, install, repository } from './setup.mjs';

if (!install()) fail('The dependencies could not be installed: see above. Is there a network?');
if (!build()) fail('The build failed: see above.');

const server = spawn(
  join(repository, 'node_modules', '.bin', 'node'),
  [join(repository, 'packages', 'overlay-server', 'bin', 'overlay-server.js'), ...process.argv.slice(2)],
  { cwd: repository, env: environment, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 0 : 1)));

function fail(message) {
  console.error(message);
  process.exit(1);
}
