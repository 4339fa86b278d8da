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
 * @throws PoseCoachError `ENGINE_UNSUPPORTED` with the command that installs what is missing
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
  const failures: string[] = [];
  for (const name of wanted === 'auto' ? (['native', 'wasm'] as const) : [wanted]) {
    const failure = await tryOut(openers[name], threads);
    const as = `${TITLES[name]}, ${count}`;
    if (failure === undefined && wanted !== 'auto') return chosen(name, `${as}, as asked for.`);
    if (failure === undefined && name === 'native') return chosen(name, `${as}: the fastest in Node.`);
    if (failure === undefined) return chosen(name, `${as}, because ${failures.join(' ')}`);
    failures.push(`${packageOf(name)} ${failure}.`);
  }
  const [first] = wanted === 'auto' ? (['native'] as const) : [wanted];
  throw new PoseCoachError(
    'ENGINE_UNSUPPORTED',
    `The engine has nothing to calculate with: ${failures.join(' ')} Install it with "npm i ${PACKAGES[first]}".`,
  );
}

const TITLES: Readonly<Record<NodeBackendName, string>> = {
  native: 'ONNX Runtime as a library of the machine',
  wasm: 'ONNX Runtime in WebAssembly',
};

/** Opens a backend once, to see whether it can be had; what is in the way, or undefined. */
async function tryOut(open: OpenBackend, threads: number): Promise<string | undefined> {
  try {
    await (await open({ threads })).dispose();
    return undefined;
  } catch (error) {
    if (isMissing(error)) return 'is not installed';
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `does not load here (${line})`;
  }
}

/** Whether a package was not found, by the codes of Node's two module systems. */
function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

function packageOf(name: NodeBackendName): string {
  const specifier = PACKAGES[name];
  return specifier.slice(0, specifier.lastIndexOf('@'));
}
