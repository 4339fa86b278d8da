import { type ChildProcess, spawn } from 'node:child_process';
import { findProgram } from '../browsers.ts';

/** A screen that exists in memory only, for browsers that must not be headless. */
export interface Screen {
  /** For the environment variable `DISPLAY`: `:101`. */
  readonly display: string;
  close(): Promise<void>;
}

/** The path of Xvfb on this machine, or undefined. */
export function findXvfb(): string | undefined {
  return findProgram(undefined, ['Xvfb']);
}

/** Starts a screen on a display number that is free. @throws Error when Xvfb does not start */
export async function startScreen(): Promise<Screen> {
  const program = findXvfb();
  if (!program) throw new Error('No Xvfb on this machine: install it.');
  // It chooses a free number itself and writes it to the file descriptor it is given, once it can be used.
  const xvfb = spawn(program, ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    let text = '';
    xvfb.once('error', reject);
    xvfb.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code} before it was ready.`)));
    xvfb.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
  });
  return { display: `:${number}`, close: () => end(xvfb) };
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill();
  });
}
