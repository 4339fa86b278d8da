import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixtures } from '../../../../../tests/fixtures.ts';
import type { ExtensionModule } from '../api/index.ts';
import { describeExtensionHost } from '../conformance/index.ts';
import { inlineHost } from './index.ts';

let imports = 0;

/** A number behind the text makes it another module each time: what is imported twice is evaluated once. */
function importText(text: string): Promise<ExtensionModule> {
  imports += 1;
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(`${text}\n// ${imports}`)}`);
}

describeExtensionHost('inline host in Node', {
  makeHost: (clock) => inlineHost(clock ? { clock } : {}),
  load: async (text) => ({ kind: 'module', module: await importText(text) }),
  importText,
  trusted: true,
  fixture: async (path) => {
    if (!fixtures) return undefined;
    const { buffer, byteOffset, byteLength } = await readFile(join(fixtures, path));
    return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
  },
});
