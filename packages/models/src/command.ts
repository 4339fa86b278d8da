import { parseArgs } from 'node:util';
import { type CopiedFile, copyAssets } from './copy-assets.ts';
import { locateAssets } from './locate.ts';
import { ASSET_ENGINES, type AssetEngine } from './manifest.ts';
import { ModelsError } from './models-error.ts';

/** Where a command says what it has to say, a line at a time. */
export interface CommandOutput {
  print(line: string): void;
  fail(line: string): void;
}

const HELP = `Usage: models copy <folder> [--engine mediapipe|onnx]

Copies the model files and the engines' WebAssembly to where your app serves them:

  <folder>/models/   for mediapipe: pose_landmarker_lite.task, pose_landmarker_full.task, hand_landmarker.task
                     for onnx: pose_detector.onnx, pose_landmarks_lite.onnx, pose_landmarks_full.onnx,
                     hand_detector.onnx, hand_landmarks.onnx
                     for both: manifest.json, licences
  <folder>/wasm/     for mediapipe: vision_wasm_module_internal.js and .wasm
                     for onnx: ort-wasm-simd-threaded.mjs and .wasm (on the CPU),
                     ort-wasm-simd-threaded.asyncify.mjs and .wasm (on WebGPU)

Then give the folder's address as \`assets\`: <pose-coach assets="/pose-coach/">.

Options:
  --engine <name>  Leave out what only the other engine needs. Set engine="<name>" on the page, too:
                   engine="auto" may ask for the other's files first, in vain, and without WebGL it
                   needs ONNX's.
  -h, --help       Show this.`;

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
    const copied = await copyAssets(request.folder, locateAssets(request.engine));
    for (const { path, bytes } of copied) output.print(`${size(bytes)}  ${path}`);
    output.print(`${size(totalOf(copied))}  in ${request.folder}`);
    if (request.engine === undefined) output.print(`One engine's files alone: ${sizesAlone(copied)}.`);
    return 0;
  } catch (error) {
    output.fail(`models: ${error instanceof Error ? error.message : String(error)}`);
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
  if (folder === undefined || folder === '') throw wrongUsage('the folder to copy to is missing');
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
  return new ModelsError('OPTION_INVALID', `${fault}. Say \`models copy <folder>\`, or \`models --help\`.`);
}

function totalOf(files: readonly CopiedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What each engine would take with the files that both need. */
function sizesAlone(copied: readonly CopiedFile[]): string {
  return ASSET_ENGINES.map((name) => {
    const files = copied.filter(({ engine }) => engine === undefined || engine === name);
    return `--engine ${name} ${size(totalOf(files)).trim()}`;
  }).join(', ');
}

/** Width that holds the largest size, so that sizes stand under each other. */
const SIZE_WIDTH = 8;

function size(bytes: number): string {
  return (bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`).padStart(
    SIZE_WIDTH,
  );
}
