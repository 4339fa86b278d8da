import { PoseCoachError } from '@pose-coach/core';
import { HELP, readCommand } from './command-options.ts';
import { isLoopback } from './origin-policy.ts';
import { createOverlayServer, type OverlayServer } from './overlay-server.ts';
import type { OverlayServerOptions } from './overlay-server-options.ts';
import { dataFolder, keptToken, tokenFile } from './token-file.ts';
import { version } from './version.ts';

/** Where the command writes: a line each. */
export interface CommandOutput {
  print(line: string): void;
  fail(line: string): void;
}

/**
 * The command `overlay-server`.
 * @returns the running server, or the exit code of a command that is done
 */
export async function runCommand(
  args: readonly string[],
  output: CommandOutput,
): Promise<OverlayServer | number> {
  try {
    const command = readCommand(args, process.env);
    switch (command.kind) {
      case 'help':
        output.print(HELP);
        return 0;
      case 'version':
        output.print(version());
        return 0;
      case 'serve': {
        const kept = command.keepToken ? await keptToken(tokenFile(), command.newToken) : undefined;
        if (kept?.warning) output.fail(kept.warning);
        const options: OverlayServerOptions = {
          data: dataFolder(),
          ...command.options,
          ...(kept ? { token: kept.token } : {}),
          warn: (line) => output.fail(line),
        };
        const server = createOverlayServer(options);
        const { studio, overlay, dock, health } = await server.listen();
        output.print(`Studio:   ${studio}`);
        output.print(`Overlay:  ${overlay}   (paste this into OBS as a browser source)`);
        output.print(`Dock:     ${dock}   (a custom browser dock of OBS)`);
        output.print(`Health:   ${health}`);
        const advice = cameraAdvice(options.host, options.tls !== undefined);
        if (advice !== undefined) output.print(advice);
        return server;
      }
    }
  } catch (error) {
    if (!(error instanceof PoseCoachError)) throw error;
    output.fail(error.message);
    return 1;
  }
}

function cameraAdvice(host: string | undefined, secure: boolean): string | undefined {
  if (secure || host === undefined || isLoopback(host)) return undefined;
  return (
    'Note: browsers give a camera to HTTPS pages only, except on this machine itself. ' +
    'To open the studio on another one, start with --tls-cert and --tls-key.'
  );
}
