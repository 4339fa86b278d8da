import type { ExtensionModule } from '../api/index.ts';
import { describeExtensionHost } from '../conformance/index.ts';
import { inlineHost } from './index.ts';

async function importText(text: string): Promise<ExtensionModule> {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    return await import(/* @vite-ignore */ url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

describeExtensionHost('inline host in a browser', {
  makeHost: (clock) => inlineHost(clock ? { clock } : {}),
  load: async (text) => ({ kind: 'module', module: await importText(text) }),
  importText,
  trusted: true,
  fixture: async (path) => {
    if (!(await fetch('/fixtures/MANIFEST.md')).ok) return undefined;
    return (await fetch(`/fixtures/${path}`)).arrayBuffer();
  },
});
