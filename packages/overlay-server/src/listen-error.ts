import { PoseCoachError } from '@pose-coach/core';

/** What kept the server from listening, in words that say what to do. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): PoseCoachError {
  return new PoseCoachError('OPTION_INVALID', words(error, host, port), { cause: error });
}

function words(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use: stop the other program, or choose another port with --port.`;
    case 'EACCES':
      return `Port ${port} needs special rights: choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address "${host}": give one that it has, or 0.0.0.0 for all, with --host.`;
    default:
      return `The server cannot listen on ${host}, port ${port}: ${error.message}.`;
  }
}
