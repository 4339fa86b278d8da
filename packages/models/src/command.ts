import { parseArgs } from 'node:util';
import { copyAssets } from './copy-assets.ts';
import { ModelsError } from './models-error.ts';

/** Where a command says what it has to say, a line at a time. */
export interface CommandOutput {
  print(line: string): void;
  fail(line: string): void;
}

const HELP = `Usage: models copy <folder>

Copies the model files and the engine's WebAssembly to where your app serves them:

  <folder>/models/   pose_landmarker_lite.task, pose_landmarker_full.task,
                     hand_landmarker.task, manifest.json, licences
  <folder>/wasm/     vision_wasm_module_internal.js and .wasm

Then give the folder's address as \`assets\`: <pose-coach assets="/pose-coach/">.

Options:
  -h, --help   Show this.`;

/**
 * Runs the package's command, `models copy <folder>`.
 *
 * @param words what was typed after the command's name
 * @returns the exit status: 0, or 1 after one plain line about what went wrong
 */
export async function runCommand(words: readonly string[], output: CommandOutput): Promise<number> {
  try {
    const request = readRequest(words);
    if (request === 'help') {
      output.print(HELP);
      return 0;
    }
    const copied = await copyAssets(request.folder);
    const total = copied.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path, bytes } of copied) output.print(`${size(bytes)}  ${path}`);
    output.print(`${size(total)}  in ${request.folder}`);
    return 0;
  } catch (error) {
    output.fail(`models: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

function readRequest(words: readonly string[]): 'help' | { readonly folder: string } {
  const { positionals, values } = parseWords(words);
  const [name, folder, ...rest] = positionals;
  if (values.help || name === undefined) return 'help';
  if (name !== 'copy') throw wrongUsage(`there is no command "${name}"`);
  if (folder === undefined || folder === '') throw wrongUsage('the folder to copy to is missing');
  if (rest.length > 0) throw wrongUsage(`one folder is enough, "${rest.join(' ')}" is too much`);
  return { folder };
}

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
  } catch {
    const option = words.find((word) => word.startsWith('-') && word !== '-h' && word !== '--help');
    throw wrongUsage(`there is no option "${option ?? words.join(' ')}"`);
  }
}

function wrongUsage(fault: string): ModelsError {
  return new ModelsError('OPTION_INVALID', `${fault}. Say \`models copy <folder>\`, or \`models --help\`.`);
}

/** Width that holds the largest size, so that sizes stand under each other. */
const SIZE_WIDTH = 8;

function size(bytes: number): string {
  return (bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`).padStart(
    SIZE_WIDTH,
  );
}
