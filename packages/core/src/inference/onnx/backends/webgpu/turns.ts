let last: Promise<unknown> = Promise.resolve();

/**
 * Calls ONNX Runtime when every earlier call has come back. Its WebAssembly is suspended while it waits for the
 * graphics card and can be suspended in one place only; there is one of it per thread, whatever number of engines.
 */
export function inTurn<Result>(call: () => Promise<Result>): Promise<Result> {
  const result = last.then(call);
  last = result.catch(() => undefined);
  return result;
}
