import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A style sheet behind Lit's tag, up to its closing backtick. Ours contain no escaped backticks. */
const STYLE = /\bcss`([^`]*)`/g;
const INDENTATION = /\n\s+/g;

/**
 * For the script that is served as it is: takes the indentation out of style sheets and markup, which no minifier
 * of JavaScript touches.
 */
export function compactTemplates(): Plugin {
  return {
    name: 'compact-templates',
    setup(builder) {
      builder.onLoad({ filter: /elements[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
        contents: compact(await readFile(path, 'utf8')),
        loader: 'ts',
      }));
    },
  };
}

/** The same source without indentation, and with its style sheets on one line. */
export function compact(source: string): string {
  return source
    .replace(STYLE, (_, style: string) => `css\`${compactStyle(style)}\``)
    .replace(INDENTATION, '\n');
}

function compactStyle(style: string): string {
  return (
    style
      .replace(/\/\*.*?\*\//gs, '')
      .replace(INDENTATION, ' ')
      // What is put in stays as it is: the space behind it may part two selectors.
      .replace(/(\$\{[^}]*\})|\s*([{};,>])\s*/g, '$1$2')
      .replace(/:\s+/g, ':')
      .replace(/;\}/g, '}')
      .trim()
  );
}
