import { parseArgs } from 'node:util';
import {
  ASSET_ENGINES,
  type AssetEngine,
  copyAssets,
  locateAssets,
  ModelsError,
} from '@pose-coach/models/copy';
import { locateStandalone, STANDALONE_FOLDER } from './standalone-files.ts';

/** Where a command says what it has to say, a line at a time. */
export interface CommandOutput {
  print(line: string): void;
  fail(line: string): void;
}

const HELP = `Usage: elements copy <folder> [--engine mediapipe|onnx]

Copies all that a page without a bundler needs into one folder:

  <folder>/pose-coach.js        the script, with its chunks beside it
  <folder>/*-worker.js          the engines' workers, for pages that forbid blobs (see the README)
  <folder>/pose-music.js        one script more, for <pose-music>; music-worklet.js for pages that forbid blobs
  <folder>/sample-dance.poses   the sample recording
  <folder>/models/, wasm/       model files and the engines' WebAssembly

Then the page needs one line, and the element:

  <script type="module" src="<folder>/pose-coach.js"></script>
  <pose-coach></pose-coach>

With a bundler, import '@pose-coach/elements' and give the folder's address as \`assets\`.

Options:
  --engine <name>  Leave out the models, WebAssembly and worker that only the other engine needs.
                   Set engine="<name>" on the page, too: engine="auto" may ask for the other's files
                   first, in vain, and without WebGL it needs ONNX's.
  -h, --help       Show this.`;

/**
 * Runs the package's command, `elements copy <folder>`.
 *
 * @param words what was typed after the command's name
 * @param standalone the built script's folder
 * @returns the exit status: 0, or 1 after one plain line about what went wrong
 */
export async function runCommand(
  words: readonly string[],
  output: CommandOutput,
  standalone: URL = STANDALONE_FOLDER,
): Promise<number> {
  try {
    const request = readRequest(words);
    if (request === 'help') {
      output.print(HELP);
      return 0;
    }
    // One call, so that nothing is written when a file is missing.
    const { folder, engine } = request;
    const copied = await copyAssets(folder, [
      ...(await locateStandalone(standalone, engine)),
      ...locateAssets(engine),
    ]);
    for (const { path, bytes } of copied) output.print(`${size(bytes)}  ${path}`);
    output.print(`${size(copied.reduce((sum, { bytes }) => sum + bytes, 0))}  in ${folder}`);
    return 0;
  } catch (error) {
    output.fail(`elements: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

interface CopyRequest {
  readonly folder: string;
  readonly engine: AssetEngine | undefined;
}

function readRequest(words: readonly string[]): 'help' | CopyRequest {
  const { positionals, values } = parseWords(words);
  const [name, folder, ...rest] = positionals;
  if (values.help || name === undefined) return 'help';
  if (name !== 'copy') throw wrongUsage(`there is no command "${name}"`);
  if (!folder) throw wrongUsage('the folder to copy to is missing');
  if (rest.length > 0) throw wrongUsage(`one folder is enough, "${rest.join(' ')}" is too much`);
  const engine = ASSET_ENGINES.find((one) => one === values.engine);
  if (engine === undefined && values.engine !== undefined) {
    throw wrongUsage(`there is no engine "${values.engine}", only ${ASSET_ENGINES.join(' and ')}`);
  }
  return { folder, engine };
}

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { engine: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch {
    const unknown = words.find((word) => word.startsWith('-') && !/^(-h|--help|--engine(=.*)?)$/.test(word));
    throw wrongUsage(
      unknown === undefined
        ? `--engine wants ${ASSET_ENGINES.join(' or ')} behind it`
        : `there is no option "${unknown}"`,
    );
  }
}

function wrongUsage(fault: string): ModelsError {
  return new ModelsError('OPTION_INVALID', `${fault}. Say "elements copy <folder>", or "elements --help".`);
}

/** Width that holds the largest size, so that sizes stand under each other. */
const SIZE_WIDTH = 8;

function size(bytes: number): string {
  const words = bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
  return words.padStart(SIZE_WIDTH);
}
