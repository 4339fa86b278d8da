import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { syntheticFrames, testExtension } from '@pose-coach/core/extension-testing';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const example = join(repository, 'examples/extension-hello');
const NAME = 'pose-coach-extension-hello';

/** What docs/extensions.md tells a page to write. */
const PAGE = `
import { createExtensions } from '@pose-coach/core/extensions';
import * as hello from '${NAME}';
import manifest from '${NAME}/package.json' with { type: 'json' };

export const extensions = createExtensions({ sources: [{ manifest, module: hello }] });
export const never: number = hello.activate;
`;

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pose-coach-extension-')));
  const run = (command: string, args: readonly string[], cwd: string) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('npm', ['run', '--silent', 'build'], example);
  const packed = run('npm', ['pack', '--silent', '--pack-destination', folder], example).trim();
  const installed = join(folder, 'node_modules', NAME);
  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', join(folder, packed), '-C', installed, '--strip-components=1'], folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'page.ts'), PAGE);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of the page, with the sources of Pose Coach in place of its packages. */
function messages(options: ts.CompilerOptions): readonly string[] {
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options: ours } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    repository,
  );
  const page = join(folder, 'page.ts');
  const program = ts.createProgram([page], {
    ...ours,
    typeRoots: [join(repository, 'node_modules/@types')],
    ...options,
  });
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(page))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('the example of an extension, packed and installed', () => {
  it.each([
    ['a bundler', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
    ['Node', { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
  ])(
    'is imported with its types, as %s resolves it',
    (_who, options) => {
      // That the deliberate mistake is the only fault shows that the module has types, and not `any`.
      expect(messages(options)).toEqual([
        expect.stringMatching(/^Type '.*ExtensionContext.*' is not assignable to type 'number'\./),
      ]);
    },
    60_000,
  );

  it('runs from what was packed', async () => {
    const installed = pathToFileURL(join(folder, 'node_modules', NAME, '/'));
    const module = await import(/* @vite-ignore */ new URL('dist/extension.js', installed).href);
    const { default: manifest } = await import(/* @vite-ignore */ new URL('package.json', installed).href, {
      with: { type: 'json' },
    });
    const hello = await testExtension({ manifest, module });
    const { readings } = await hello.feed(syntheticFrames(0.1, () => ({ shoulder: 180 })));
    expect(readings.at(0)).toMatchObject({ metric: 'hello.height', status: 'ok' });
    expect(readings.at(0)?.value).toBeCloseTo(100, 6);
    hello.dispose();
  });
});
