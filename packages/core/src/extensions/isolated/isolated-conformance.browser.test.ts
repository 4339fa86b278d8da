import { describeExtensionHost } from '../conformance/index.ts';
import { isolatedHost } from './index.ts';

describeExtensionHost('isolated host', {
  makeHost: (clock) => isolatedHost(clock ? { clock } : {}),
  load: async (text) => ({ kind: 'text', text }),
  importText: async (text) => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    try {
      return await import(/* @vite-ignore */ url);
    } finally {
      URL.revokeObjectURL(url);
    }
  },
  trusted: false,
  fixture: async (path) => {
    if (!(await fetch('/fixtures/MANIFEST.md')).ok) return undefined;
    return (await fetch(`/fixtures/${path}`)).arrayBuffer();
  },
});
