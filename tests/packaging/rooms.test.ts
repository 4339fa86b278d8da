import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Lints one file under the repository's rules, in a folder of its own, and returns what is said of its imports. */
function lint(path: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pose-coach-rooms-'));
  try {
    copyFileSync(join(repository, 'biome.json'), join(folder, 'biome.json'));
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), source);
    const options = ['lint', '--vcs-enabled=false', '--only=style/noRestrictedImports', path];
    const { stdout, stderr, status } = spawnSync('biome', options, { cwd: folder, encoding: 'utf8' });
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the order of rooms', () => {
  it('lets a room import from the rooms to its left', () => {
    const source = `import { smooth } from '../smoothing/index.ts';\nexport const used = smooth;\n`;
    expect(lint('packages/core/src/live/example.ts', source)).toBe('');
  });

  it('refuses an import from a room to the right', () => {
    const source = `import { smooth } from '../smoothing/index.ts';\nexport const used = smooth;\n`;
    expect(lint('packages/core/src/pose/example.ts', source)).toContain('noRestrictedImports');
  });

  it('refuses an import from the inside of another room', () => {
    const source = `import { angleBetween } from '../pose/vector.ts';\nexport const used = angleBetween;\n`;
    expect(lint('packages/core/src/smoothing/example.ts', source)).toContain('noRestrictedImports');
  });
});
