import { build, type Plugin } from 'esbuild';

/** The oldest browsers the README promises. */
const BROWSERS = ['es2022', 'chrome103', 'firefox114', 'safari16.4'];

/** Bundles a script with all that it imports into one text, for workers and frames that are made from strings. */
export async function bundleScript(
  entry: string,
  format: 'esm' | 'iife',
  options: { readonly plugins?: Plugin[]; readonly conditions?: string[] } = {},
): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    format,
    minify: true,
    target: BROWSERS,
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
    ...options,
  });
  const text = result.outputFiles[0]?.text;
  if (text === undefined) throw new Error(`${entry} was bundled to nothing.`);
  return text;
}
