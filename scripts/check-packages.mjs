// Checks what would be published: publint on each package, its types as every kind of importer sees them, and
// that importing any entry in Node does nothing and throws nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, run } from './setup.mjs';

const packages = ['core', 'models', 'elements', 'overlay-server', 'extension-dance', 'extension-overlay'];
let ok = true;
for (const name of packages) {
  const folder = join('packages', name);
  ok = run('publint', ['--strict', '--pack', 'npm', folder], { quiet: true }) && ok;
  // Packages are ESM only; assets and the custom-elements manifest have no types.
  const typed = [
    '--pack',
    folder,
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    'mediapipe-worker.js',
    'onnx-worker.js',
    'music-worklet.js',
    'custom-elements.json',
    'extension-frame.html',
    'extension-manifest.schema.json',
  ];
  ok = run('attw', typed, { quiet: true }) && ok;
  const { exports } = JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8'));
  for (const target of Object.values(exports)) {
    if (typeof target !== 'object') continue;
    for (const file of [target.node, target.import].filter((path) => path !== undefined)) {
      const program = `await import(${JSON.stringify(`./${join(folder, file)}`)})`;
      const imported = run('node', ['--input-type=module', '--eval', program], { quiet: true });
      if (!imported) console.log(`importing ${folder}/${file} in Node failed`);
      ok &&= imported;
    }
  }
}
process.exit(ok ? 0 : 1);
