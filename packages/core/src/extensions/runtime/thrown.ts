import { type ErrorCode, PoseCoachError } from '../../base/index.ts';

/** Characters of a foreign message that are kept: enough for a sentence, not for a page. */
const MESSAGE_LENGTH = 500;

/** What an extension meets with and has not done. */
const HINDRANCES: readonly ErrorCode[] = ['PERMISSION_DENIED', 'COMMAND_FAILED', 'COMMAND_NOT_FOUND'];

/** What a thrown value says, whatever it is: extensions throw strings, objects, and errors that throw when read. */
export function messageOf(thrown: unknown): string {
  let message: string;
  try {
    message = thrown instanceof Error ? String(thrown.message) || String(thrown.name) : String(thrown);
  } catch {
    message = 'something was thrown that cannot be read';
  }
  return message.length > MESSAGE_LENGTH ? `${message.slice(0, MESSAGE_LENGTH)}…` : message;
}

/**
 * The error for what an extension's code did wrong: names the extension (by its title), what was running and what it said, with the
 * original as its cause.
 * @param what `analyzer hello.height`, `function activate` …
 */
export function extensionError(
  extension: string,
  what: string,
  thrown: unknown,
  code: ErrorCode = 'EXTENSION_FAILED',
): PoseCoachError {
  const said = messageOf(thrown);
  const end = /[.!?…]$/.test(said) ? '' : '.';
  const refuses = code === 'COMMAND_FAILED' && refusesValues(thrown);
  if (!refuses && !(thrown instanceof PoseCoachError)) {
    return new PoseCoachError(
      code,
      `${extension} failed in its ${what}: ${said}${end} Report it to the extension's author.`,
      { cause: thrown },
    );
  }
  // Ours say themselves what to do; and who was refused something, or needs somebody who was, has not failed.
  const hindered = refuses || (thrown instanceof PoseCoachError && HINDRANCES.includes(thrown.code));
  const failed = hindered ? 'could not finish' : 'failed in';
  return new PoseCoachError(code, `${extension} ${failed} its ${what}: ${said}${end}`, { cause: thrown });
}

/** Whether it was given what it cannot use. Known by its code: a bundled extension brings a class of its own. */
function refusesValues(thrown: unknown): boolean {
  try {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'OPTION_INVALID';
  } catch {
    return false;
  }
}

/** The error for a call that comes after an extension was stopped. */
export function stoppedError(extension: string): PoseCoachError {
  return new PoseCoachError('DISPOSED', `${extension} has been stopped: switch it on again to use it.`);
}

/** The error for what is under way, or comes, after an extension was called off through its signal. */
export function endedError(extension: string): PoseCoachError {
  return new PoseCoachError('ABORTED', `${extension} was ended from outside: switch it on again to use it.`);
}

/** The error for everything that comes after a host was disposed. */
export function hostGoneError(): PoseCoachError {
  return new PoseCoachError('DISPOSED', 'The host of this extension is gone: make a new one.');
}
