import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { pureSchemas, withPureCalls } from './pure-schemas.ts';

const protocol = fileURLToPath(new URL('../src/protocol/index.ts', import.meta.url));

/** What a bundler makes of a module that uses some of the protocol. */
async function bundled(used: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${used} } from ${JSON.stringify(protocol)};`, resolveDir: '/' },
    bundle: true,
    format: 'esm',
    write: false,
    external: ['valibot'],
    plugins: [pureSchemas()],
  });
  return outputFiles[0]?.text ?? '';
}

describe('schemas that nobody uses', () => {
  it('are left out, with what they are made of', async () => {
    const server = await bundled('parseServerMessage');
    expect(server).toContain('"welcome"');
    // What controllers ask for, what the stage allows, and what clients say.
    expect(server).not.toContain('"obs.find"');
    expect(server).not.toContain('literal("hello")');
    const control = await bundled('readControlParams');
    expect(control).toContain('"obs.find"');
    expect(await bundled('isChannelName')).not.toMatch(/\bv\w*\.\w+\(/);
  });

  it('are marked wherever they are called, whatever their types', () => {
    expect(withPureCalls('const a = v.pipe(v.string(), v.check<string>(fits));')).toBe(
      'const a = /* @__PURE__ */ v.pipe(/* @__PURE__ */ v.string(), /* @__PURE__ */ v.check<string>(fits));',
    );
    expect(withPureCalls('moved.pipe(x)')).toBe('moved.pipe(x)');
  });
});
