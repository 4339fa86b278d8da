import { PoseCoachError } from '../../../base/index.ts';
import { NativeBackend } from '../backends/native-backend.ts';
import { NodeWasmBackend } from '../backends/node-wasm-backend.ts';
import type { RawImageBackend } from '../backends/raw-image-backend.ts';

/** What networks can be calculated with in Node. */
export type NodeBackendName = 'native' | 'wasm';

/** Makes a backend. Rejects where its package is not installed or does not fit the machine. */
export type OpenBackend = (options: { readonly threads: number }) => Promise<RawImageBackend>;

/** A backend that can be had, and why it was taken. */
export interface ChosenBackend {
  readonly name: NodeBackendName;
  readonly open: () => Promise<RawImageBackend>;
  /** One sentence, as `info` has it. */
  readonly why: string;
}

/** The npm package behind each backend, in the version that this engine was tried with. */
export const PACKAGES: Readonly<Record<NodeBackendName, string>> = {
  native: 'onnxruntime-node@1.30.0',
  wasm: 'onnxruntime-web@1.30.0',
};

const OPENERS: Readonly<Record<NodeBackendName, OpenBackend>> = {
  native: (options) => NativeBackend.open(options),
  wasm: (options) => NodeWasmBackend.open(options),
};

/**
 * The backend that was asked for; of `auto` the machine's own library, and WebAssembly where that is not to be had.
 * @param openers what makes the backends; tests take one away
 * @throws PoseCoachError `ENGINE_UNSUPPORTED` with what to do, such as the command that installs what is missing
 */
export async function chooseBackend(
  wanted: 'auto' | NodeBackendName,
  threads: number,
  openers: Readonly<Record<NodeBackendName, OpenBackend>> = OPENERS,
): Promise<ChosenBackend> {
  const count = threads === 1 ? 'one thread' : `${threads} threads`;
  const chosen = (name: NodeBackendName, why: string): ChosenBackend => ({
    name,
    open: () => openers[name]({ threads }),
    why,
  });
  const asked = wanted === 'auto' ? (['native', 'wasm'] as const) : ([wanted] as const);
  const failures: Failure[] = [];
  for (const name of asked) {
    const failure = await tryOut(name, openers[name], threads);
    const as = `${TITLES[name]}, ${count}`;
    if (failure) failures.push(failure);
    else if (wanted !== 'auto') return chosen(name, `${as}, as asked for.`);
    else if (name === 'native') return chosen(name, `${as}: the fastest in Node.`);
    else return chosen(name, `${as}, because ${sentencesOf(failures)}`);
  }
  throw new PoseCoachError(
    'ENGINE_UNSUPPORTED',
    `The engine has nothing to calculate with: ${sentencesOf(failures)} ${adviceFor(failures)}`,
  );
}

const TITLES: Readonly<Record<NodeBackendName, string>> = {
  native: 'ONNX Runtime as a library of the machine',
  wasm: 'ONNX Runtime in WebAssembly',
};

/** Why a backend cannot be had. */
interface Failure {
  readonly name: NodeBackendName;
  /** Its package is not there at all, as opposed to one that does not load. */
  readonly missing: boolean;
  /** What is in the way, without the full stop. */
  readonly reason: string;
}

/** Opens a backend once, to see whether it can be had; what is in the way, or undefined. */
async function tryOut(
  name: NodeBackendName,
  open: OpenBackend,
  threads: number,
): Promise<Failure | undefined> {
  try {
    await (await open({ threads })).dispose();
    return undefined;
  } catch (error) {
    if (isMissing(name, error)) return { name, missing: true, reason: 'is not installed' };
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { name, missing: false, reason: `does not load here (${line})` };
  }
}

/**
 * Whether a package itself was not found, by the codes of Node's two module systems. A part of it that was not
 * found, such as the library for another kind of machine, has the same code and another name.
 */
function isMissing(name: NodeBackendName, error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  const notFound = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
  return notFound && error.message.includes(`'${packageOf(name)}'`);
}

function sentencesOf(failures: readonly Failure[]): string {
  return failures.map(({ name, reason }) => `${packageOf(name)} ${reason}.`).join(' ');
}

/** What to do where nothing that was asked for can be had; what is installed already is not to be installed again. */
function adviceFor(failures: readonly Failure[]): string {
  const [first, second] = failures.filter(({ missing }) => missing);
  if (first && second) {
    return `Install one of them: ${commandFor(first.name)}, or, several times slower but for every machine, ${commandFor(second.name)}.`;
  }
  if (first)
    return `Install ${failures.length > 1 ? packageOf(first.name) : 'it'} with ${commandFor(first.name)}.`;
  const [failed, another] = failures;
  if (!failed || another) return 'Remove "node_modules" and install again on this machine.';
  const other = failed.name === 'native' ? 'wasm' : 'native';
  return `Leave "backend" out, and have ${packageOf(other)} instead: ${commandFor(other)}.`;
}

function commandFor(name: NodeBackendName): string {
  return `"npm i ${PACKAGES[name]}"`;
}

function packageOf(name: NodeBackendName): string {
  const specifier = PACKAGES[name];
  return specifier.slice(0, specifier.lastIndexOf('@'));
}
