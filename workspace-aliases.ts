import { fileURLToPath } from 'node:url';
import tsconfig from './tsconfig.json' with { type: 'json' };

/** The workspace's packages by their sources, for tools that run before anything is built: one list, tsconfig's. */
export const workspaceAliases = Object.entries(tsconfig.compilerOptions.paths).map(([name, [file]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: fileURLToPath(new URL(file as string, import.meta.url)),
}));
