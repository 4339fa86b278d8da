#!/usr/bin/env node
import { runCommand } from '../dist/command.js';

const running = await runCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  fail: (line) => console.error(line),
});
if (typeof running === 'number') {
  process.exitCode = running;
} else {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // A second one ends the process at once, as it would without this.
    process.once(signal, () => running.close());
  }
}
