import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkToken, createToken } from './access.ts';
import { writePrivateFile } from './private-file.ts';

/** Where the token of this user's server is kept, so that overlay links in OBS survive a restart. */
export function tokenFile(...machine: Parameters<typeof dataFolder>): string {
  return join(dataFolder(...machine), 'overlay-server.json');
}

/** The folder of this user's server: its token, its stages, what it was asked to remember of OBS. */
export function dataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  return join(configFolder(platform, environment, home), 'pose-coach');
}

function configFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  const xdg = environment.XDG_CONFIG_HOME;
  if (xdg) return xdg;
  if (platform === 'win32') return environment.APPDATA ?? join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return join(home, '.config');
}

/** A token, and why it will not be the same at the next start, if it will not. */
export interface KeptToken {
  readonly token: string;
  readonly warning?: string;
}

/**
 * The token of the last start, or a new one, which is kept in a file that only this user can read.
 * @param renew makes a new one in any case, which revokes every link of the old
 */
export async function keptToken(file: string, renew: boolean): Promise<KeptToken> {
  const existing = renew ? undefined : readToken(file);
  if (existing !== undefined) return { token: existing };
  const token = createToken();
  try {
    await writePrivateFile(file, `${JSON.stringify({ token }, undefined, 2)}\n`);
    return { token };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      token,
      warning: `The token cannot be kept (${reason}): links will change at the next start. Give one with --token to keep them.`,
    };
  }
}

/** The token in the file; undefined when there is no such file or it holds no token. */
function readToken(file: string): string | undefined {
  try {
    const { token } = JSON.parse(readFileSync(file, 'utf8')) as { readonly token?: unknown };
    return typeof token === 'string' ? checkToken(token) : undefined;
  } catch {
    // Whatever is wrong with it, the answer is a new token; that links have changed is seen at once in OBS.
    return undefined;
  }
}
